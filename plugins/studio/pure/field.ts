import type { Schema } from "./kind.ts";

export interface Choice {
  /** As the form keeps it. */
  value: string;
  label: string;
  /** As the request takes it. */
  sent: string | number | boolean;
}

/**
 * One field of the form, as data. Values are text: "" is the default of the service and is not sent. A number field
 * with a `word` takes that word beside numbers.
 */
export type Field = {
  /** Name in the request. */
  name: string;
  label: string;
  /** What the service says about it. */
  description?: string;
  /** Whether the description is shown below the field. */
  isExplained?: boolean;
  placeholder?: string;
} & FieldInput;

export type FieldInput =
  | { input: "text"; lines?: number; maxLength?: number; required?: boolean }
  | { input: "number"; min: number; max: number; step: number; word?: string }
  | { input: "choice"; choices: readonly Choice[] }
  | { input: "flag"; initial: boolean }
  | { input: "many"; choices: readonly Choice[] }
  | { input: "color" };

const ON_OFF: readonly Choice[] = [
  { value: "true", label: "on", sent: true },
  { value: "false", label: "off", sent: false },
];

/** Chooses the control of a request's field by its schema; null where the form has none: pictures, lists, objects. */
export function inputOf(schema: Schema, required: boolean): FieldInput | null {
  const options = (schema.anyOf ?? [schema]).filter(({ type }) => type !== "null");
  const [only] = options.length === 1 ? options : [];
  if (only?.type === "boolean")
    return typeof schema.default === "boolean"
      ? { input: "flag", initial: schema.default }
      : { input: "choice", choices: ON_OFF };
  const words = options.flatMap(wordsOf);
  const measure = options.find(
    (option) => /^(integer|number)$/.test(option.type ?? "") && wordsOf(option).length === 0,
  );
  if (measure) return numberOf(measure, words[0]?.value);
  if (words.length > 0) return { input: "choice", choices: words };
  if (only?.type === "array" && only.items?.enum) return { input: "many", choices: wordsOf(only.items) };
  if (only?.type !== "string" || only.contentEncoding !== undefined) return null;
  if (only.pattern?.startsWith("^#")) return { input: "color" };
  return { input: "text", required, ...(only.maxLength ? { maxLength: only.maxLength } : {}) };
}

function numberOf(
  { type, minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema,
  word?: string,
): FieldInput {
  const step = type === "integer" ? 1 : maximum - minimum <= 1 ? 0.05 : 0.1;
  return { input: "number", min: minimum, max: maximum, step, ...(word === undefined ? {} : { word }) };
}

function wordsOf(schema: Schema): Choice[] {
  const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  if (schema.type === "boolean" && values.length === 0) return [...ON_OFF];
  return values.map((sent) => ({ value: String(sent), label: inWords(String(sent)), sent }));
}

/** "color_count" as people read it. */
export function inWords(name: string): string {
  return name.replaceAll("_", " ");
}
