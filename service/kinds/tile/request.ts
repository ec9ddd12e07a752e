import { z } from "zod";
import { DELIVERY, DRAWING, ImageBase64, LIMITS, SpriteRequest } from "../../../shared/requests.ts";

/** A painted neighbor: base64 of a picture, or the id of a published tile. */
const Neighbor = ImageBase64.describe("base64 of a painted neighbor, or the id of a published tile");

/** The style of a surface: textures, unless the request has another. */
export const SurfaceStyle = z
  .string()
  .max(64)
  .default("texture")
  .describe("A style of GET /v1/styles/selector; default: texture");

/** The tiles around the new one, which continues their edges exactly. */
export const MatchEdges = z
  .strictObject({
    left: Neighbor.optional(),
    right: Neighbor.optional(),
    top: Neighbor.optional(),
    bottom: Neighbor.optional(),
  })
  .refine((edges) => Object.values(edges).some((edge) => edge !== undefined), "at least one neighbor");

/** `POST /v1/tiles`: a seamless tile (or several variations), a tile between neighbors, or a repaired one. */
export const TileRequest = z.strictObject({
  prompt: SpriteRequest.shape.prompt,
  negative_prompt: SpriteRequest.shape.negative_prompt,
  prompt_style: SurfaceStyle,
  ...DRAWING,
  width: z
    .int()
    .min(LIMITS.minSize)
    .max(LIMITS.maxSize)
    .optional()
    .describe("Native width in pixels; default: 32"),
  height: z
    .int()
    .min(LIMITS.minSize)
    .max(LIMITS.maxSize)
    .optional()
    .describe("Native height in pixels; default: the width"),
  num_images: SpriteRequest.shape.num_images.describe("Variations: image i uses seed + i"),
  tile_x: z.boolean().default(true).describe("Seamless from left to right"),
  tile_y: z.boolean().default(true).describe("Seamless from top to bottom"),
  match_edges: MatchEdges.optional(),
  input_image: ImageBase64.optional().describe("Start from this picture"),
  strength: SpriteRequest.shape.strength
    .unwrap()
    .default(0.75)
    .describe("How much to change input_image: 0 keeps it"),
  repair: z
    .boolean()
    .default(false)
    .describe("Only repair the seams of input_image and leave the rest as it is"),
  seam_width: z
    .int()
    .min(1)
    .max(16)
    .optional()
    .describe("With repair: pixels on each side of a seam that may change"),
  ...DELIVERY,
});
export type TileRequest = z.infer<typeof TileRequest>;
