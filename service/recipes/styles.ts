import type { StyleInfo } from "../../shared/answers.ts";
import { LIMITS, type SpriteRequest } from "../../shared/requests.ts";
import type { PictureKind } from "../generators/generator.ts";

type Direction = NonNullable<SpriteRequest["direction"]>;

/** Several pictures on one image: cells of about `cell` pixels, all of one subject. */
export interface StyleSheet {
  cell: number;
  /** One cell a direction, all with one seed: needs a model that can turn its subject. Null = other seeds. */
  directions: readonly Direction[] | null;
}

/** A named bundle of words, sizes and passes. A style is one record of the table below and nothing else. */
export interface Style {
  id: string;
  title: string;
  description: string;
  /** Other names that mean this style; Retro Diffusion's prefixes ("rd_fast__") are cut off before. */
  aliases?: readonly string[];
  /** `{prompt}` and the few words around it that the model was trained on. */
  promptTemplate: string;
  kind: PictureKind;
  width: number;
  height: number;
  /** Smallest and largest edge in pixels. */
  minSize: number;
  maxSize: number;
  colorCount: number;
  /** Name of a palette the style is held to when the request has none. */
  palette?: string;
  dither?: SpriteRequest["dither_mode"];
  /** Whether the background is transparent when the request does not say. */
  removeBackground: boolean;
  despeckle: boolean;
  /** How strongly the drawing is put into flat areas (the scale of flatten): 0 keeps every pixel of the model. */
  flatten: number;
  outlineColor?: string;
  tileX?: boolean;
  tileY?: boolean;
  /** Free pixels around the drawing. */
  margin: number;
  anchor: "center" | "bottom";
  sheet?: StyleSheet;
  example: string;
}

const SPRITE = {
  promptTemplate: "{prompt}",
  kind: "sprite",
  width: 32,
  height: 32,
  minSize: LIMITS.minSize,
  maxSize: LIMITS.maxSize,
  colorCount: 16,
  removeBackground: true,
  despeckle: true,
  flatten: 0.1,
  margin: 1,
  anchor: "center",
} as const;

const TILE = {
  kind: "tile",
  removeBackground: false,
  despeckle: false,
  flatten: 0.2,
  tileX: true,
  tileY: true,
  margin: 0,
} as const;

/** Every style, in the order a form shows them; the first is the default. */
export const STYLES: readonly [Style, ...Style[]] = Object.freeze<[Style, ...Style[]]>([
  {
    ...SPRITE,
    id: "default",
    title: "Default",
    description: "A sprite of one thing on a transparent background, 16 colors",
    aliases: ["no_style", "classic", "low_res", "fantasy", "platformer", "cartoon"],
    example: "red dragon",
  },
  {
    ...SPRITE,
    id: "retro",
    title: "Retro",
    description: "8 colors of the Endesga 32 palette, as on an early console",
    colorCount: 8,
    palette: "endesga-32",
    example: "green orc with an axe",
  },
  {
    ...SPRITE,
    id: "simple",
    title: "Simple",
    description: "6 flat colors, stray pixels removed",
    colorCount: 6,
    example: "blue potion",
  },
  {
    ...SPRITE,
    id: "detailed",
    title: "Detailed",
    description: "Up to 32 colors, every pixel of the model kept",
    aliases: ["painterly", "textured", "watercolor"],
    colorCount: 32,
    despeckle: false,
    flatten: 0,
    example: "golden armour",
  },
  {
    ...SPRITE,
    id: "anime",
    title: "Anime",
    description: "A character with a dark outline and 12 clear colors",
    kind: "character",
    colorCount: 12,
    outlineColor: "#1a1c2c",
    anchor: "bottom",
    example: "blue wizard",
  },
  {
    ...SPRITE,
    id: "game_asset",
    title: "Game asset",
    description: "A thing standing on the ground: its lowest pixel is on the lowest row it may use",
    aliases: ["topdown_asset", "isometric_asset", "topdown_item"],
    anchor: "bottom",
    example: "wooden chair",
  },
  {
    ...SPRITE,
    id: "portrait",
    title: "Portrait",
    description: "Head and shoulders of a person",
    promptTemplate: "portrait of {prompt}",
    kind: "portrait",
    colorCount: 24,
    despeckle: false,
    flatten: 0.1,
    anchor: "bottom",
    example: "a man with red hair and a beard",
  },
  {
    ...SPRITE,
    ...TILE,
    id: "texture",
    title: "Texture",
    description: "A seamless surface that fills its square",
    aliases: ["single_tile"],
    example: "mossy stone floor",
  },
  {
    ...SPRITE,
    id: "ui",
    title: "Interface",
    description: "A button, panel, window, bar, slot, cursor or checkbox, drawn by rules, or an icon",
    aliases: ["ui_element", "skill_icon"],
    promptTemplate: "{prompt} icon",
    kind: "icon",
    example: "fire ball spell",
  },
  {
    ...SPRITE,
    id: "vfx",
    title: "Effect",
    description:
      "An effect at its height, such as an explosion or a slash, drawn by rules; effect makes all its frames",
    minSize: 16,
    margin: 0,
    example: "blue explosion",
  },
  {
    ...SPRITE,
    id: "item_sheet",
    title: "Item sheet",
    description: "Several takes on one thing on a grid: 4 of 32x32 at 64x64, 16 at 128x128",
    aliases: ["inventory_items"],
    width: 64,
    height: 64,
    minSize: 32,
    sheet: { cell: 32, directions: null },
    example: "potion",
  },
  {
    ...SPRITE,
    id: "character_turnaround",
    title: "Character turnaround",
    description: "One character from four sides; with a model that cannot turn it, the front alone",
    kind: "character",
    minSize: 16,
    anchor: "bottom",
    sheet: { cell: 32, directions: ["south", "east", "north", "west"] },
    example: "knight with a sword",
  },
  {
    ...SPRITE,
    id: "1_bit",
    title: "1-bit",
    description: "Black and white, nothing between; dither_mode makes gray",
    colorCount: 2,
    palette: "1-bit",
    example: "skeleton",
  },
  {
    ...SPRITE,
    ...TILE,
    id: "mc_texture",
    title: "Block texture",
    description: "A seamless 16x16 texture for a block",
    aliases: ["tile_variation"],
    width: 16,
    height: 16,
    maxSize: 64,
    colorCount: 12,
    example: "stone floor",
  },
  {
    ...SPRITE,
    id: "mc_item",
    title: "Block-game item",
    description: "A 16x16 item that fills its square",
    width: 16,
    height: 16,
    maxSize: 64,
    colorCount: 12,
    margin: 0,
    example: "golden apple",
  },
]);

/** Finds a style by its id, an alias, or either with one of Retro Diffusion's prefixes; null if there is none. */
export function findStyle(name: string): Style | null {
  const id = name.replace(/^rd_[a-z]+__/, "");
  return STYLES.find((style) => style.id === id || style.aliases?.includes(id)) ?? null;
}

/** Lists the styles as `GET /v1/styles/selector` answers them. */
export function styleInfos(): StyleInfo[] {
  return STYLES.map((style) => ({
    prompt_style: style.id,
    name: style.title,
    description: style.description,
    min_width: style.minSize,
    max_width: style.maxSize,
    min_height: style.minSize,
    max_height: style.maxSize,
    default_width: style.width,
    default_height: style.height,
    max_number_of_images: LIMITS.maxImages,
    require_input_image: false,
    supports_reference_images: false,
    default_color_count: style.colorCount,
    remove_bg: style.removeBackground,
    example_prompt: style.example,
  }));
}
