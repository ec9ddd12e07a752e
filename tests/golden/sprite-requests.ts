import { figure, ground, mask, onGround, png, sideBySide, swatches } from "./pictures.ts";
import { asset } from "./request.ts";

/** Few steps: what is held here is how a drawing comes about, not how good it is. The first row takes the model's own. */
const sprite = asset("/v1/sprites", "drawn", { seed: 7, steps: 4 });
const GEM = { prompt: "red gem", color_count: 8 };

/** Each style by its id, so that a test can tell when one has no row. */
const STYLES = [
  sprite("style-default", { prompt: "red dragon", steps: 20 }),
  sprite("style-retro", { prompt_style: "retro", prompt: "green orc with an axe", dither_mode: "bayer_8x8" }),
  sprite("style-simple", { prompt_style: "simple", prompt: "blue potion" }),
  sprite("style-detailed", { prompt_style: "detailed", prompt: "golden armour" }),
  sprite("style-anime", { prompt_style: "anime", prompt: "blue wizard" }),
  sprite("style-game_asset", { prompt_style: "game_asset", prompt: "wooden chair" }),
  sprite("style-portrait", { prompt_style: "portrait", prompt: "a man with red hair and a beard" }),
  sprite("style-texture", { prompt_style: "texture", prompt: "mossy stone floor" }),
  sprite("style-ui", {
    prompt_style: "ui",
    prompt: "fire ball spell",
    outline: "single color black outline",
  }),
  asset("/v1/sprites", "model_free", { seed: 7 })("style-vfx", {
    prompt_style: "vfx",
    prompt: "blue explosion",
  }),
  sprite("style-item_sheet", { prompt_style: "item_sheet", prompt: "potion" }),
  sprite("style-character_turnaround", {
    prompt_style: "character_turnaround",
    prompt: "knight with a sword",
    width: 64,
    height: 32,
  }),
  sprite("style-1_bit", { prompt_style: "1_bit", prompt: "skeleton", dither_mode: "bayer_2x2" }),
  sprite("style-mc_texture", { prompt_style: "mc_texture", prompt: "stone floor" }),
  sprite("style-mc_item", { prompt_style: "mc_item", prompt: "golden apple" }),
];

const SIZES = [
  sprite("size-enlarged", { prompt: "iron shield", width: 64, height: 64 }),
  sprite("size-cropped", { prompt: "old book", width: 24, height: 20, upscale_output_factor: 4 }),
  sprite("size-padded", { prompt: "old book", width: 40, height: 44 }),
  sprite("size-largest", { prompt: "green slime", width: 128, height: 96, num_images: 2 }),
  sprite("size-sheet-of-small-cells", {
    prompt_style: "item_sheet",
    prompt: "blue ring",
    width: 48,
    height: 32,
  }),
  sprite("size-sampled-surface", {
    prompt_style: "texture",
    prompt: "grass",
    width: 48,
    height: 40,
    tile_x: false,
    exemplars: "off",
  }),
  sprite("size-enlarged-surface", {
    prompt_style: "texture",
    prompt: "flower meadow",
    width: 64,
    height: 64,
    remove_bg: true,
  }),
];

const COLORS = [
  sprite("palette-by-name", {
    prompt: "purple mushroom",
    input_palette: "pico-8",
    dither_mode: "floyd_steinberg",
  }),
  sprite("palette-by-hex", {
    prompt: "pink pig",
    input_palette: ["#101010", "#40c040", "#F0F0F0", "#c04040", "#8060c0"],
    color_count: 3,
    outline_color: "#ff8800",
  }),
  sprite("palette-by-picture", async () => ({
    prompt: "wooden barrel",
    input_palette: await png(swatches()),
    return_pre_palette: true,
    return_non_bg_removed: true,
  })),
  sprite("colors-dithered", {
    prompt: "silver sword",
    prompt_style: "detailed",
    color_count: 5,
    dither_mode: "bayer_4x4",
    dither_strength: 80,
  }),
  sprite("outline-without-line", {
    prompt: "black cat",
    prompt_style: "anime",
    outline: "lineless",
    shading: "flat shading",
    view: "side",
  }),
];

const STARTS = [
  sprite("start-kept", async () => ({
    prompt: "knight in blue",
    input_image: await png(figure()),
    strength: 0.3,
  })),
  sprite("start-on-ground", async () => ({
    prompt: "robot",
    input_image: await png(onGround(figure(48, 48))),
    exemplars: "off",
  })),
  sprite("start-of-surface", async () => ({
    prompt: "mossy stones",
    prompt_style: "texture",
    input_image: await png(ground("moss", 40, 24)),
    strength: 0.6,
  })),
  sprite("repaint", async () => ({
    ...GEM,
    color_count: undefined,
    input_image: await png(figure()),
    mask_image: await png(mask(32, 32, [8, 12, 24, 24])),
    num_images: 2,
  })),
  sprite("repaint-own-colors", async () => ({
    ...GEM,
    input_image: await png(sideBySide([figure(24, 24), figure(24, 24, 2)])),
    mask_image: await png(mask(48, 24, [24, 4, 42, 20])),
    outline: "lineless",
  })),
  sprite("repaint-with-strength", async () => ({
    prompt: "red cloak",
    prompt_style: "retro",
    input_image: await png(figure(20, 28)),
    mask_image: await png(mask(20, 28, [2, 10, 18, 26])),
    strength: 0.5,
  })),
  sprite("repaint-of-surface", async () => ({
    prompt: "flowers",
    prompt_style: "texture",
    input_image: await png(ground("moss")),
    mask_image: await png(mask(32, 32, [0, 8, 32, 20])),
  })),
];

const REST = [
  sprite("exemplars-off", { prompt: "teal crystal", exemplars: "off", color_count: 64, despeckle: false }),
  sprite("exemplars-cc0", { prompt: "apple", exemplars: "cc0" }),
  sprite("exemplars-auto", { prompt: "treasure chest", exemplars: "auto", seed: 0xffff_fffe, num_images: 3 }),
  sprite("negative-prompt", {
    prompt: "tree",
    negative_prompt: "red, autumn",
    guidance_scale: 6,
    exemplars: "off",
  }),
  sprite("joins-along-x-alone", { prompt: "brick wall", tile_x: true }),
  sprite("words-of-others", {
    prompt: undefined,
    description: "blue potion",
    prompt_style: "rd_fast__low_res",
    image_size: { width: 32, height: 24 },
    no_background: true,
    dithering: true,
    text_guidance_scale: 8,
    isometric: true,
    upload_outputs: true,
    output: { dir: "art", client_folder: "Assets/My Sprites", name: "words-of-others", engine: ["godot"] },
  }),
  sprite("without-output", { prompt: "A Very Odd, Ünusual  key!", output: undefined }),
];

export const SPRITE_REQUESTS = [...STYLES, ...SIZES, ...COLORS, ...STARTS, ...REST];

/** The request whose files say whether the arithmetic of a machine is that of the table. */
export const PROBE = sprite("probe", { prompt: "old wooden door", exemplars: "off", steps: 8, seed: 3 });
