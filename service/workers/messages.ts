import { z } from "zod";
import { Checks, GRID_KINDS } from "../../shared/asset.ts";
import { ERROR_CODES, type ErrorCode, FieldError } from "../../shared/errors.ts";
import { JobProgress } from "../../shared/job.ts";
import type { CatalogEntry } from "../generators/catalog.ts";
import type { HostResult } from "../generators/drawn-pictures.ts";
import { DEVICES } from "../generators/execution-provider.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { PixelWork, PixelWorkResult } from "../pixel/pixel-work.ts";
import type { GenerationPlan } from "../recipes/plan.ts";

/**
 * What the service and its model process say to each other. Both sides check what arrives: a
 * damaged message must fail where it enters. Plans and catalog entries were parsed by the sender
 * (same program, same version), so their outer form is enough.
 */
const Id = z.int().min(1);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isImage(value: unknown): value is PixelImage {
  return (
    isObject(value) &&
    Number.isInteger(value.width) &&
    Number.isInteger(value.height) &&
    value.data instanceof Uint8Array &&
    value.data.length === 4 * Number(value.width) * Number(value.height)
  );
}

function isPlan(value: unknown): value is GenerationPlan {
  if (!isObject(value) || !Array.isArray(value.passes) || !isObject(value.composition)) return false;
  const cells = Number(value.composition.columns) * Number(value.composition.rows);
  return Array.isArray(value.pictures) && value.pictures.length > 0 && value.pictures.length % cells === 0;
}

function isPixelWork(value: unknown): value is PixelWork {
  if (!isObject(value) || !isObject(value.task) || !Array.isArray(value.frames)) return false;
  return value.frames.length > 0 && value.frames.every(isImage);
}

const Image = z.custom<PixelImage>(isImage, "an image with 4 bytes a pixel");
const Plan = z.custom<GenerationPlan>(isPlan, "a plan whose pictures fill the cells of its images");
const Entry = z.custom<CatalogEntry>(
  (value) =>
    isObject(value) &&
    typeof value.folder === "string" &&
    isObject(value.description) &&
    isObject(value.config),
  "a catalog entry",
);

const Pixels = z.custom<PixelWork>(isPixelWork, "frames and what is to be done to them");

/** Messages to a model process. Every `id` is answered once: done, failed or pong. */
export const ToModelProcess = z.discriminatedUnion("type", [
  z.object({ type: z.literal("load"), id: Id, entry: Entry }),
  z.object({ type: z.literal("generate"), id: Id, entry: Entry, plan: Plan }),
  z.object({ type: z.literal("pixels"), id: Id, work: Pixels }),
  z.object({ type: z.literal("cancel"), id: Id }),
  z.object({ type: z.literal("ping"), id: Id }),
]);
export type ToModelProcess = z.infer<typeof ToModelProcess>;

/** The id of a message of any form, to answer one that is not valid. */
export const MessageId = z.object({ id: Id });

const Provider = z.enum(DEVICES).exclude(["auto"]);
const DeviceReport = z.object({
  provider: Provider,
  failures: z.array(z.object({ provider: Provider, reason: z.string() })),
});
/** Which execution provider was taken, and why others were not. */
export type DeviceReport = z.infer<typeof DeviceReport>;

const Exemplar = z.object({
  id: z.string(),
  caption: z.string(),
  source: z.string(),
  license: z.string(),
  credit: z.string().optional(),
  similarity: z.number(),
});
const Result: z.ZodType<HostResult> = z.object({
  pictures: z.array(
    z.object({
      image: Image,
      beforePalette: Image.nullable(),
      beforeBackground: Image.nullable(),
      exemplars: z.array(Exemplar),
    }),
  ),
  executionProvider: z.string(),
  timings: z.object({ loadMs: z.number(), modelMs: z.number(), stepMs: z.number(), postMs: z.number() }),
});

const Grid = z.object({
  kind: z.enum(GRID_KINDS),
  pitchX: z.number(),
  pitchY: z.number(),
  cutsX: z.array(z.number()),
  cutsY: z.array(z.number()),
  confidence: z.number(),
});
const PixelResult: z.ZodType<PixelWorkResult> = z.object({
  frames: z.array(Image).min(1),
  colors: z.array(z.array(z.string())),
  checks: Checks,
  grid: Grid.nullable(),
  warnings: z.array(z.string()),
});

/** A ServiceError on its way through the process border. */
const WireError = z.object({
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  errors: z.array(FieldError),
});
export type WireError = z.infer<typeof WireError>;

/** Messages from the model process. */
export const FromModelProcess = z.discriminatedUnion("type", [
  z.object({ type: z.literal("device"), device: DeviceReport }),
  z.object({ type: z.literal("progress"), id: Id, progress: JobProgress }),
  z.object({ type: z.literal("done"), id: Id, result: Result.nullable() }),
  z.object({ type: z.literal("pixels-done"), id: Id, result: PixelResult }),
  z.object({ type: z.literal("failed"), id: Id, error: WireError }),
  z.object({ type: z.literal("pong"), id: Id }),
]);
export type FromModelProcess = z.infer<typeof FromModelProcess>;
