import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { invalidParameter } from "../../shared/errors.ts";
import { ImageBase64, InputPalette } from "../../shared/requests.ts";
import { isTileId } from "../kinds/tile-id.ts";
import { columns, type FlagTable, type FlagValues } from "./usage.ts";

type FlagKind = "boolean" | "number" | "text" | "either" | "list" | "picture" | "pictures" | "palette";

interface RequestFlag {
  field: string;
  flag: string;
  kind: FlagKind;
  /** What `--help` shows as its value. */
  value: string;
  help: string;
}

/** The fields of a request as flags in kebab case: a new field is a new flag. */
export interface FieldFlags {
  /** The flags for `parseArgs`. */
  table: FlagTable;
  /** Lists the flags for `--help`. */
  help: string;
  /**
   * Turns flags into request fields: numbers become numbers, files become base64. It does not validate: that is up to
   * the schema of the request. Throws a usage error for a file that cannot be read.
   */
  read(values: FlagValues, cwd: string): Promise<Record<string, unknown>>;
}

const VALUES: Readonly<Record<FlagKind, string>> = {
  boolean: "",
  number: " N",
  text: " TEXT",
  either: " N|TEXT",
  list: " A,B",
  picture: " FILE",
  pictures: " FILE",
  palette: " NAME|HEX,HEX|FILE",
};

/** Turns the fields of a schema into flags, except those that the command line sets in its own way. */
export function createFieldFlags(schema: z.ZodObject, notFlags: ReadonlySet<string>): FieldFlags {
  const flags = Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([field]) => !notFlags.has(field))
    .map(([field, part]): RequestFlag => {
      const inner = unwrap(part);
      const kind = kindOf(inner);
      const value = inner instanceof z.ZodUnion && kind === "either" ? ` ${valuesOf(inner)}` : VALUES[kind];
      return { field, flag: field.replaceAll("_", "-"), kind, value, help: describe(part, inner) };
    });
  const option = ({ kind }: RequestFlag): FlagTable[string] => ({
    type: kind === "boolean" ? "boolean" : "string",
    ...(kind === "pictures" ? { multiple: true } : {}),
  });
  return {
    table: Object.fromEntries(flags.map((flag) => [flag.flag, option(flag)])),
    help: columns(flags.map(({ flag, value, help }) => [`--${flag}${value}`, help])),
    async read(values, cwd) {
      const fields: Record<string, unknown> = {};
      for (const { field, flag, kind } of flags) {
        const value = values[flag];
        if (value !== undefined) fields[field] = await readValue({ field, kind, value, cwd });
      }
      return fields;
    },
  };
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
  if (kind === "number" || kind === "either")
    return value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
  if (kind === "list") return value.split(",").map((part) => part.trim());
  if (kind === "picture") return isTileId(value) ? value : readPicture(field, value, cwd);
  if (kind === "palette") return readPalette(field, value, cwd);
  return value;
}

/** Reads a picture file as base64. Throws a usage error when it cannot be read. */
export async function readPicture(field: string, path: string, cwd: string): Promise<string> {
  try {
    return (await readFile(resolve(cwd, path))).toString("base64");
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw invalidParameter(field, path, isGone ? "a file that exists" : "a file that can be read");
  }
}

/** A palette is hex colors separated by commas, a picture file, or else a name. */
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
  if (schema === InputPalette) return "palette";
  if (schema instanceof z.ZodArray) return "list";
  return schema instanceof z.ZodUnion ? "either" : "text";
}

/** Shows what a field takes that has several forms, such as `N|auto`. Objects are for HTTP only. */
function valuesOf(union: z.ZodUnion): string {
  return union.options
    .flatMap((option) => {
      if (option instanceof z.ZodLiteral) return [...option.values].map(String);
      if (option instanceof z.ZodArray) return ["A,B"];
      if (option instanceof z.ZodBoolean) return ["true", "false"];
      return option instanceof z.ZodNumber ? ["N"] : [];
    })
    .join("|");
}

function describe({ description = "" }: z.ZodType, inner: z.core.$ZodType): string {
  const choice = inner instanceof z.ZodArray ? inner.element : inner;
  if (!(choice instanceof z.ZodEnum)) return description;
  const choices = choice.options.join(", ");
  return description === "" ? choices : `${description} (${choices})`;
}
