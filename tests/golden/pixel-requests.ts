import {
  enlarged,
  fakePixelArt,
  figure,
  gif,
  ground,
  onGround,
  type Picture,
  png,
  sideBySide,
  swatches,
} from "./pictures.ts";
import { asset, type Fields, type GoldenRequest, tool } from "./request.ts";

const pixelate = asset("/v1/pixelate", "model_free");
const of = async (picture: Picture, fields: Record<string, unknown> = {}) => ({
  input_image: await png(picture),
  ...fields,
});

/** A knight on plain ground as an image model would paint it. */
const painted = (step = 0): Picture => fakePixelArt(onGround(figure(32, 32, step)));
const walk = [0, 2, 0, 3].map((step) => figure(32, 32, step));
const DURATIONS = [100, 250, 40, 120];

const STILLS: GoldenRequest[] = [
  pixelate("pixelate-painted", () => of(painted())),
  pixelate("pixelate-uneven", () => of(fakePixelArt(ground("sand", 28, 20), { tenths: 96, noise: 12 }))),
  pixelate("pixelate-enlarged", () => of(enlarged(figure(), 6), { upscale_output_factor: 2 })),
  pixelate("pixelate-native", () => of(figure())),
  pixelate("pixelate-cleared", () =>
    of(painted(), { remove_bg: true, cleanup: ["orphans", "jaggies", "halftones"], input_palette: "pico-8" }),
  ),
  pixelate("pixelate-dithered", () =>
    of(painted(), { color_count: 4, dither_mode: "floyd_steinberg", dither_strength: 70, pixel_size: 7.3 }),
  ),
  pixelate("pixelate-sized", async () =>
    of(painted(), {
      width: 24,
      height: 20,
      input_palette: await png(swatches()),
      dither_mode: "bayer_4x4",
      seed: 3,
    }),
  ),
  pixelate("pixelate-by-width", () =>
    of(painted(), { width: 40, input_palette: ["#101010", "#40c040", "#f0f0f0"] }),
  ),
];

const FRAMES: GoldenRequest[] = [
  pixelate("pixelate-gif", {
    input_image: gif(
      walk.map((frame) => enlarged(frame, 4)),
      DURATIONS,
    ),
  }),
  pixelate("pixelate-gif-sheet", {
    input_image: gif(
      walk.map((frame) => fakePixelArt(onGround(frame), { tenths: 50, noise: 0 })),
      DURATIONS,
    ),
    color_count: 6,
    columns: 2,
    return_spritesheet: true,
  }),
  pixelate("pixelate-sheet", () => of(enlarged(sideBySide(walk), 3), { columns: 4 })),
  pixelate("pixelate-sheet-of-cells", () =>
    of(fakePixelArt(onGround(sideBySide(walk)), { tenths: 60 }), {
      frame_width: 192,
      rows: 1,
      remove_bg: true,
      output: undefined,
    }),
  ),
];

const edit = (id: string, fields: Fields, name = id): GoldenRequest =>
  tool(`edit-${name}`, `/v1/edit/tools/${id}`, fields);
const moving = (fields: Record<string, unknown>) => ({ input_image: gif(walk, DURATIONS), ...fields });

/** Each tool under its id, so that a test can tell when one has no row. */
const EDITS: GoldenRequest[] = [
  edit("color_reducer", () =>
    of(painted(), { color_count: 5, dither_mode: "bayer_2x2", dither_strength: 4 }),
  ),
  edit("color_reducer", moving({ colorCount: 3, custom_id: "three" }), "color_reducer-gif"),
  edit("palette_converter", () => of(painted(), { input_palette: "game-boy", dither_mode: "bayer_8x8" })),
  edit("palette_converter", moving({ input_palette: ["#000000", "#ff0000"] }), "palette_converter-gif"),
  edit("k_centroid_downscale", () => of(painted(), { width: 33, height: 21 })),
  edit("k_centroid_downscale", moving({ width: 16, height: 16 }), "k_centroid_downscale-gif"),
  edit("pixel_correction", () => of(painted())),
  edit("pixel_correction", moving({}), "pixel_correction-gif"),
  edit("background_remover", () => of(painted(), { transparency_threshold: 200 })),
  edit("background_remover", () => of(painted(), { force_solid_pixels: false }), "background_remover-soft"),
  edit("rotate", () => of(figure(20, 32))),
  edit("rotate", () => of(figure(), { rotationDegrees: 33.5 }), "rotate-odd"),
  edit("seam_tiling", () => of(ground("moss", 40, 28), { tile_x: true, tile_y: true, seed: 3 })),
  edit("seam_tiling", () => of(ground("sea"), { tile_y: true, seam_width: 5 }), "seam_tiling-along-y"),
  tool("pixel-fixer", "/v1/pixel-fixer/standard", () => of(painted(2), { image_url: "nowhere" })),
];

export const PIXEL_REQUESTS = [...STILLS, ...FRAMES, ...EDITS];
