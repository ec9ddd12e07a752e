import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { EXEMPLAR_CHOICES } from "../../shared/requests.ts";
import type { Backends, CatalogEntry, ForeignModel } from "./backend.ts";
import { OUTPUTS } from "./generator.ts";

/** A file beside model.json, or in a folder beside it. */
export const FileName = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)?$/,
    "the name of a file beside model.json, or in a folder there",
  )
  .max(128);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a sha256 in lower-case hex");
const ModelId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "a name of a-z, 0-9, - and _ (64 at most)");

/** Text that programs print: a line break would tear their tables, an escape sequence could change the terminal. */
export const OneLine = z
  .string()
  .min(1)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "one line of text without control characters");

/** Edges in pixels: below, a large picture has no room for the cells of a sprite. */
const LEAST_LARGE = 256;

/** What model.json says of any generator; its backend reads the rest. A newer file may say more. */
const ModelFile = z
  .object({
    id: ModelId,
    title: OneLine,
    backend: OneLine,
    output: z.enum(OUTPUTS).default("native"),
    sizes: z.array(z.int().min(8).max(4096)).min(1),
    editSizes: z.array(z.int().min(8).max(4096)).min(1).optional(),
    controls: z.array(OneLine),
    deterministic: z.boolean().default(true),
    defaults: z.object({
      steps: z.int().min(1).max(1000).default(1),
      guidanceScale: z.number().min(0).default(1),
      exemplars: z.enum(EXEMPLAR_CHOICES).optional(),
    }),
    files: z.record(z.string(), FileName).default({}),
    hashes: z.record(FileName, Sha256).default({}),
    weightsLicense: OneLine,
    trainingDataLicenses: z.array(OneLine),
  })
  .refine(({ files, hashes }) => Object.values(files).every((name) => name in hashes), {
    path: ["hashes"],
    error: "a hash for every file",
  })
  .refine(({ output, sizes }) => output === "native" || Math.min(...sizes) >= LEAST_LARGE, {
    path: ["sizes"],
    error: `edges of ${LEAST_LARGE} pixels or more for large pictures`,
  });

/**
 * Reads the model.json of a folder in two steps: the fields that every generator has, then those of its backend. In a folder
 * of another program, its fields come before what the backend finds there. Throws an Error that says in one line what is
 * wrong. `info.bytes` is 0, or the bytes that the backend found: files of model.json are not looked at.
 */
export async function readModel(folder: string, backends: Backends): Promise<CatalogEntry> {
  const path = join(folder, "model.json");
  const own = await readJson(path);
  const foreign = await readForeign(folder, own, backends);
  const json = withSizes(foreign ? { ...foreign.file, ...(own ?? {}) } : own, path);
  const file = parseWith(ModelFile, json, path);
  const backend = Object.hasOwn(backends, file.backend) ? backends[file.backend] : undefined;
  if (!backend) {
    const known = Object.keys(backends).join(", ");
    throw new Error(`${path}: backend: "${file.backend}" is not one of ${known}`);
  }
  const names = [...new Set(Object.values(file.files))].sort();
  const hashes = Object.fromEntries(names.map((name) => [name, file.hashes[name] ?? ""]));
  const { id, title, output, controls, deterministic, defaults, weightsLicense, trainingDataLicenses } = file;
  const sizes = ascending(file.sizes);
  const editSizes = ascending(file.editSizes ?? sizes);
  const config = parseWith(backend.schema, json, path);
  // Not of the files alone: two models may draw differently with the same weights.
  const settings = [file.backend, output, sizes, editSizes, controls, defaults, config];
  const sha256 = sha256Of(JSON.stringify([hashes, settings]));
  const licenses = { weightsLicense, trainingDataLicenses };
  const info = {
    id,
    title,
    backend: file.backend,
    output,
    sizes,
    editSizes,
    controls,
    deterministic,
    defaults,
  };
  return {
    info: { ...info, ...licenses, sha256, bytes: foreign?.bytes ?? 0 },
    folder,
    hashes,
    config,
    backend,
  };
}

function ascending(sizes: readonly number[]): number[] {
  return [...sizes].sort((a, b) => a - b);
}

/** Reads a folder of another program: one that has no model.json, or one that names the backend. */
async function readForeign(folder: string, own: unknown, backends: Backends): Promise<ForeignModel | null> {
  for (const [name, { foreign }] of Object.entries(backends)) {
    const isMeant = own === null || (typeof own === "object" && "backend" in own && own.backend === name);
    if (foreign && isMeant && (await isThere(join(folder, foreign.marker)))) return foreign.describe(folder);
  }
  return null;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (file) => file.isFile(),
    () => false,
  );
}

/** Reads a file; null if it is not there. */
async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`Expected JSON for ${path} but received something else.`);
  }
}

/** The first files called their sizes nativeSizes. */
function withSizes(json: unknown, path: string): object {
  if (typeof json !== "object" || json === null) throw new Error(`Expected an object for ${path}.`);
  return "nativeSizes" in json ? { sizes: json.nativeSizes, ...json } : json;
}

function parseWith<T>(schema: z.ZodType<T>, json: object, path: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") || "the file";
  throw new Error(`${path}: ${field}: ${issue?.message ?? "not valid"}`);
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
