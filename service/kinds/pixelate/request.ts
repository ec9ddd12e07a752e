import { z } from "zod";
import {
  CLEANUP_PASSES,
  DELIVERY,
  DITHER_MODES,
  ImageBase64,
  InputPalette,
  LIMITS,
} from "../../../shared/requests.ts";

const Edge = z.int().min(1).max(4096);
const Count = z.int().min(1).max(LIMITS.frames);

/** `POST /v1/pixelate`. Field names are Retro Diffusion's where it has one. */
export const PixelateRequest = z.strictObject({
  input_image: ImageBase64.describe("A picture, a sprite sheet, or a GIF, of which all frames are processed"),
  pixel_size: z
    .union([z.literal("auto"), z.number().min(1).max(256)], '"auto" or a number from 1 to 256')
    .default("auto")
    .describe("Edge of one art pixel in the picture"),
  width: Edge.optional().describe("Native width of the result (of each frame), instead of pixel_size"),
  height: Edge.optional().describe("Native height of the result (of each frame), instead of pixel_size"),
  color_count: z
    .union([z.literal("auto"), z.int().min(1).max(256)], '"auto" or a whole number from 1 to 256')
    .default("auto")
    .describe("Maximum number of colors; auto: the fewest without visible loss"),
  input_palette: InputPalette.optional().describe(
    "A list of hex colors, the name of a palette, or base64 of a picture whose colors are used",
  ),
  dither_mode: z
    .enum(DITHER_MODES)
    .default("none")
    .describe("Dither again with the new colors; none keeps the picture's own patterns"),
  dither_strength: z.number().min(0).max(100).default(50).describe("Strength of the dithering, 0 to 100"),
  remove_bg: z.boolean().default(false).describe("Make the background transparent, starting from the border"),
  cleanup: z
    .array(z.enum(CLEANUP_PASSES))
    .max(CLEANUP_PASSES.length)
    .default([])
    .describe("Clean-up passes to run"),
  columns: Count.optional().describe("Columns of the sprite sheet"),
  rows: Count.optional().describe("Rows of the sprite sheet"),
  frame_width: z
    .int()
    .min(1)
    .optional()
    .describe("Width of one frame of the sprite sheet, in pixels of the picture"),
  frame_height: z
    .int()
    .min(1)
    .optional()
    .describe("Height of one frame of the sprite sheet, in pixels of the picture"),
  return_spritesheet: z
    .boolean()
    .default(false)
    .describe("For a GIF: return a sprite sheet instead of a GIF"),
  ...DELIVERY,
});
export type PixelateRequest = z.infer<typeof PixelateRequest>;
