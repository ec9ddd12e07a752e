import { z } from "zod";
import { HexColor, IgnoredParameter } from "./requests.ts";

/** What one look at the pixels proves, in every answer. `null` = not asked or not meaningful here. */
export const Checks = z.object({
  grid_scale: z.int().describe("Image pixels for one art pixel; 1 = native"),
  partial_alpha_pixels: z.int(),
  colors: z.int().describe("Most colours in one image, transparent apart"),
  off_palette_pixels: z.int(),
  duplicate_images: z.int(),
  seam_ratio_x: z.number().nullable().describe("Step over the joint against steps inside; <= 1 is seamless"),
  seam_ratio_y: z.number().nullable(),
});
export type Checks = z.infer<typeof Checks>;

const Rect = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** A licensed sprite that a generation started from. */
export const Exemplar = z.object({
  id: z.string(),
  caption: z.string(),
  source: z.string(),
  license: z.string(),
  similarity: z.number(),
});
export type Exemplar = z.infer<typeof Exemplar>;

export const ImageInfo = z.object({
  seed: z.int().nullable().describe("null: nothing about the picture was left to chance"),
  width: z.int(),
  height: z.int(),
  file: z.string(),
  sha256: z.string(),
  bounds: Rect.nullable().describe("Box of the drawn pixels; null when the image is empty"),
  pivot: z.object({ x: z.int(), y: z.int() }),
  colors: z.array(HexColor),
  exemplars: z.array(Exemplar),
});
export type ImageInfo = z.infer<typeof ImageInfo>;

export const FileInfo = z.object({
  role: z.string(),
  path: z.string(),
  media_type: z.string(),
  sha256: z.string(),
  bytes: z.int(),
});
export type FileInfo = z.infer<typeof FileInfo>;

/** A picture from outside, by its bytes. Its licence is its owner's business: nothing is known of it here. */
const SourcePicture = z.object({
  sha256: z.string(),
  format: z.enum(["PNG", "JPEG", "GIF", "WebP"]),
  width: z.int(),
  height: z.int(),
  frames: z.int(),
});

export const GRID_KINDS = ["native", "enlarged", "cells", "none"] as const;

/**
 * The grid on which a picture was drawn. Cuts are the positions, in pixels of the picture, where a cell ends and
 * the next one begins, the outer edges included; they are whole numbers but pitches need not be.
 */
export const Grid = z.object({
  kind: z
    .enum(GRID_KINDS)
    .describe(
      "native: one pixel a cell already; enlarged: by a whole number, undone exactly; cells: found; none: no pixel art",
    ),
  pitch_x: z.number(),
  pitch_y: z.number(),
  cuts_x: z.array(z.number()),
  cuts_y: z.array(z.number()),
  confidence: z.number().describe("0 (a guess) to 1 (certain)"),
});
export type Grid = z.infer<typeof Grid>;

/** How the frames of an asset lie on its sheet, in pixels, and how long each is shown. */
export const FrameLayout = z.object({
  columns: z.int(),
  rows: z.int(),
  frame_width: z.int(),
  frame_height: z.int(),
  durations_ms: z.array(z.number()).nullable().describe("null: cells of a sheet, not an animation"),
});
export type FrameLayout = z.infer<typeof FrameLayout>;

/** Where an asset comes from: enough to make it again and to know under which licences it stands. */
export const Provenance = z.object({
  generator: z.string().describe("pixelkiln and its version"),
  model: z
    .object({
      id: z.string(),
      sha256: z.string(),
      license: z.string(),
      training_data_licenses: z.array(z.string()),
    })
    .nullable()
    .describe("null: no model drew it"),
  execution_provider: z.string().nullable(),
  prompt: z.string().nullable(),
  seed: z.int().nullable(),
  exemplars: z.array(Exemplar),
  source: SourcePicture.optional().describe("The picture that was worked on; absent when there was none"),
});
export type Provenance = z.infer<typeof Provenance>;

export const ASSET_KINDS = ["sprite", "pixelate"] as const;

/** The manifest of a published asset: written last, so a manifest implies its files. */
export const AssetManifest = z.object({
  schema_version: z.literal(1),
  id: z.string(),
  kind: z.enum(ASSET_KINDS),
  name: z.string(),
  rev: z.string().describe("sha256 over the hashes of the files: changes when a file does"),
  created_at: z.iso.datetime(),
  images: z.array(ImageInfo),
  palette: z.object({ name: z.string().nullable(), colors: z.array(HexColor), locked: z.boolean() }),
  request: z.record(z.string(), z.unknown()),
  ignored_parameters: z.array(IgnoredParameter),
  warnings: z.array(z.string()),
  checks: Checks,
  files: z.array(FileInfo),
  provenance: Provenance,
  grid: Grid.optional().describe("The grid that was found in the picture"),
  layout: FrameLayout.optional().describe("Only where several frames belong together"),
});
export type AssetManifest = z.infer<typeof AssetManifest>;

export const Timings = z.object({
  queue: z.number(),
  model: z.number(),
  post: z.number(),
  write: z.number(),
  total: z.number(),
});
export type Timings = z.infer<typeof Timings>;
