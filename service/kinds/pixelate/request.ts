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
  input_image: ImageBase64.describe("A picture, a sprite sheet, or a GIF: all its frames are worked on"),
  pixel_size: z
    .union([z.literal("auto"), z.number().min(1).max(256)], '"auto" or a number from 1 to 256')
    .default("auto")
    .describe("Edge of one art pixel in the picture"),
  width: Edge.optional().describe("Native width of the result (of each frame), instead of pixel_size"),
  height: Edge.optional().describe("Native height of the result (of each frame), instead of pixel_size"),
  color_count: z
    .union([z.literal("auto"), z.int().min(1).max(256)], '"auto" or a whole number from 1 to 256')
    .default("auto")
    .describe("Most colours; auto takes the fewest that lose nothing an eye sees"),
  input_palette: InputPalette.optional().describe(
    "A list of hex colours, the name of a palette, or base64 of a picture whose colours are taken",
  ),
  dither_mode: z
    .enum(DITHER_MODES)
    .default("none")
    .describe("Dithers onto the colours anew; none keeps the patterns of the picture"),
  dither_strength: z.number().min(0).max(100).default(50),
  remove_bg: z.boolean().default(false).describe("Makes the background transparent, from the border in"),
  cleanup: z
    .array(z.enum(CLEANUP_PASSES))
    .max(CLEANUP_PASSES.length)
    .default([])
    .describe("Clean-up passes that are wanted"),
  columns: Count.optional().describe("Columns of cells of a sprite sheet"),
  rows: Count.optional().describe("Rows of cells of a sprite sheet"),
  frame_width: z.int().min(1).optional().describe("Width of a cell of a sprite sheet, in its pixels"),
  frame_height: z.int().min(1).optional().describe("Height of a cell of a sprite sheet, in its pixels"),
  return_spritesheet: z.boolean().default(false).describe("Of a GIF: return the sheet instead of a GIF"),
  ...DELIVERY,
});
export type PixelateRequest = z.infer<typeof PixelateRequest>;
