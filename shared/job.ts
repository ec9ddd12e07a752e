import { z } from "zod";
import { AssetKind } from "./asset.ts";
import { Problem } from "./errors.ts";

export const JOB_STATES = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type JobState = (typeof JOB_STATES)[number];
export const isFinal = (state: JobState): boolean => state !== "queued" && state !== "running";

export const JOB_STAGES = [
  "queued",
  "loading-model",
  "encoding-prompt",
  "denoising",
  "pixel-passes",
  "writing",
  "done",
] as const;

/** The lanes that jobs wait in. Each runs one job at a time, and none waits for another. */
export const LANES = ["generator", "pixels", "servers"] as const;
export type Lane = (typeof LANES)[number];

/** How far a job is. `step` of `steps` counts denoising steps over all images, or frames when no model draws. */
export const JobProgress = z.object({
  stage: z.enum(JOB_STAGES),
  step: z.int().min(0),
  steps: z.int().min(0),
});
export type JobProgress = z.infer<typeof JobProgress>;

export const JOB_ID = /^job_[0-9a-z]{16}$/;
export const ASSET_ID = /^[a-z]{3}_[0-9a-z]{16}$/;

/** A job as the API shows it. */
export const Job = z.object({
  id: z.string().regex(JOB_ID),
  kind: AssetKind,
  status: z.enum(JOB_STATES),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
  attempts: z.int().min(0),
  progress: JobProgress,
  asset_id: z.string().regex(ASSET_ID).nullable(),
  error: Problem.nullable(),
  request: z.record(z.string(), z.unknown()),
});
export type Job = z.infer<typeof Job>;
