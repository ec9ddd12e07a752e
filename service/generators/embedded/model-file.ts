import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { EXEMPLAR_CHOICES } from "../../../shared/requests.ts";

const FileName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "the name of a file beside model.json");
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a sha256 in lower-case hex");
const ModelId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "a name of a-z, 0-9, - and _ (64 at most)");

/** The files of an embedded model; every one of them has its hash in `hashes`. */
const EmbeddedFiles = z.object({
  textEncoder: FileName,
  tokenizer: FileName,
  generator: FileName,
  encoder: FileName,
  decoder: FileName,
  exemplarAtlas: FileName.optional(),
  exemplarRows: FileName.optional(),
  exemplarVectors: FileName.optional(),
});

/** A model folder's model.json. Unknown keys are kept out, not refused: a newer file may say more. */
export const ModelFile = z
  .object({
    id: ModelId,
    title: z.string().min(1),
    backend: z.literal("embedded"),
    nativeSizes: z.array(z.int().min(8).max(1024)).min(1),
    controls: z.array(z.string()),
    defaults: z.object({
      steps: z.int().min(1).max(1000),
      guidanceScale: z.number().min(0),
      exemplars: z.enum(EXEMPLAR_CHOICES),
      /** Noise level from which an exemplar is drawn over, 0 (kept) to 1 (ignored). */
      exemplarNoise: z.number().min(0).max(1),
      source: z.string().optional(),
    }),
    files: EmbeddedFiles,
    hashes: z.record(FileName, Sha256),
    text: z.object({ maxTokens: z.int().min(3), width: z.int().min(1) }),
    latent: z.object({ channels: z.int().min(1), factor: z.int().min(1) }),
    kinds: z.array(z.string()).min(1),
    sources: z.array(z.string()).min(1),
    colorBuckets: z.array(z.int().min(1)).min(1),
    weightsLicense: z.string().min(1),
    trainingDataLicenses: z.array(z.string()),
    training: z.record(z.string(), z.unknown()).optional(),
    attribution: FileName.optional(),
    /** Whom to name for exemplars that are not CC0, by their source. */
    exemplars: z.object({ credits: z.record(z.string(), z.string()).default({}) }).optional(),
  })
  .refine((file) => fileNames(file.files).every((name) => name in file.hashes), "a hash for every file")
  .refine(
    (file) => file.kinds.includes("unknown") && file.sources.includes("unknown"),
    'the kind and the source "unknown"',
  );
export type ModelFile = z.infer<typeof ModelFile>;

/** Lists the names of a model's files, without absent ones, in a fixed order. */
export function fileNames(files: z.infer<typeof EmbeddedFiles>): string[] {
  return Object.values(files)
    .filter((name) => name !== undefined)
    .sort();
}

/** Reads and checks the model.json of a folder. Throws an Error that says in one line what is wrong. */
export async function readModelFile(folder: string): Promise<ModelFile> {
  const path = join(folder, "model.json");
  const text = await readFile(path, "utf8");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`Expected JSON for ${path} but received something else.`);
  }
  const parsed = ModelFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") || "the file";
  throw new Error(`${path}: ${field}: ${issue?.message ?? "not valid"}`);
}
