import { z } from "zod";

/** Limits that apply to every request. Sizes in pixels. */
export const LIMITS = {
  promptLength: 2000,
  minSize: 8,
  maxSize: 256,
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
  .refine(
    (name) => !/^(con|prn|aux|nul|com\d|lpt\d)$/.test(name),
    "a name that is not a Windows device name",
  );

/** A folder inside the project: safe names separated by "/". */
export const ProjectFolder = z
  .string()
  .max(200)
  .refine(
    (path) => path.split("/").every((part) => SafeName.safeParse(part).success),
    'a folder inside the project: names of a-z, 0-9, - and _ separated by "/"',
  );

/** A folder of any game, as engines name it: "Assets/Sprites", or "" for the root. It appears only inside files. */
export const GameFolder = z
  .string()
  .max(400)
  .refine(
    (path) => path === "" || path.split("/").every((part) => /^(?!\.{1,2}$)[^\\:*?"<>|\p{Cc}]+$/u.test(part)),
    'a folder relative to the game, with names separated by "/"',
  );

export const HexColor = z.string().regex(/^#[0-9a-f]{6}$/i, 'a color such as "#1a1c2c"');

/** base64 of a PNG, JPEG, GIF or WebP, with or without a data: prefix. */
export const ImageBase64 = z.string().min(1).max(LIMITS.imageBase64).meta({ contentEncoding: "base64" });

/** The palette that a picture is held to: hex colors, a palette name, or a picture whose colors are used. */
export const InputPalette = z.union(
  [z.array(HexColor).min(1).max(256), z.string().min(1).max(LIMITS.imageBase64)],
  "a list of 1 to 256 hex colors, the name of a palette, or base64 of a picture",
);

export const DITHER_MODES = ["none", "bayer_2x2", "bayer_4x4", "bayer_8x8", "floyd_steinberg"] as const;
/** Clean-up passes by name. They run only on request, because each would harm some true pixel art. */
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

/** Where the output goes in a game project; without it, it stays in the service's library. */
export const OutputTarget = z.strictObject({
  dir: ProjectFolder.default("pixelkiln"),
  name: SafeName.optional(),
  engine: z
    .array(z.enum(ENGINES))
    .max(ENGINES.length)
    .optional()
    .describe(`Engines that get files; ${ASEPRITE_NOTE}`),
  client_folder: GameFolder.optional().describe(
    "Folder in the client's own game: engine files are made for it, and nothing is written to the project",
  ),
});
export type OutputTarget = z.infer<typeof OutputTarget>;

const Size = z.int().min(LIMITS.minSize).max(LIMITS.maxSize);

/** How to deliver the answer: the last fields of every request that becomes a job. */
export const DELIVERY = {
  upscale_output_factor: z
    .int()
    .min(1)
    .max(16)
    .nullable()
    .default(1)
    .describe("Enlarge the result this many times (nearest neighbor); null means 1"),
  output: OutputTarget.optional(),
  strict: z.boolean().default(false).describe("Treat ignored parameters as errors"),
  check_cost: z.boolean().default(false).describe("Validate and estimate only"),
  async: z.boolean().default(false).describe("Return 202 at once, with the job"),
  upload_outputs: z.boolean().default(false).describe("Leave base64_images empty; read output_urls instead"),
} as const;

/** `POST /v1/sprites`. Field names are Retro Diffusion's where it has one. */
export const SpriteRequest = z.strictObject({
  prompt: z
    .string()
    .trim()
    .min(1)
    .max(LIMITS.promptLength)
    .describe("The subject alone; there is no need to say pixel art"),
  negative_prompt: z.string().trim().max(LIMITS.promptLength).default("").describe("What to avoid"),
  prompt_style: z.string().max(64).default("default").describe("A style of GET /v1/styles/selector"),
  model: z.string().max(64).optional().describe("A model of GET /v1/models; default: the embedded one"),
  width: Size.optional().describe("Native width in pixels; default: the style's, usually 32"),
  height: Size.optional().describe("Native height in pixels; default: the style's, not the width"),
  num_images: z.int().min(1).max(LIMITS.maxImages).default(1).describe("Image i uses seed + i"),
  seed: z
    .int()
    .min(0)
    .max(LIMITS.maxSeed)
    .optional()
    .describe("Default: a random one, returned with the answer"),
  steps: z.int().min(1).max(100).optional().describe("Denoising steps; default: the model's"),
  guidance_scale: z
    .number()
    .min(0)
    .max(20)
    .optional()
    .describe("Classifier-free guidance; default: the model's"),
  input_image: ImageBase64.optional().describe("Start from this picture"),
  mask_image: ImageBase64.optional().describe(
    "Redraws input_image where this mask of the same size is white (or painted, if it has no white but transparency), in a box of at most 32x32 pixels, and keeps every other pixel exactly. To extend a picture, put it on a larger canvas and mask the new area",
  ),
  strength: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("How much to change input_image: 0 keeps it; default: 0.75, or 1 with mask_image"),
  exemplars: z
    .enum(EXEMPLAR_CHOICES)
    .optional()
    .describe("Start from the nearest licensed sprite, from CC0 sprites only, or from text alone"),
  variation: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe("How far a named thing leaves the licensed sprite it is made of: 0 keeps its pixels"),
  style_reference: ImageBase64.optional().describe(
    "A sprite, or the id of an earlier asset, whose palette, outline and shading the new one takes",
  ),
  input_palette: InputPalette.optional().describe(
    "A list of hex colors, the name of a palette, or base64 of a picture whose colors are used",
  ),
  return_pre_palette: z
    .boolean()
    .default(false)
    .describe("Also return the picture before the palette is applied"),
  color_count: z.int().min(2).max(64).optional().describe("Maximum number of colors; default: the style's"),
  dither_mode: z.enum(DITHER_MODES).optional(),
  dither_strength: z.number().min(0).max(100).default(50).describe("Strength of the dithering, 0 to 100"),
  remove_bg: z.boolean().optional().describe("Make the background transparent; default: the style's"),
  return_non_bg_removed: z
    .boolean()
    .default(false)
    .describe("Also return the picture before background removal"),
  outline_color: HexColor.optional().describe("Draw an outline of this color around the sprite"),
  despeckle: z.boolean().optional().describe("Remove stray single pixels; default: the style's"),
  tile_x: z.boolean().optional().describe("Seamless from left to right; default: the style's"),
  tile_y: z.boolean().optional().describe("Seamless from top to bottom; default: the style's"),
  view: z.enum(VIEWS).optional(),
  direction: z.enum(DIRECTIONS).optional(),
  outline: z.enum(OUTLINES).optional(),
  shading: z.enum(SHADINGS).optional(),
  detail: z.enum(DETAILS).optional(),
  reference_images: z
    .array(ImageBase64)
    .max(9)
    .optional()
    .describe("Ignored: no installed model takes reference pictures"),
  ...DELIVERY,
});
export type SpriteRequest = z.infer<typeof SpriteRequest>;

/** Fields that sprites, tiles, tilesets and animations share. */
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
