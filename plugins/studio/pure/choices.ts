import type { AnimationRequest } from "../../../service/kinds/animation/request.ts";
import type { PixelateRequest } from "../../../service/kinds/pixelate/request.ts";
import type { TilesetRequest } from "../../../service/kinds/tileset/request.ts";
import type { SpriteRequest } from "../../../shared/requests.ts";

/** The words that requests take, in the order of their schemas: a test holds them against shared/. */
export const CHOICES = {
  outline: ["single color black outline", "single color outline", "selective outline", "lineless"],
  shading: ["flat shading", "basic shading", "medium shading", "detailed shading", "highly detailed shading"],
  detail: ["low detail", "medium detail", "highly detailed"],
  view: ["side", "low top-down", "high top-down"],
  direction: ["south", "south-east", "east", "north-east", "north", "north-west", "west", "south-west"],
  dither_mode: ["none", "bayer_2x2", "bayer_4x4", "bayer_8x8", "floyd_steinberg"],
  exemplars: ["auto", "cc0", "off"],
  tileset_type: ["wang16", "edge16", "blob47", "dual_grid", "sidescroller"],
  layout: ["wang_4x4", "retro_4x5", "index", "blob_8x6"],
  shape_style: ["square", "round"],
  collision: ["none", "lower", "upper"],
  action: [
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
  ],
  motion: ["auto", "model", "exemplar", "procedural"],
  sheet_layout: ["rows_by_direction", "strip", "packed"],
  cleanup: ["orphans", "jaggies", "halftones"],
  engine: ["godot", "phaser", "tiled", "ldtk", "aseprite"],
} as const satisfies Record<string, readonly string[]> & {
  outline: readonly SpriteRequest["outline"][];
  shading: readonly SpriteRequest["shading"][];
  detail: readonly SpriteRequest["detail"][];
  view: readonly SpriteRequest["view"][];
  direction: readonly SpriteRequest["direction"][];
  dither_mode: readonly SpriteRequest["dither_mode"][];
  exemplars: readonly SpriteRequest["exemplars"][];
  tileset_type: readonly TilesetRequest["tileset_type"][];
  layout: readonly TilesetRequest["layout"][];
  shape_style: readonly TilesetRequest["shape_style"][];
  collision: readonly TilesetRequest["collision"][];
  action: readonly AnimationRequest["action"][];
  motion: readonly AnimationRequest["motion"][];
  sheet_layout: readonly AnimationRequest["sheet_layout"][];
  cleanup: readonly PixelateRequest["cleanup"][number][];
};
