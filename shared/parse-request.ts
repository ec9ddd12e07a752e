import type { z } from "zod";
import { applyAliases } from "./aliases.ts";
import { describeValue, type FieldError, ServiceError } from "./errors.ts";
import { isRecord } from "./records.ts";
import { type IgnoredParameter, OutputTarget } from "./requests.ts";

/** Wrong fields beyond this number are not listed. */
const MOST_ERRORS = 20;
/** Field names longer than this are cut in answers. */
const LONGEST_NAME = 80;

/** A request, and those of its fields that have no effect, in the order they came. */
export interface ParsedRequest<T> {
  request: T;
  ignored: IgnoredParameter[];
}

/**
 * Reads the JSON of a request that becomes a job, like `parseFields`. Throws `invalid-request` naming each wrong field,
 * or, with `strict: true`, `ignored-parameter` naming each field that has no effect.
 */
export function parseStrictly<T extends { strict: boolean }>(
  schema: z.ZodObject & z.ZodType<T>,
  raw: unknown,
  reasons: ReadonlyMap<string, string> = new Map(),
): ParsedRequest<T> {
  const parsed = parseFields(schema, raw, reasons);
  if (parsed.request.strict && parsed.ignored.length > 0) throw refused(parsed.ignored);
  return parsed;
}

/**
 * Reads the fields of a JSON object by a schema. Aliases become canonical fields; unknown fields are reported with their
 * reason from `reasons`. Throws `invalid-request` naming each wrong field.
 */
export function parseFields<T>(
  schema: z.ZodObject & z.ZodType<T>,
  raw: unknown,
  reasons: ReadonlyMap<string, string> = new Map(),
): ParsedRequest<T> {
  if (!isRecord(raw)) {
    throw invalid([{ field: "body", got: describeValue(raw), expected: "a JSON object" }]);
  }
  const { fields, writtenAs, shadowed } = applyAliases(raw);
  const ignored: IgnoredParameter[] = [...shadowed].map(([name, canonical]) => ({
    name: shortName(name),
    reason: `${canonical} is given as well`,
  }));
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!Object.hasOwn(schema.shape, name)) {
      ignored.push({
        name: shortName(writtenAs.get(name) ?? name),
        reason: reasons.get(name) ?? "there is no such field",
      });
    } else {
      known[name] = name === "output" ? knownOutput(value, ignored) : value;
    }
  }
  const parsed = schema.safeParse(known);
  if (!parsed.success) throw invalidRequest(parsed.error, known, writtenAs);
  return { request: parsed.data, ignored };
}

/** Makes the error of `strict: true`, which lists each parameter that would be ignored. */
export function refused(ignored: readonly IgnoredParameter[]): ServiceError {
  const names = ignored.slice(0, MOST_ERRORS).map((one) => one.name);
  return new ServiceError(
    "ignored-parameter",
    `These parameters would be ignored: ${names.join(", ")}. Remove them, or turn strict off.`,
    {
      errors: ignored.slice(0, MOST_ERRORS).map((one) => ({
        field: one.name,
        got: "a value",
        expected: `nothing: ${one.reason}`,
      })),
    },
  );
}

/**
 * Turns a zod error into `invalid-request`, with a readable line for each wrong field of `input`.
 * `writtenAs` has the names that the client used for fields and paths, where they differ.
 */
export function invalidRequest(
  error: z.ZodError,
  input: unknown,
  writtenAs: ReadonlyMap<string, string> = new Map(),
): ServiceError {
  return invalid(fieldErrors(error, input, writtenAs));
}

function knownOutput(value: unknown, ignored: IgnoredParameter[]): unknown {
  if (!isRecord(value)) return value;
  const known: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (Object.hasOwn(OutputTarget.shape, name)) known[name] = part;
    else ignored.push({ name: shortName(`output.${name}`), reason: "there is no such field" });
  }
  return known;
}

function invalid(errors: FieldError[]): ServiceError {
  const [first, ...more] = errors;
  const rest = more.length > 0 ? ` (${more.length} more in errors)` : "";
  const text = first
    ? `Invalid ${first.field}: got ${first.got}, expected ${first.expected}.${rest}`
    : "The request is not valid.";
  return new ServiceError("invalid-request", text, { errors: errors.slice(0, MOST_ERRORS) });
}

function fieldErrors(
  error: z.ZodError,
  input: unknown,
  writtenAs: ReadonlyMap<string, string>,
): FieldError[] {
  return error.issues.map((issue) => {
    const [head = "body", ...tail] = issue.path.map(String);
    const path = [head, ...tail].join(".");
    const field = writtenAs.get(path) ?? [writtenAs.get(head) ?? head, ...tail].join(".");
    return {
      field: shortName(field),
      got: describeValue(valueAt(input, issue.path)),
      expected: expectation(issue),
    };
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "too_small":
      return `at least ${amount(issue.origin, issue.minimum)}`;
    case "too_big":
      return `at most ${amount(issue.origin, issue.maximum)}`;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "unrecognized_keys":
      return `an object without ${issue.keys.slice(0, MOST_ERRORS).map(shortName).join(", ")}`;
    default:
      return issue.message;
  }
}

function amount(origin: string, count: number | bigint): string {
  if (origin === "string") return `${count} character${Number(count) === 1 ? "" : "s"}`;
  if (origin === "array") return `${count} item${Number(count) === 1 ? "" : "s"}`;
  return String(count);
}

function shortName(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 3)}...` : name;
}
