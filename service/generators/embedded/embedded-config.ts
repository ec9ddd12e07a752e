import { z } from "zod";
import { FileName } from "../model-file.ts";

/** The files of an embedded model. */
const EmbeddedFiles = z.object({
  textEncoder: FileName,
  tokenizer: FileName,
  generator: FileName,
  encoder: FileName,
  decoder: FileName,
  exemplarRows: FileName.optional(),
  exemplarPictures: FileName.optional(),
  exemplarCredits: FileName.optional(),
});

/** What an embedded model's model.json says beside the common fields. */
export const EmbeddedConfig = z
  .object({
    /** Its networks draw one pixel of art per pixel. */
    output: z.literal("native").default("native"),
    sizes: z.array(z.int()),
    editSizes: z.array(z.int()).optional(),
    defaults: z.object({
      source: z.string().optional(),
    }),
    files: EmbeddedFiles,
    text: z.object({ maxTokens: z.int().min(3), width: z.int().min(1) }),
    latent: z.object({
      channels: z.int().min(1),
      factor: z.int().min(1),
      /** Edge in pixels of the canvas that the networks draw on. */
      canvas: z.int().min(8).default(32),
    }),
    kinds: z.array(z.string()).min(1),
    sources: z.array(z.string()).min(1),
    colorBuckets: z.array(z.int().min(1)).min(1),
  })
  .refine(
    ({ sizes, editSizes = [], latent }) =>
      [...sizes, ...editSizes].every((size) => size % latent.factor === 0),
    { path: ["sizes"], error: "multiples of latent.factor" },
  )
  .refine(
    (file) => file.kinds.includes("unknown") && file.sources.includes("unknown"),
    'the kind and the source "unknown"',
  );
export type EmbeddedConfig = z.infer<typeof EmbeddedConfig>;
