import { z } from "zod";
import { CharacterInfo, PartCreditInfo } from "./character.ts";
import { EffectInfo } from "./effect.ts";
import { Loop, MotionLayout, PlayedAction } from "./motions.ts";
import { HexColor, IgnoredParameter } from "./requests.ts";
import { ServerDrawing } from "./server-models.ts";

/** What animations show, and the layouts of tilesets: words that requests and manifests share. */
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

/** What measuring the pixels showed, in every answer. `null`: not asked for, or meaningless here. */
export const Checks = z.object({
  grid_scale: z.int().describe("Image pixels per art pixel; 1 = native"),
  partial_alpha_pixels: z.int(),
  colors: z.int().describe("Most colors in one image, not counting transparency"),
  off_palette_pixels: z.int(),
  duplicate_images: z.int(),
  seam_ratio_x: z
    .number()
    .nullable()
    .describe("Color step across the seam relative to steps inside the tile; <= 1 is seamless"),
  seam_ratio_y: z.number().nullable(),
  worst_pair: z
    .tuple([z.string(), z.string()])
    .nullable()
    .optional()
    .describe("Tilesets: the two compatible tiles with the largest step between them, by name"),
  combinations_present: z.int().optional().describe("Tilesets: terrain combinations that have a tile"),
  combinations_expected: z.int().optional(),
  anchor_drift_px: z
    .number()
    .optional()
    .describe("Animations: how far the anchor moves over all frames, at most"),
  palette_union: z.int().optional().describe("Animations: number of colors in all frames together"),
  duplicate_frames: z.int().optional().describe("Animations: frames that equal the one before"),
  loop_gap: z
    .number()
    .nullable()
    .optional()
    .describe(
      "Animations: share of pixels that change from the last frame to the first; null without a loop",
    ),
  largest_step: z
    .number()
    .optional()
    .describe("Animations: the largest such share between two neighboring frames"),
});
export type Checks = z.infer<typeof Checks>;

const Rect = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** A licensed sprite that a generation started from. */
export const Exemplar = z.object({
  id: z.string(),
  caption: z.string(),
  source: z.string(),
  license: z.string(),
  credit: z.string().optional().describe("Whom to credit, if the license asks for it"),
  similarity: z.number(),
});
export type Exemplar = z.infer<typeof Exemplar>;

/** How a picture stretches: what lies within these insets does, corners keep their size. In pixels of the picture. */
export const NineSlice = z.object({ left: z.int(), top: z.int(), right: z.int(), bottom: z.int() });
export type NineSlice = z.infer<typeof NineSlice>;

