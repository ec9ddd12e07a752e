import { z } from "zod";
import { FileName, OneLine } from "../model-file.ts";

/** The files of an embedded model. */
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

/** What an embedded model's model.json says beside the common fields. */
export const EmbeddedConfig = z
  .object({
    /** Its networks draw one pixel of art per pixel. */
    output: z.literal("native").default("native"),
    sizes: z.array(z.int()),
    defaults: z.object({
      /** Noise level from which an exemplar is drawn over, 0 (kept) to 1 (ignored). */
      exemplarNoise: z.number().min(0).max(1),
      source: z.string().optional(),
    }),
    files: EmbeddedFiles,
    text: z.object({ maxTokens: z.int().min(3), width: z.int().min(1) }),
    latent: z.object({ channels: z.int().min(1), factor: z.int().min(1) }),
    kinds: z.array(z.string()).min(1),
    sources: z.array(z.string()).min(1),
    colorBuckets: z.array(z.int().min(1)).min(1),
    /** Whom to name for exemplars that are not CC0, by their source. */
    exemplars: z.object({ credits: z.record(z.string(), OneLine).default({}) }).optional(),
  })
  .refine(({ sizes, latent }) => sizes.every((size) => size % latent.factor === 0), {
    path: ["sizes"],
    error: "multiples of latent.factor",
  })
  .refine(
    (file) => file.kinds.includes("unknown") && file.sources.includes("unknown"),
    'the kind and the source "unknown"',
  );
export type EmbeddedConfig = z.infer<typeof EmbeddedConfig>;
