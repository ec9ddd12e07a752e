import { z } from "zod";
import {
  AnimationInfo,
  AssetManifest,
  Checks,
  FrameLayout,
  Grid,
  ImageInfo,
  TilesetInfo,
  Timings,
} from "./asset.ts";
import { JOB_STATES } from "./job.ts";
import { IgnoredParameter } from "./requests.ts";

/** 200 of `POST /v1/sprites`: the manifest, the pictures themselves and how long each part took. */
export const SpriteAnswer = z.object({
  id: z.string(),
  job_id: z.string(),
  kind: z.literal("sprite"),
  status: z.enum(JOB_STATES),
  created_at: z.iso.datetime(),
  model: z.string(),
  prompt_style: z.string(),
  base64_images: z.array(z.string()),
  pre_palette_images: z.array(z.string()).optional(),
  non_bg_removed_images: z.array(z.string()).optional(),
  output_urls: z.array(z.string()),
  images: z.array(ImageInfo.extend({ url: z.string() })),
  palette: AssetManifest.shape.palette,
  request: z.record(z.string(), z.unknown()),
  ignored_parameters: z.array(IgnoredParameter),
  warnings: z.array(z.string()),
  checks: Checks,
  files: AssetManifest.shape.files,
  project_files: z.array(z.string()).describe("Files written into the project, relative to it"),
  provenance: AssetManifest.shape.provenance,
  timings_ms: Timings,
  balance_cost: z.literal(0),
  remaining_balance: z.literal(0),
});
export type SpriteAnswer = z.infer<typeof SpriteAnswer>;

/** 200 of `POST /v1/pixelate`: as for sprites, but that no model drew it, and with the grid that was found. */
export const PixelateAnswer = SpriteAnswer.omit({
  kind: true,
  model: true,
  prompt_style: true,
  pre_palette_images: true,
  non_bg_removed_images: true,
}).extend({
  kind: z.literal("pixelate"),
  model: z.null().describe("No model drew it"),
  base64_images: z.array(z.string()).describe("One file: PNG of a picture or of a whole sheet, GIF of a GIF"),
  output_urls: z.array(z.string()).describe("Where that file is; those of single frames are in images"),
  grid: Grid,
  layout: FrameLayout.optional().describe("Only where several frames came"),
});
export type PixelateAnswer = z.infer<typeof PixelateAnswer>;

/** 200 of `POST /v1/animations`: as for sprites, with how the frames lie. */
export const AnimationAnswer = SpriteAnswer.omit({
  kind: true,
  model: true,
  pre_palette_images: true,
  non_bg_removed_images: true,
}).extend({
  kind: z.literal("animation"),
  model: z.string().nullable().describe("null: no model drew it"),
  base64_images: z.array(z.string()).describe("One file: the PNG of the sheet, or the GIF"),
  animation: AnimationInfo.extend({
    gif: z.string().nullable().describe("Where the GIF is: directions side by side; null for a single frame"),
    apng: z.string().nullable(),
  }),
});
export type AnimationAnswer = z.infer<typeof AnimationAnswer>;

/** 200 of `POST /v1/tiles`: as for sprites; one picture a variation. */
export const TileAnswer = SpriteAnswer.omit({
  kind: true,
  model: true,
  pre_palette_images: true,
  non_bg_removed_images: true,
}).extend({
  kind: z.literal("tile"),
  model: z.string().nullable().describe("null: no model drew it"),
});
export type TileAnswer = z.infer<typeof TileAnswer>;

/** 200 of `POST /v1/tilesets`: the sheet, and what lies where on it. */
export const TilesetAnswer = TileAnswer.omit({ kind: true }).extend({
  kind: z.literal("tileset"),
  base64_images: z.array(z.string()).describe("One file: the PNG of the sheet"),
  tileset: TilesetInfo,
});
export type TilesetAnswer = z.infer<typeof TilesetAnswer>;

/** 200 of `GET /v1/jobs/{id}/result`: what the synchronous call of its kind gives. */
export const JobAnswer = z.union([SpriteAnswer, PixelateAnswer, AnimationAnswer, TileAnswer, TilesetAnswer]);
export type JobAnswer = z.infer<typeof JobAnswer>;

/** 200 of `check_cost: true`: nothing was generated. */
export const CostAnswer = z.object({
  check_cost: z.literal(true),
  request: z.record(z.string(), z.unknown()),
  ignored_parameters: z.array(IgnoredParameter),
  warnings: z.array(z.string()),
  estimated_ms: z.number(),
  balance_cost: z.literal(0),
  remaining_balance: z.literal(0),
});
export type CostAnswer = z.infer<typeof CostAnswer>;

/** 202 of `async: true`. */
export const AcceptedAnswer = z.object({
  status: z.literal("accepted"),
  job_id: z.string(),
  task_id: z.string(),
  background_job_id: z.string(),
});
export type AcceptedAnswer = z.infer<typeof AcceptedAnswer>;

/** One style of `GET /v1/styles/selector`: Retro Diffusion's keys and what else a form needs. */
export const StyleInfo = z.object({
  prompt_style: z.string(),
  name: z.string(),
  description: z.string(),
  min_width: z.int(),
  max_width: z.int(),
  min_height: z.int(),
  max_height: z.int(),
  default_width: z.int(),
  default_height: z.int(),
  max_number_of_images: z.int(),
  require_input_image: z.boolean(),
  supports_reference_images: z.boolean(),
  default_color_count: z.int(),
  remove_bg: z.boolean(),
  example_prompt: z.string(),
});
export type StyleInfo = z.infer<typeof StyleInfo>;

export const PaletteInfo = z.object({
  name: z.string(),
  title: z.string(),
  source: z.string(),
  colors: z.array(z.string()),
});
export type PaletteInfo = z.infer<typeof PaletteInfo>;

export const ModelInfo = z.object({
  id: z.string(),
  title: z.string(),
  default: z.boolean(),
  backend: z.string(),
  native_sizes: z.array(z.int()),
  controls: z.array(z.string()),
  weights_license: z.string(),
  training_data_licenses: z.array(z.string()),
  bytes: z.int(),
  ready: z.boolean(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;
