import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { z } from "zod";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { isRecord } from "../../shared/records.ts";
import { ImageBase64, InputPalette, LIMITS } from "../../shared/requests.ts";
import { sha256 } from "../library/hashes.ts";

/** A dot sets a path apart from base64 and from the name of a palette. */
const PICTURE_PATH = /\.(?:png|gif|webp|jpe?g)$/i;
const MOST_BYTES = (LIMITS.imageBase64 / 4) * 3;

/** A picture that a kiln file gives by its path. */
export interface NamedPicture {
  /** Field, with dots: "match_edges.left". */
  field: string;
  /** As written in the file, without "file:". */
  path: string;
}

/** Gives the path in a text such as "base.png" or "file:base.png", or null if it is not a path. */
export function picturePath(text: string): string | null {
  if (text.startsWith("file:")) return text.slice("file:".length);
  return !text.startsWith("data:") && text.length <= 400 && PICTURE_PATH.test(text) ? text : null;
}

/** Finds the pictures that a request gives by path, in fields whose schema takes a picture or a palette. */
export function namedPictures(schema: z.ZodType, value: unknown): NamedPicture[] {
  const found: NamedPicture[] = [];
  mapPictures(schema, value, (picture) => {
    found.push(picture);
    return picture.path;
  });
  return found;
}

/** Gives the fields of a request with each such picture replaced. Never changes `value`. */
export function mapPictures<T>(schema: z.ZodType, value: T, replace: (picture: NamedPicture) => string): T {
  return walk(schema, value, { field: "", replace }) as T;
}

interface Place {
  field: string;
  replace: (picture: NamedPicture) => string;
}

function walk(schema: z.core.$ZodType, value: unknown, place: Place): unknown {
  const inner = unwrap(schema);
  if (typeof value === "string" && isPicture(inner)) {
    const path = picturePath(value);
    return path === null ? value : place.replace({ field: place.field, path });
  }
  if (inner instanceof z.ZodObject && isRecord(value)) {
    const shape = inner.shape as Record<string, z.core.$ZodType>;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        const under = place.field === "" ? name : `${place.field}.${name}`;
        const known = Object.hasOwn(shape, name) ? shape[name] : undefined;
        return [name, known ? walk(known, part, { ...place, field: under }) : part];
      }),
    );
  }
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((part, i) => walk(inner.element, part, { ...place, field: `${place.field}.${i}` }));
  return value;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable;
  return isWrapped ? unwrap(schema.def.innerType) : schema;
}

/** `describe` makes a copy of a schema with the same definition, which identifies a picture. */
function isPicture(schema: z.core.$ZodType): boolean {
  return [ImageBase64, InputPalette].some((known) => schema === known || schema._zod.def === known._zod.def);
}

/** The bytes of a picture in a game. */
export interface LoadedPicture {
  base64: string;
  sha256: string;
}

/**
 * Reads a picture that a file in a game gives by a path relative to itself. Throws invalid-request if the path leaves
 * the game (even through a link), the picture does not exist, or it is larger than a request may be.
 */
export async function loadPicture(
  { field, path }: NamedPicture,
  { folder, projectDir }: { folder: string; projectDir: string },
): Promise<LoadedPicture> {
  const expected = "the path, relative to this file, of a picture inside the project";
  const real = await realpath(resolve(folder, path)).catch(() => null);
  if (real === null)
    throw invalidParameter(field, describeValue(path), `${expected} (there is no such file)`);
  const inside = relative(projectDir, real);
  if (isAbsolute(path) || isAbsolute(inside) || inside.split(sep)[0] === "..")
    throw invalidParameter(field, describeValue(path), expected);
  const info = await stat(real);
  if (!info.isFile() || info.size > MOST_BYTES)
    throw invalidParameter(field, describeValue(path), `${expected}, of at most ${MOST_BYTES} bytes`);
  const bytes = await readFile(real);
  return { base64: bytes.toString("base64"), sha256: sha256(bytes) };
}
