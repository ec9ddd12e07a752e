import { z } from "zod";
import { FileName } from "../model-file.ts";

/** Networks of a diffusion folder by their part: a path from the folder to an .onnx file. */
const Networks = z.object({
  textEncoder: FileName,
  /** SDXL has a second one. */
  textEncoder2: FileName.nullable(),
  unet: FileName,
  decoder: FileName,
  /** Without it, nothing starts from a picture. */
  encoder: FileName.nullable(),
});

/** How noise becomes a picture: the betas of the training, and the steps through it. */
const ScheduleConfig = z.object({
  solver: z.enum(["euler", "lcm"]),
  /** Which of the training's steps are taken: those that end at the last one, or begin at the first. */
  spacing: z.enum(["leading", "trailing"]),
  stepsOffset: z.int().min(0).max(1),
  prediction: z.enum(["epsilon", "v_prediction"]),
  betaStart: z.number().positive(),
  betaEnd: z.number().positive(),
  betaShape: z.enum(["linear", "scaled_linear"]),
  trainSteps: z.int().min(2).max(10_000),
});
export type ScheduleConfig = z.infer<typeof ScheduleConfig>;

/** What is known of a diffusion folder beside the common fields; a model.json beside model_index.json may change any. */
export const DiffusersConfig = z.object({
  networks: Networks,
  schedule: ScheduleConfig,
  /** Pixels along an edge of a latent cell, and what latents are multiplied by. */
  latent: z.object({ factor: z.int().min(1), scale: z.number().positive() }),
  /** Width of the embedding that tells a distilled network its guidance; null: it is guided by two predictions. */
  guidanceWidth: z.int().min(2).nullable(),
  /** Whether an empty negative prompt is zeros rather than the embedding of no words. */
  zeroNegative: z.boolean(),
  /** sha256 over the names, sizes and samples of all files. */
  fingerprint: z.string(),
});
export type DiffusersConfig = z.infer<typeof DiffusersConfig>;
