import { CHOICES } from "./choices.ts";
import { choice, type Field, flag, many, number, onOff, text } from "./field.ts";

/** What the studio can make; each has a route of its own. */
export const KINDS = ["sprite", "tile", "tileset", "animation", "pixelate"] as const;
export type Kind = (typeof KINDS)[number];

/** Parts of the form, in the order in which they are shown. */
export const GROUPS = ["subject", "shape", "color", "advanced"] as const;
export type FieldGroup = (typeof GROUPS)[number];

const PROMPT = text("prompt", "Prompt", { lines: 3, required: true });
const SIZE = [
  number("width", "Width", { min: 8, max: 128 }),
  number("height", "Height", { min: 8, max: 128 }),
];
const COUNT = number("num_images", "Images", { min: 1, max: 16, placeholder: "1" });
const COLORS = [
  number("color_count", "Most colors", { min: 2, max: 64, placeholder: "style" }),
  choice("dither_mode", "Dither", CHOICES.dither_mode),
];
const DITHER_STRENGTH = number("dither_strength", "Dither strength", { min: 0, max: 100, placeholder: "50" });
const ENLARGE = number("upscale_output_factor", "Enlarge", {
  min: 1,
  max: 16,
  placeholder: "1",
  help: "In the file, nearest neighbor",
});
const NEGATIVE = text("negative_prompt", "Not in it", { placeholder: "what the picture should not be" });
const DRAWING = [
  number("steps", "Steps", { min: 1, max: 100, placeholder: "model" }),
  number("guidance_scale", "Guidance", { min: 0, max: 20, step: 0.1, placeholder: "model" }),
  choice(
    "exemplars",
    "Exemplars",
    CHOICES.exemplars,
    "Start from the nearest licensed sprite, CC0 only, or text alone",
  ),
  DITHER_STRENGTH,
  ENLARGE,
];
const OUTLINE_COLOR: Field = { input: "color", name: "outline_color", label: "Outline color" };

/**
 * The form of each kind as data. The style, the palette, the seed and pictures have controls of their own and are
 * not in it.
 */
export const FORMS: Readonly<Record<Kind, Readonly<Record<FieldGroup, readonly Field[]>>>> = {
  sprite: {
    subject: [PROMPT],
    shape: [...SIZE, COUNT],
    color: COLORS,
    advanced: [
      NEGATIVE,
      ...DRAWING,
      OUTLINE_COLOR,
      choice("outline", "Outline", CHOICES.outline),
      choice("shading", "Shading", CHOICES.shading),
      choice("detail", "Detail", CHOICES.detail),
      choice("view", "View", CHOICES.view),
      choice("direction", "Faces", CHOICES.direction),
      onOff("remove_bg", "No background"),
      onOff("despeckle", "Remove specks"),
      onOff("tile_x", "Seamless in x"),
      onOff("tile_y", "Seamless in y"),
    ],
  },
  tile: {
    subject: [PROMPT],
    shape: [
      ...SIZE,
      COUNT,
      flag("tile_x", "Seamless left to right", true),
      flag("tile_y", "Seamless top to bottom", true),
    ],
    color: COLORS,
    advanced: [
      NEGATIVE,
      ...DRAWING,
      flag("repair", "Only mend the seams of the picture", false),
      number("seam_width", "Seam width", { min: 1, max: 16, help: "With mending: pixels on each side" }),
    ],
  },
  tileset: {
    subject: [
      text("upper_description", "Upper terrain", { placeholder: "grass", required: true }),
      text("lower_description", "Lower terrain", { placeholder: "water" }),
      text("transition_description", "Between them", { placeholder: "sand; empty: a drawn edge" }),
    ],
    shape: [
      choice("tileset_type", "Type", CHOICES.tileset_type),
      number("tile_size", "Tile size", { min: 8, max: 64, placeholder: "16" }),
      choice("shape_style", "Border", CHOICES.shape_style),
      number("transition_size", "Border width", { min: 0, max: 1, step: 0.05, placeholder: "0.25" }),
      number("raggedness", "Raggedness", { min: 0, max: 1, step: 0.05, placeholder: "0.3" }),
      number("variants", "Variants", { min: 0, max: 4, placeholder: "0" }),
    ],
    color: COLORS,
    advanced: [
      choice("layout", "Layout", CHOICES.layout),
      choice("collision", "Collision", CHOICES.collision),
      number("extrude", "Extrude", {
        min: 0,
        max: 2,
        placeholder: "0",
        help: "Edge pixels against bleeding",
      }),
      many("animated", "Moving terrain", ["lower", "upper"]),
      number("animation_frames", "Its frames", { min: 2, max: 8, placeholder: "4" }),
      number("animation_frame_ms", "Frame time, ms", { min: 20, max: 2000, placeholder: "200" }),
      ...DRAWING,
    ],
  },
  animation: {
    subject: [
      PROMPT,
      choice("action", "Action", CHOICES.action),
      {
        input: "choice",
        name: "directions",
        label: "Directions",
        numbers: true,
        choices: ["1", "4", "8"].map((value) => ({ value, label: value })),
      },
    ],
    shape: [
      ...SIZE,
      number("frames_duration", "Frames", { min: 1, max: 32, placeholder: "8" }),
      number("fps", "Per second", { min: 1, max: 60, step: 0.5, placeholder: "8" }),
    ],
    color: COLORS,
    advanced: [
      NEGATIVE,
      text("action_description", "Custom action", { placeholder: "sway, hover" }),
      choice("loop", "Loop", ["true", "false", "pingpong"]),
      choice("motion", "Moved by", CHOICES.motion),
      choice("anchor", "Stands on", ["feet", "center"]),
      choice("mirror", "Mirror west", ["auto", "never"]),
      choice("sheet_layout", "Sheet", CHOICES.sheet_layout),
      ...DRAWING,
      OUTLINE_COLOR,
    ],
  },
  pixelate: {
    subject: [],
    shape: [
      number("pixel_size", "Pixel size", {
        min: 1,
        max: 256,
        step: 0.01,
        word: "auto",
        placeholder: "auto",
        help: "Edge of one art pixel",
      }),
      number("width", "Width", { min: 1, max: 4096, placeholder: "found" }),
      number("height", "Height", { min: 1, max: 4096, placeholder: "found" }),
      flag("remove_bg", "Remove the background", false),
    ],
    color: [
      number("color_count", "Most colors", { min: 1, max: 256, word: "auto", placeholder: "auto" }),
      choice("dither_mode", "Dither", CHOICES.dither_mode),
    ],
    advanced: [
      many("cleanup", "Clean-up", CHOICES.cleanup),
      number("columns", "Sheet columns", { min: 1, max: 256 }),
      number("rows", "Sheet rows", { min: 1, max: 256 }),
      DITHER_STRENGTH,
      ENLARGE,
    ],
  },
};

/** All fields of a kind. */
export function fieldsOf(kind: Kind): Field[] {
  return GROUPS.flatMap((group) => [...FORMS[kind][group]]);
}
