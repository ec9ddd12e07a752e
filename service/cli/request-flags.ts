import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { ImageBase64, SpriteRequest } from "../../shared/requests.ts";
import { columns, type FlagTable, type FlagValues, usageError } from "./usage.ts";

/** Fields that the command line says in its own way, or that only mean something over HTTP. */
const NOT_FLAGS: ReadonlySet<string> = new Set(["prompt", "output", "check_cost", "async", "upload_outputs"]);

type FlagKind = "boolean" | "number" | "text" | "picture" | "pictures" | "palette";

interface RequestFlag {
  field: string;
  flag: string;
  kind: FlagKind;
  help: string;
}

/** Every field of a sprite request as a flag in kebab case: a new field is a new flag. */
const REQUEST_FLAGS: readonly RequestFlag[] = Object.entries(SpriteRequest.shape)
  .filter(([field]) => !NOT_FLAGS.has(field))
  .map(([field, schema]) => {
    const inner = unwrap(schema);
    return { field, flag: field.replaceAll("_", "-"), kind: kindOf(inner), help: describe(schema, inner) };
  });

/** The flags for `parseArgs`. */
export function requestFlags(): FlagTable {
  return Object.fromEntries(
    REQUEST_FLAGS.map(({ flag, kind }) => [
      flag,
      { type: kind === "boolean" ? "boolean" : "string", ...(kind === "pictures" ? { multiple: true } : {}) },
    ]),
  );
}

/** Lists the flags for `--help`. */
export function requestFlagHelp(): string {
  const value: Record<FlagKind, string> = {
    boolean: "",
    number: " N",
    text: " TEXT",
    picture: " FILE",
    pictures: " FILE",
    palette: " NAME|HEX,HEX|FILE",
  };
  return columns(REQUEST_FLAGS.map(({ flag, kind, help }) => [`--${flag}${value[kind]}`, help]));
}

/**
 * Turns flags into request fields: numbers become numbers, files become base64. Values are not judged here:
 * what is wrong is said by the request's own schema. Throws a usage error for a file that cannot be read.
 */
export async function readRequestFlags(values: FlagValues, cwd: string): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const { field, flag, kind } of REQUEST_FLAGS) {
    const value = values[flag];
    if (value !== undefined) fields[field] = await readValue({ field, kind, value, cwd });
  }
  return fields;
}

interface GivenValue {
  field: string;
  kind: FlagKind;
  value: NonNullable<FlagValues[string]>;
  cwd: string;
}

async function readValue({ field, kind, value, cwd }: GivenValue): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => readPicture(field, String(one), cwd)));
  if (typeof value !== "string") return value;
  if (kind === "number") return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  if (kind === "picture") return readPicture(field, value, cwd);
  if (kind === "palette") return readPalette(field, value, cwd);
  return value;
}

async function readPicture(field: string, path: string, cwd: string): Promise<string> {
  try {
    return (await readFile(resolve(cwd, path))).toString("base64");
  } catch {
    throw usageError(field, path, "a picture file that can be read");
  }
}

/** A palette is hex colours joined by commas, a picture file, or else a name. */
function readPalette(field: string, text: string, cwd: string): Promise<string> | string[] | string {
  const colors = text.split(",").map((part) => part.trim());
  if (colors.every((color) => /^#?[0-9a-f]{6}$/i.test(color)))
    return colors.map((color) => (color.startsWith("#") ? color : `#${color}`));
  return /\.(?:png|gif|webp|jpe?g)$/i.test(text) ? readPicture(field, text, cwd) : text;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.def.innerType);
  }
  return schema;
}

function kindOf(schema: z.core.$ZodType): FlagKind {
  if (schema === ImageBase64) return "picture";
  if (schema instanceof z.ZodArray && schema.element === ImageBase64) return "pictures";
  if (schema instanceof z.ZodBoolean) return "boolean";
  if (schema instanceof z.ZodNumber) return "number";
  return schema instanceof z.ZodUnion ? "palette" : "text";
}

function describe(schema: z.ZodType, inner: z.core.$ZodType): string {
  const choices = inner instanceof z.ZodEnum ? inner.options.join(", ") : "";
  return [schema.description ?? "", choices].filter((part) => part !== "").join(": ");
}