export const ImageInfo = z.object({
  seed: z.int().nullable().describe("null: nothing about the picture is random"),
  width: z.int(),
  height: z.int(),
  file: z.string(),
  sha256: z.string(),
  bounds: Rect.nullable().describe("Bounding box of the drawn pixels; null for an empty image"),
  pivot: z.object({ x: z.int(), y: z.int() }),
  colors: z.array(HexColor),
  exemplars: z.array(Exemplar),
  nine_slice: NineSlice.optional().describe(
    "Style ui: pixels from each edge that keep their size when a button, panel, window or slot is stretched",
  ),
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

/** A picture from outside. Nothing is known of its license. */
const SourcePicture = z.object({
  sha256: z.string(),
  format: z.enum(["PNG", "JPEG", "GIF", "WebP"]),
  width: z.int(),
  height: z.int(),
  frames: z.int(),
});

export const GRID_KINDS = ["native", "enlarged", "cells", "none"] as const;

/**
 * The grid that a picture was drawn on. Cuts are the positions, in pixels of the picture, where one cell ends and the
 * next begins, including the outer edges. They are whole numbers; pitches need not be.
 */
export const Grid = z.object({
  kind: z
    .enum(GRID_KINDS)
    .describe(
      "native: already one pixel per cell; enlarged: by a whole number, undone exactly; cells: found; none: not pixel art",
    ),
  pitch_x: z.number(),
  pitch_y: z.number(),
  cuts_x: z.array(z.number()),
  cuts_y: z.array(z.number()),
  confidence: z.number().describe("0 (a guess) to 1 (certain)"),
});
export type Grid = z.infer<typeof Grid>;

/** How the frames of an asset are laid out on its sheet, in pixels, and how long each is shown. */
export const FrameLayout = z.object({
  columns: z.int(),
  rows: z.int(),
  frame_width: z.int(),
  frame_height: z.int(),
  durations_ms: z.array(z.number()).nullable().describe("null: the cells of a sheet, not an animation"),
});
export type FrameLayout = z.infer<typeof FrameLayout>;

/** Where an asset comes from: enough to make it again, and to know its licenses. */
export const Provenance = z.object({
  generator: z.string().describe("pixelkiln with its version"),
  model: z
    .object({
      id: z.string(),
      sha256: z.string(),
      license: z.string().nullable().describe("null: nobody said"),
      training_data_licenses: z.array(z.string()),
    })
    .nullable()
    .describe("null: no model drew it"),
  execution_provider: z.string().nullable(),
  prompt: z.string().nullable(),
  seed: z.int().nullable(),
  exemplars: z.array(Exemplar),
  credit: z.string().optional().describe("Whom to credit where the asset is used, and its source"),
  source: SourcePicture.optional().describe("The picture that was processed, if there was one"),
  server: ServerDrawing.optional().describe("The picture server that drew it, and what it was sent"),
  parts: z.array(PartCreditInfo).optional().describe("Characters: every part that is drawn, and its authors"),
});
export type Provenance = z.infer<typeof Provenance>;

const Corner = z.enum(["lower", "upper"]);
const TerrainSide = Corner.nullable();

/** One tile of a set: where it is and what it joins. */
export const TileInfo = z.object({
  index: z.int().describe("Cell on the sheet, row by row"),
  name: z.string().describe("wang_13, edge_5, blob_255; variants have a suffix: wang_15_v1"),
  mask: z
    .int()
    .describe(
      "wang: NW*8+NE*4+SW*2+SE; edge: N*8+E*4+S*2+W; blob: 8 neighbors, N=1 NE=2 E=4 SE=8 S=16 SW=32 W=64 NW=128; -1: the lower terrain alone, in sets whose other tiles are cells of the upper one",
    ),
  corners: z.object({ NW: TerrainSide, NE: TerrainSide, SW: TerrainSide, SE: TerrainSide }),
  edges: z.object({ N: TerrainSide, E: TerrainSide, S: TerrainSide, W: TerrainSide }),
  bounding_box: Rect.describe("In pixels of the sheet"),
  probability: z.number(),
  animation: z
    .array(z.object({ index: z.int(), duration_ms: z.int() }))
    .nullable()
    .describe("Cells of its frames, its own cell first; null: not animated"),
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

/** How the frames of an animation are laid out, timed and anchored. `name` to `loop` are those of its first action. */
export const AnimationInfo = MotionLayout.extend({
  name: z.string(),
  action: z.enum(ACTIONS),
  motion: z.enum(MOTIONS).describe("How it was animated"),
  loop: Loop,
  mirrored: z.record(z.string(), z.string()).describe("Direction -> the direction it was mirrored from"),
  actions: z
    .array(PlayedAction.extend({ action: z.enum(ACTIONS), motion: z.enum(MOTIONS) }))
    .default([])
    .describe("Empty in manifests of earlier versions"),
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
  rev: z.string().describe("sha256 of the hashes of the files: changes when a file does"),
  created_at: z.iso.datetime(),
  images: z.array(ImageInfo),
  palette: z.object({ name: z.string().nullable(), colors: z.array(HexColor), locked: z.boolean() }),
  request: z.record(z.string(), z.unknown()),
  ignored_parameters: z.array(IgnoredParameter),
  warnings: z.array(z.string()),
  checks: Checks,
  files: z.array(FileInfo),
  provenance: Provenance,
  grid: Grid.optional().describe("The grid found in the picture"),
  layout: FrameLayout.optional().describe("Only when several frames belong together"),
  tileset: TilesetInfo.optional().describe("Terrain sets only"),
  animation: AnimationInfo.optional().describe("Animations only"),
  character: CharacterInfo.optional().describe("Characters only"),
  effect: EffectInfo.optional().describe("Effects only"),
  unmet_words: z
    .array(z.string())
    .optional()
    .describe("Words of the prompt that had no effect, as far as the model can tell"),
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
