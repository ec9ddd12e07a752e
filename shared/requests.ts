import { z } from "zod";

/** Limits that every door shares. Sizes in pixels. */
export const LIMITS = {
  promptLength: 2000,
  minSize: 8,
  maxSize: 128,
  maxImages: 16,
  maxSeed: 0xffff_ffff,
  /** Base64 characters of one picture: 12 MiB of bytes. */
  imageBase64: 16 * 1024 * 1024,
  /** Pixels of all images of one answer, after upscaling. */
  outputPixels: 16 * 1024 * 1024,
  /** Decoded pixels of one picture. */
  imagePixels: 4 * 1024 * 1024,
  /** Frames of one animation, or cells of one sheet, and the pixels of all frames together. */
  frames: 256,
  framePixels: 16 * 1024 * 1024,
} as const;

/** A name that becomes a file or folder name: never a path. Windows device names are refused. */
export const SafeName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,63}$/,
    "a name of a-z, 0-9, - and _ (64 at most), starting with a letter or digit",
  )
  .refine((name) => !/^(con|prn|aux|nul|com\d|lpt\d)$/.test(name), "a name that is not a device of Windows");

/** A folder inside the project: safe names joined by "/". */
export const ProjectFolder = z
  .string()
  .max(200)
  .refine(
    (path) => path.split("/").every((part) => SafeName.safeParse(part).success),
    'a folder inside the project: names of a-z, 0-9, - and _ joined by "/"',
  );

