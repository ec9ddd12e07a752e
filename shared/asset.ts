import { z } from "zod";
import { HexColor, IgnoredParameter } from "./requests.ts";

/** What animations show, and the forms of terrain sets: words that requests and manifests share. */
export const ACTIONS = [
  "idle",
  "walk",
  "run",
  "jump",
  "crouch",
  "attack",
  "hurt",
  "die",
  "destroy",
  "cast",
  "vfx",
  "custom",
] as const;
export type Action = (typeof ACTIONS)[number];
export const SHEET_LAYOUTS = ["rows_by_direction", "strip", "packed"] as const;
export const TILESET_TYPES = ["wang16", "edge16", "blob47", "dual_grid", "sidescroller"] as const;
export type TilesetType = (typeof TILESET_TYPES)[number];
export const TILESET_LAYOUTS = ["wang_4x4", "retro_4x5", "index", "blob_8x6"] as const;
export type TilesetLayout = (typeof TILESET_LAYOUTS)[number];
export const SHAPE_STYLES = ["square", "round"] as const;
export type ShapeStyle = (typeof SHAPE_STYLES)[number];
export const COLLISIONS = ["none", "lower", "upper"] as const;
export type Collision = (typeof COLLISIONS)[number];

/** What one look at the pixels proves, in every answer. `null` = not asked or not meaningful here. */
export const Checks = z.object({
  grid_scale: z.int().describe("Image pixels for one art pixel; 1 = native"),
  partial_alpha_pixels: z.int(),
  colors: z.int().describe("Most colours in one image, transparent apart"),
  off_palette_pixels: z.int(),
  duplicate_images: z.int(),
  seam_ratio_x: z.number().nullable().describe("Step over the joint against steps inside; <= 1 is seamless"),
  seam_ratio_y: z.number().nullable(),
  worst_pair: z
    .tuple([z.string(), z.string()])
    .nullable()
    .optional()
    .describe("Tilesets: names of the two compatible tiles with the largest step between them"),
  combinations_present: z.int().optional().describe("Tilesets: terrain combinations that have a tile"),
  combinations_expected: z.int().optional(),
  anchor_drift_px: z.number().optional().describe("Animations: most that the anchor moves over all frames"),
  palette_union: z.int().optional().describe("Animations: colors of all frames together"),
  duplicate_frames: z.int().optional().describe("Animations: frames equal to the one before them"),
  loop_gap: z
    .number()
    .nullable()
    .optional()
    .describe("Animations: share of pixels that change from last to first frame; null when it does not loop"),
  largest_step: z
    .number()
    .optional()
    .describe("Animations: the same share between neighbouring frames, at most"),
});
export type Checks = z.infer<typeof Checks>;

const Rect = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** A licensed sprite that a generation started from. */
export const Exemplar = z.object({
  id: z.string(),
  caption: z.string(),
  source: z.string(),
  license: z.string(),
  credit: z.string().optional().describe("Whom to name, where the licence asks for it"),
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
  credit: z
    .string()
    .optional()
    .describe("Who must be named where the asset is used, and where it comes from"),
  source: SourcePicture.optional().describe("The picture that was worked on; absent when there was none"),
});
export type Provenance = z.infer<typeof Provenance>;

const Corner = z.enum(["lower", "upper"]);
const TerrainSide = Corner.nullable();

/** One tile of a set: where it lies and what it joins. */
export const TileInfo = z.object({
  index: z.int().describe("Cell on the sheet, row by row"),
  name: z.string().describe("wang_13, edge_5, blob_255; a variant has a suffix: wang_15_v1"),
  mask: z
    .int()
    .describe(
      "wang: NW*8+NE*4+SW*2+SE; edge: N*8+E*4+S*2+W; blob: 8 neighbours, N=1 NE=2 E=4 SE=8 S=16 SW=32 W=64 NW=128; -1: lower terrain alone, where the other tiles are cells of the upper one",
    ),
  corners: z.object({ NW: TerrainSide, NE: TerrainSide, SW: TerrainSide, SE: TerrainSide }),
  edges: z.object({ N: TerrainSide, E: TerrainSide, S: TerrainSide, W: TerrainSide }),
  bounding_box: Rect.describe("In pixels of the sheet"),
  probability: z.number(),
  animation: z
    .array(z.object({ index: z.int(), duration_ms: z.int() }))
    .nullable()
    .describe("Cells of its frames, its own first; null: it stands still"),
});
export type TileInfo = z.infer<typeof TileInfo>;

/** A complete terrain set. */
export const TilesetInfo = z.object({
  type: z.enum(TILESET_TYPES),
  layout: z.enum(TILESET_LAYOUTS),
  columns: z.int(),
  rows: z.int(),
  tile_size: z.object({ width: z.int(), height: z.int() }),
  margin: z.int(),
  spacing: z.int(),
  extrude: z.int(),
  terrains: z.array(z.object({ id: z.int(), name: z.string(), role: Corner, color: HexColor })),
  base_tile_ids: z.object({ lower: z.string().nullable(), upper: z.string() }),
  tiles: z.array(TileInfo),
});
export type TilesetInfo = z.infer<typeof TilesetInfo>;

export const MOTIONS = ["model", "exemplar", "procedural", "still"] as const;

/** How the frames of an animation lie, last and stand. */
export const AnimationInfo = z.object({
  name: z.string(),
  action: z.enum(ACTIONS),
  motion: z.enum(MOTIONS).describe("What moved it"),
  loop: z.union([z.boolean(), z.literal("pingpong")]),
  frame_size: z.object({ width: z.int(), height: z.int() }),
  sheet: z.object({ columns: z.int(), rows: z.int() }),
  directions: z.array(z.string()),
  mirrored: z.record(z.string(), z.string()).describe("Direction -> the one it was mirrored from"),
  anchor: z.object({ x: z.int(), y: z.int() }).describe("The same in every frame, in pixels of the frame"),
  frames: z.array(
    z.object({
      name: z.string().describe("walk_south_0"),
      direction: z.string(),
      index: z.int(),
      frame: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      duration: z.number().describe("ms"),
      pivot: z.object({ x: z.int(), y: z.int() }),
    }),
  ),
});
export type AnimationInfo = z.infer<typeof AnimationInfo>;

/** The id of a kind, as GET /v1/kinds lists them: sprite, tileset, ... */
export const AssetKind = z.string().regex(/^[a-z][a-z_]{1,31}$/);

/** The manifest of a published asset: written last, so a manifest implies its files. */
export const AssetManifest = z.object({
  schema_version: z.literal(1),
  id: z.string(),
  kind: AssetKind,
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
  tileset: TilesetInfo.optional().describe("Terrain sets only"),
  animation: AnimationInfo.optional().describe("Animations only"),
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
