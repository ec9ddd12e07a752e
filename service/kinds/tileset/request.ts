import { z } from "zod";
import { COLLISIONS, SHAPE_STYLES, TILESET_LAYOUTS, TILESET_TYPES } from "../../../shared/asset.ts";
import { DELIVERY, DRAWING, ImageBase64, LIMITS, SafeName } from "../../../shared/requests.ts";
import { SurfaceStyle } from "../tile/request.ts";

/** `POST /v1/tilesets`: every tile that two terrains need to meet. PixelLab's names, with Retro Diffusion's as aliases. */
export const TilesetRequest = z.strictObject({
  upper_description: z
    .string()
    .trim()
    .min(1)
    .max(LIMITS.promptLength)
    .describe("The upper terrain, such as grass"),
  lower_description: z
    .string()
    .trim()
    .max(LIMITS.promptLength)
    .optional()
    .describe("The lower terrain, such as water; a sidescroller has air instead"),
  transition_description: z
    .string()
    .trim()
    .max(LIMITS.promptLength)
    .default("")
    .describe("What lies between them, such as sand; empty: a drawn edge"),
  tileset_type: z.enum(TILESET_TYPES).default("wang16"),
  layout: z
    .enum(TILESET_LAYOUTS)
    .optional()
    .describe("Layout of the sheet; default: wang_4x4, or blob_8x6 for blob47"),
  tile_size: z
    .union([
      z.int().min(8).max(64),
      z.strictObject({ width: z.int().min(8).max(64), height: z.int().min(8).max(64) }),
    ])
    .default(16)
    .describe("Edge of a tile in pixels"),
  transition_size: z.number().min(0).max(1).default(0.25).describe("Width of the transition, in half tiles"),
  shape_style: z.enum(SHAPE_STYLES).default("round"),
  raggedness: z.number().min(0).max(1).default(0.3).describe("How uneven the border is"),
  variants: z.int().min(0).max(4).default(0).describe("Extra full tiles of each terrain"),
  variant_probability: z
    .number()
    .min(0.01)
    .max(1)
    .default(0.25)
    .describe("Weight of each variant; the main tile has 1"),
  animated: z
    .array(z.enum(["lower", "upper"]))
    .max(2)
    .default([])
    .describe("Which terrains to animate, such as the lower one if it is water; frames are in extra columns"),
  animation_frames: z.int().min(2).max(8).default(4).describe("Frames of an animated terrain"),
  animation_frame_ms: z.int().min(20).max(2000).default(200).describe("Duration of each of them"),
  lower_reference_image: ImageBase64.optional().describe("Texture of the lower terrain"),
  upper_reference_image: ImageBase64.optional().describe("Texture of the upper terrain"),
  transition_reference_image: ImageBase64.optional().describe("Texture of the transition"),
  lower_base_tile_id: z
    .string()
    .max(64)
    .optional()
    .describe("A tile id from base_tile_ids of an earlier set, to continue that terrain"),
  upper_base_tile_id: z.string().max(64).optional().describe("The same for the upper terrain"),
  base_tileset_id: z
    .string()
    .max(64)
    .optional()
    .describe("An earlier set of the same type, whose locked tiles are kept"),
  locked: z
    .array(z.string().max(64))
    .max(128)
    .default([])
    .describe("Names of tiles of base_tileset_id to keep as they are"),
  collision: z.enum(COLLISIONS).default("none").describe("The terrain that gets collision polygons"),
  extrude: z
    .int()
    .min(0)
    .max(2)
    .default(0)
    .describe("Edge pixels repeated around each tile, to prevent bleeding"),
  lower_name: SafeName.optional().describe(
    "Name of the lower terrain in the engine; default: from its description",
  ),
  upper_name: SafeName.optional().describe("Name of the upper terrain in the engine; likewise"),
  prompt_style: SurfaceStyle,
  ...DRAWING,
  ...DELIVERY,
});
export type TilesetRequest = z.infer<typeof TilesetRequest>;