/** A folder of any game as engines name it: "Assets/Sprites", or "" for the root. Only text of files, never a path here. */
export const GameFolder = z
  .string()
  .max(400)
  .refine(
    (path) => path === "" || path.split("/").every((part) => /^(?!\.{1,2}$)[^\\:*?"<>|\p{Cc}]+$/u.test(part)),
    'a folder relative to the game, its names joined by "/"',
  );

export const HexColor = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as "#1a1c2c"');

/** base64 of a PNG, JPEG, GIF or WebP, with or without a data: prefix. */
export const ImageBase64 = z.string().min(1).max(LIMITS.imageBase64).meta({ contentEncoding: "base64" });

/** The colours that a picture is held to: by value, by name, or those of another picture. */
export const InputPalette = z.union(
  [z.array(HexColor).min(1).max(256), z.string().min(1).max(LIMITS.imageBase64)],
  "a list of 1 to 256 hex colors, the name of a palette, or base64 of a picture",
);

export const DITHER_MODES = ["none", "bayer_2x2", "bayer_4x4", "bayer_8x8", "floyd_steinberg"] as const;
/** Clean-up passes by name. None of them runs unasked: each would harm some true pixel art. */
export const CLEANUP_PASSES = ["orphans", "jaggies", "halftones"] as const;
export type CleanupPass = (typeof CLEANUP_PASSES)[number];

export const VIEWS = ["side", "low top-down", "high top-down"] as const;
export const DIRECTIONS = [
  "south",
  "south-east",
  "east",
  "north-east",
  "north",
  "north-west",
  "west",
  "south-west",
] as const;
export const OUTLINES = [
  "single color black outline",
  "single color outline",
  "selective outline",
  "lineless",
] as const;
export const SHADINGS = [
  "flat shading",
  "basic shading",
  "medium shading",
  "detailed shading",
  "highly detailed shading",
] as const;
export const DETAILS = ["low detail", "medium detail", "highly detailed"] as const;
/** Engines that files are made for. */
export const ENGINES = ["godot", "phaser", "tiled", "ldtk", "aseprite"] as const;

/** What people are told about the one of them for which no file is made. */
export const ASEPRITE_NOTE = "aseprite needs no files of its own: it opens the PNG and JSON of every asset";

/** Which licensed sprites a drawing may start from: any that came with the model, CC0 alone, none. */
export const EXEMPLAR_CHOICES = ["auto", "cc0", "off"] as const;
export type ExemplarChoice = (typeof EXEMPLAR_CHOICES)[number];

/** Where the outputs go in a game project; without it they stay in the service's library. */
export const OutputTarget = z.strictObject({
  dir: ProjectFolder.default("pixelkiln"),
  name: SafeName.optional(),
  engine: z
    .array(z.enum(ENGINES))
    .max(ENGINES.length)
    .optional()
    .describe(`Engines that get files; ${ASEPRITE_NOTE}`),
  client_folder: GameFolder.optional().describe(
    "Folder in the client's own game: engine files are made for it, and nothing is written into the project",
  ),
});
export type OutputTarget = z.infer<typeof OutputTarget>;

const Size = z.int().min(LIMITS.minSize).max(LIMITS.maxSize);

/** How any request that becomes a job wants its answer: last fields of each. */
export const DELIVERY = {
  upscale_output_factor: z
    .int()
    .min(1)
    .max(16)
    .nullable()
    .default(1)
    .describe("Nearest-neighbour; null means 1"),
  output: OutputTarget.optional(),
  strict: z.boolean().default(false).describe("An ignored parameter is an error"),
  check_cost: z.boolean().default(false).describe("Validate and estimate only"),
  async: z.boolean().default(false).describe("Answer 202 at once with the job"),
  upload_outputs: z.boolean().default(false).describe("Leave base64_images empty: read output_urls instead"),
} as const;

/** `POST /v1/sprites`. Field names are Retro Diffusion's where it has one. */
export const SpriteRequest = z.strictObject({
  prompt: z
    .string()
    .trim()
    .min(1)
    .max(LIMITS.promptLength)
    .describe("The subject only: no need to say pixel art"),
  negative_prompt: z
    .string()
    .trim()
    .max(LIMITS.promptLength)
    .default("")
    .describe("What the picture should not be"),
  prompt_style: z.string().max(64).default("default").describe("A style of GET /v1/styles/selector"),
  model: z.string().max(64).optional().describe("A model of GET /v1/models; the default is the embedded one"),
  width: Size.optional().describe("Native width in pixels; the default is the style's, most often 32"),
  height: Size.optional().describe("Native height in pixels"),
  num_images: z.int().min(1).max(LIMITS.maxImages).default(1).describe("Image i uses seed + i"),
  seed: z.int().min(0).max(LIMITS.maxSeed).optional().describe("Chosen and returned when absent"),
  steps: z.int().min(1).max(100).optional().describe("Denoising steps; the default is the model's"),
  guidance_scale: z
    .number()
    .min(0)
    .max(20)
    .optional()
    .describe("Classifier-free guidance; the default is the model's"),
  input_image: ImageBase64.optional().describe("Start from this picture"),
  mask_image: ImageBase64.optional().describe(
    "Draws input_image anew where this picture of its size is white (with no white in it: where it is painted on transparency), in a box of 32x32 pixels at most, and keeps every other pixel exactly. To grow a picture, give it on a larger canvas and mark the new room",
  ),
  strength: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("How far to leave input_image: 0 keeps it; the default is 0.75, or 1 beside mask_image"),
  exemplars: z
    .enum(EXEMPLAR_CHOICES)
    .optional()
    .describe("Start from the nearest licensed sprite, from CC0 sprites only, or from text alone"),
  input_palette: InputPalette.optional().describe(
    "A list of hex colours, the name of a palette, or base64 of a picture whose colours are taken",
  ),
  return_pre_palette: z.boolean().default(false).describe("Also return the picture before its palette"),
  color_count: z
    .int()
    .min(2)
    .max(64)
    .optional()
    .describe("Most colours of the picture; the default is the style's"),
  dither_mode: z.enum(DITHER_MODES).optional(),
  dither_strength: z.number().min(0).max(100).default(50),
  remove_bg: z.boolean().optional().describe("Transparent background; the default is the style's"),
  return_non_bg_removed: z.boolean().default(false),
  outline_color: HexColor.optional().describe("Draws an outline of this colour around the sprite"),
  despeckle: z.boolean().optional().describe("Removes single stray pixels; the default is the style's"),
  tile_x: z.boolean().optional().describe("Seamless from left to right; the default is the style's"),
  tile_y: z.boolean().optional().describe("Seamless from top to bottom; the default is the style's"),
  view: z.enum(VIEWS).optional(),
  direction: z.enum(DIRECTIONS).optional(),
  outline: z.enum(OUTLINES).optional(),
  shading: z.enum(SHADINGS).optional(),
  detail: z.enum(DETAILS).optional(),
  reference_images: z.array(ImageBase64).max(9).optional(),
  ...DELIVERY,
});
export type SpriteRequest = z.infer<typeof SpriteRequest>;

/** What sprites, tiles, terrain sets and animations are drawn with: the same fields under the same names. */
export const DRAWING = {
  model: SpriteRequest.shape.model,
  seed: SpriteRequest.shape.seed,
  steps: SpriteRequest.shape.steps,
  guidance_scale: SpriteRequest.shape.guidance_scale,
  exemplars: SpriteRequest.shape.exemplars,
  input_palette: SpriteRequest.shape.input_palette,
  color_count: SpriteRequest.shape.color_count,
  dither_mode: SpriteRequest.shape.dither_mode,
  dither_strength: SpriteRequest.shape.dither_strength,
} as const;

export const IgnoredParameter = z.object({ name: z.string(), reason: z.string() });
export type IgnoredParameter = z.infer<typeof IgnoredParameter>;
