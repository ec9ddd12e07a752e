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
  seed: z.int(),
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

/** Where an asset comes from: enough to make it again and to know under which licences it stands. */
export const Provenance = z.object({
  generator: z.string().describe("pixelkiln and its version"),
  model: z.object({
    id: z.string(),
    sha256: z.string(),
    license: z.string(),
    training_data_licenses: z.array(z.string()),
  }),
  execution_provider: z.string(),
  prompt: z.string(),
  seed: z.int(),
  exemplars: z.array(Exemplar),
});
export type Provenance = z.infer<typeof Provenance>;

/** The manifest of a published asset: written last, so a manifest implies its files. */
export const AssetManifest = z.object({
  schema_version: z.literal(1),
  id: z.string(),
  kind: z.enum(["sprite"]),
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
