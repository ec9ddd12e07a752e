import { z } from "zod";
import { Checks, Grid } from "./asset.ts";
import { IgnoredParameter, ImageBase64, InputPalette } from "./requests.ts";

/** What every tool takes. */
const COMMON = {
  input_image: ImageBase64.describe("base64 of a PNG, JPEG, GIF or WebP, with or without a data: prefix"),
  custom_id: z.string().max(255).optional().describe("Returned with the answer"),
};

const DITHER = {
  dither_mode: z.enum(["none", "bayer_2x2", "bayer_4x4", "bayer_8x8"]).default("none"),
  dither_strength: z
    .number()
    .min(0)
    .max(100)
    .default(5)
    .describe("0 to 10; larger values are read on the older scale of 0 to 100"),
};

const Edge = z.int().min(1).max(4096);

/** One tool: what it takes, and whether it keeps all frames of a GIF. */
interface ToolEntry {
  name: string;
  description: string;
  animated: boolean;
  fields: z.ZodObject;
}

/** Retro Diffusion's free edit tools, with its names and fields: pure pixel code, no model. */
export const EDIT_TOOLS = {
  color_reducer: {
    name: "Color reducer",
    description: "Reduces a picture to a limited number of its own colors",
    animated: true,
    fields: z.strictObject({
      ...COMMON,
      color_count: z.int().min(1).max(256).default(16).describe("Maximum number of colors; default: 16"),
      ...DITHER,
    }),
  },
  palette_converter: {
    name: "Palette converter",
    description: "Maps every pixel to the nearest color of a palette",
    animated: true,
    fields: z.strictObject({ ...COMMON, input_palette: InputPalette, ...DITHER }),
  },
  k_centroid_downscale: {
    name: "K-centroid downscale",
    description: "Shrinks a picture without blending its colors",
    animated: true,
    fields: z.strictObject({
      ...COMMON,
      width: Edge.describe("Width of the result in pixels"),
      height: Edge.describe("Height of the result in pixels"),
    }),
  },
  pixel_correction: {
    name: "Pixel correction",
    description: "Finds the grid of fake pixel art and returns its true pixels",
    animated: false,
    fields: z.strictObject(COMMON),
  },
  background_remover: {
    name: "Background remover",
    description: "Makes the background transparent, starting from the border",
    animated: false,
    fields: z.strictObject({
      ...COMMON,
      transparency_threshold: z
        .int()
        .min(1)
        .max(255)
        .default(128)
        .describe("With force_solid_pixels, alpha below this becomes 0"),
      force_solid_pixels: z
        .boolean()
        .default(true)
        .describe("Makes every pixel either opaque or fully transparent"),
    }),
  },
  rotate: {
    name: "Rotate",
    description: "Rotates a picture clockwise; multiples of 90 degrees are exact",
    animated: false,
    fields: z.strictObject({
      ...COMMON,
      rotation_degrees: z.number().min(-360).max(360).default(90).describe("Clockwise; default: 90"),
    }),
  },
  seam_tiling: {
    name: "Seam tiling",
    description: "Makes a picture tile seamlessly, using its own pixels",
    animated: false,
    fields: z.strictObject({
      ...COMMON,
      tile_x: z.boolean().default(false).describe("Seamless from left to right"),
      tile_y: z.boolean().default(false).describe("Seamless from top to bottom"),
      seam_width: z
        .int()
        .min(1)
        .max(64)
        .optional()
        .describe("Pixels on each side of the seam that may change; default: a quarter of the edge"),
    }),
  },
} as const satisfies Record<string, ToolEntry>;

export type EditTool = keyof typeof EDIT_TOOLS;
export const EDIT_TOOL_IDS = Object.keys(EDIT_TOOLS) as [EditTool, ...EditTool[]];

/** A parsed request to one of the tools. */
export type EditRequest = {
  [T in EditTool]: { tool: T } & z.infer<(typeof EDIT_TOOLS)[T]["fields"]>;
}[EditTool];

/** Body of `POST /v1/edit/tools/{tool}`: the fields of that tool. */
export const EditBody = z.union([
  EDIT_TOOLS.color_reducer.fields,
  EDIT_TOOLS.palette_converter.fields,
  EDIT_TOOLS.k_centroid_downscale.fields,
  EDIT_TOOLS.pixel_correction.fields,
  EDIT_TOOLS.background_remover.fields,
  EDIT_TOOLS.rotate.fields,
  EDIT_TOOLS.seam_tiling.fields,
]);

/** One entry of `GET /v1/edit/tools`, which returns a bare list like Retro Diffusion's. */
export const EditToolInfo = z.object({
  id: z.enum(EDIT_TOOL_IDS),
  name: z.string(),
  description: z.string(),
  balance_cost: z.literal(0),
  credit_cost: z.literal(0),
  is_free: z.literal(true),
  requires_minimum_balance: z.literal(false),
  accepts_animation: z.boolean(),
  max_input_pixels: z.int(),
  api_fields: z.array(
    z.object({
      name: z.string(),
      required: z.boolean(),
      schema: z.record(z.string(), z.unknown()).describe("JSON schema of the value"),
    }),
  ),
});
export type EditToolInfo = z.infer<typeof EditToolInfo>;

/** 200 of `POST /v1/edit/tools/{tool}`. */
export const EditAnswer = z.object({
  tool_id: z.enum(EDIT_TOOL_IDS),
  inference_id: z.string(),
  custom_id: z.string().optional(),
  balance_cost: z.literal(0),
  credit_cost: z.literal(0),
  charged: z.literal(false),
  remaining_balance: z.literal(0),
  remaining_credits: z.null(),
  base64_images: z.array(z.string()).describe("One PNG, or one GIF if a GIF with several frames came in"),
  output_urls: z.array(z.string()),
  width: z.int(),
  height: z.int(),
  frames: z.int(),
  grid: Grid.optional(),
  palette: z.array(z.string()).describe("The most frequent colors of the result, at most 256"),
  checks: Checks,
  ignored_parameters: z.array(IgnoredParameter),
  warnings: z.array(z.string()),
  outputImageBase64: z.string().describe("The first of base64_images, for older clients"),
});
export type EditAnswer = z.infer<typeof EditAnswer>;

/** 200 of `POST /v1/edit/tools/{tool}/estimate`: the request is valid. */
export const EditEstimate = z.object({
  tool_id: z.enum(EDIT_TOOL_IDS),
  balance_cost: z.literal(0),
  credit_cost: z.literal(0),
  estimate_seconds: z.number(),
  ignored_parameters: z.array(IgnoredParameter),
});
export type EditEstimate = z.infer<typeof EditEstimate>;

/** Body of `POST /v1/pixel-fixer/standard`. */
export const PixelFixerRequest = z.strictObject({ input_image: ImageBase64 });
export type PixelFixerRequest = z.infer<typeof PixelFixerRequest>;

/** 200 of `POST /v1/pixel-fixer/standard`: Retro Diffusion's one field, plus what was found. */
export const PixelFixerAnswer = z.object({
  base64_images: z.array(z.string()),
  grid: Grid,
  checks: Checks,
  warnings: z.array(z.string()),
});
export type PixelFixerAnswer = z.infer<typeof PixelFixerAnswer>;
