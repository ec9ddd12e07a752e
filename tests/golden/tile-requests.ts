import { figure, ground, png, swatches } from "./pictures.ts";
import { asset, type GoldenRequest, idOf } from "./request.ts";

const DRAWN = { seed: 5, steps: 4 };
const tile = asset("/v1/tiles", "drawn", DRAWN);
const mended = asset("/v1/tiles", "model_free", { prompt: "moss", repair: true });

const TILES: GoldenRequest[] = [
  tile("tile-plain", { prompt: "stone floor", num_images: 2 }),
  tile("tile-along-x", { prompt: "grass ledge", tile_y: false, width: 32, height: 16, input_palette: "nes" }),
  tile("tile-dithered", {
    prompt: "lava",
    prompt_style: "mc_texture",
    width: 16,
    color_count: 6,
    dither_mode: "bayer_4x4",
  }),
  tile("tile-upscaled", { prompt: "ice", width: 24, upscale_output_factor: 3, exemplars: "off" }),
  tile("tile-from-picture", async () => ({
    prompt: "dry grass",
    input_image: await png(ground("sand", 48)),
    strength: 0.5,
  })),
  tile("tile-beside-pictures", async () => ({
    prompt: "moss",
    match_edges: { right: await png(ground("moss")), bottom: await png(ground("sea")) },
  })),
  tile("tile-beside-tiles", async (made) => {
    const plain = made("tile-plain");
    return {
      prompt: "stone floor",
      match_edges: { left: await idOf(plain), top: (await plain).base64_images[1] },
    };
  }),
  tile("tile-beside-larger", async () => ({
    prompt: "moss",
    width: 48,
    match_edges: { left: await png(ground("moss", 48)) },
  })),
  mended("tile-mended", async () => ({ input_image: await png(ground("moss")) })),
  mended("tile-mended-along-y", async () => ({
    input_image: await png(ground("sand", 24, 40)),
    tile_x: false,
    seam_width: 3,
    upscale_output_factor: 2,
    match_edges: { left: await png(ground("moss", 40)) },
  })),
];

const set = asset("/v1/tilesets", "drawn", {
  ...DRAWN,
  upper_description: "grass",
  lower_description: "water",
});

const SETS: GoldenRequest[] = [
  set("set-wang16", { variants: 2, collision: "lower", input_palette: "pico-8" }),
  set("set-blob47", {
    tileset_type: "blob47",
    upper_description: "snow",
    lower_description: "dirt path",
    steps: 8,
  }),
  set("set-edge16", {
    tileset_type: "edge16",
    upper_description: "cobblestone path",
    lower_description: "grass",
    transition_description: "sand",
    transition_size: 0.6,
    tile_size: 32,
  }),
  set("set-dual-grid", {
    tileset_type: "dual_grid",
    lower_description: undefined,
    tile_size: { width: 16, height: 24 },
    shape_style: "square",
    raggedness: 0,
    exemplars: "cc0",
  }),
  set("set-sidescroller", {
    tileset_type: "sidescroller",
    upper_description: "red rock",
    lower_description: "sky",
    transition_description: "moss",
    variants: 1,
    extrude: 1,
  }),
  set("set-animated", {
    tile_size: 32,
    lower_description: "lava",
    animated: ["lower"],
    animation_frames: 3,
    collision: "upper",
  }),
  set("set-looking-alike", { tile_size: 48, exemplars: "off", upper_description: "stone floor" }),
  set("set-continued", async (made) => ({
    upper_description: "sand",
    lower_description: "grass",
    lower_base_tile_id: await idOf(made("set-wang16"), "wang_15"),
    input_palette: "pico-8",
  })),
  set("set-locked", async (made) => ({
    upper_description: "sand",
    lower_description: "grass",
    seed: 6,
    base_tileset_id: await idOf(made("set-continued")),
    locked: ["wang_3", "wang_15"],
  })),
];

/** Sets whose textures are given: all of it is pixel work. */
const given = asset("/v1/tilesets", "model_free", {
  seed: 5,
  upper_description: "grass",
  lower_description: "water",
});
const textures = async (edge = 16) => ({
  upper_reference_image: await png(ground("moss", edge)),
  lower_reference_image: await png(ground("sea", edge)),
});

const GIVEN_SETS: GoldenRequest[] = [
  given("given-wang16", async () => ({ ...(await textures()), collision: "lower", variants: 1 })),
  given("given-retro-in-words-of-others", async () => ({
    upper_description: undefined,
    lower_description: undefined,
    prompt_style: "rd_tile__tileset",
    prompt: "grass",
    extra_prompt: "water",
    input_image: await png(ground("moss", 32)),
    extra_input_image: await png(ground("sea", 32)),
    width: 16,
    height: 16,
    tileset_adherence: 100,
    variant_probability: 0.1,
    upper_name: "meadow",
    lower_name: "sea",
    extrude: 2,
  })),
  given("given-index", async () => ({
    ...(await textures(40)),
    layout: "index",
    shape_style: "square",
    tile_size: { width: 24, height: 16 },
    collision: "upper",
  })),
  given("given-edge16", async () => ({
    ...(await textures()),
    tileset_type: "edge16",
    layout: "index",
    raggedness: 0.8,
    color_count: 10,
  })),
  given("given-blob47", async () => ({
    ...(await textures(32)),
    tileset_type: "blob47",
    tile_size: 32,
    collision: "lower",
    animated: ["lower"],
    animation_frames: 2,
    animation_frame_ms: 150,
    input_palette: ["#1b1b2f", "#3e8948", "#63c74d", "#5a9bd5", "#0095e9", "#f2f2e9"],
  })),
  given("given-dual-grid", async () => ({
    ...(await textures(64)),
    tileset_type: "dual_grid",
    tile_size: 48,
    animated: ["lower", "upper"],
    animation_frames: 2,
    transition_description: "sand",
    transition_reference_image: await png(ground("sand", 64)),
    dither_mode: "bayer_4x4",
  })),
  given("given-large", async () => ({ ...(await textures(32)), tile_size: 64, variants: 4 })),
  given("given-sidescroller", async () => ({
    upper_reference_image: await png(ground("sand", 16)),
    lower_description: undefined,
    tileset_type: "sidescroller",
    collision: "upper",
    input_palette: await png(swatches()),
  })),
  given("given-continued", async (made) => ({
    upper_description: "sand",
    lower_description: "grass",
    upper_reference_image: await png(ground("sand", 16)),
    lower_base_tile_id: await idOf(made("given-wang16"), "wang_15"),
    base_tileset_id: await idOf(made("given-wang16")),
    locked: ["wang_5", "wang_0_v1"],
    variants: 1,
  })),
  given("given-unlike", async () => ({
    upper_reference_image: await png(ground("moss", 24)),
    lower_reference_image: await png(figure(24, 24)),
    tile_size: 24,
    seed: 9,
  })),
];

export const TILE_REQUESTS = [...TILES, ...SETS, ...GIVEN_SETS];
