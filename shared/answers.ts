import { z } from "zod";
import { AssetKind, AssetManifest, Checks, ImageInfo, Timings } from "./asset.ts";
import { JOB_STATES } from "./job.ts";
import { IgnoredParameter } from "./requests.ts";

/** The answer of every kind of asset: the manifest, the pictures themselves, and how long each part took. */
export const AssetAnswer = z.object({
  id: z.string(),
  job_id: z.string(),
  kind: AssetKind,
  status: z.enum(JOB_STATES),
  created_at: z.iso.datetime(),
  model: z.string().nullable().describe("null: no model drew it"),
  base64_images: z.array(z.string()),
  output_urls: z.array(z.string()),
  images: z.array(ImageInfo.extend({ url: z.string() })),
  palette: AssetManifest.shape.palette,
  request: z.record(z.string(), z.unknown()),
  ignored_parameters: z.array(IgnoredParameter),
  warnings: z.array(z.string()),
  checks: Checks,
  files: AssetManifest.shape.files,
  project_files: z.array(z.string()).describe("Files written to the project, relative to it"),
  provenance: AssetManifest.shape.provenance,
  timings_ms: Timings,
  balance_cost: z.literal(0),
  remaining_balance: z.literal(0),
});
export type AssetAnswer = z.infer<typeof AssetAnswer>;

/** One kind of `GET /v1/kinds`: its endpoint and the JSON schema of its request, to build forms from. */
export const KindInfo = z.object({
  id: AssetKind,
  title: z.string(),
  summary: z.string(),
  path: z.string(),
  asset_prefix: z.string().describe("Prefix of its asset ids"),
  takes_style: z.boolean().describe("Whether the styles of GET /v1/styles/selector apply to it"),
  request: z.record(z.string(), z.unknown()).describe("JSON Schema 2020-12"),
});
export type KindInfo = z.infer<typeof KindInfo>;

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

/** One style of `GET /v1/styles/selector`: Retro Diffusion's keys plus what else a form needs. */
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
  /** Canvas edges in pixels that the model draws. */
  native_sizes: z.array(z.int()),
  /** Whether it draws pixel art, or large pictures of which pixel art is made. */
  output: z.enum(["native", "large"]),
  controls: z.array(z.string()),
  weights_license: z.string().nullable().describe("null: nobody said"),
  training_data_licenses: z.array(z.string()),
  bytes: z.int(),
  ready: z.boolean(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;
