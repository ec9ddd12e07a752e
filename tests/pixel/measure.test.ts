import { describe, expect, test } from "vitest";
import { createImage } from "../../service/pixel/image.ts";
import { measureImages } from "../../service/pixel/measure.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { COLORS, draw, GOBLIN, paint } from "./ascii-image.ts";

const NO_TILE = { tileX: false, tileY: false };
const measure = (...images: ReturnType<typeof draw>[]) => measureImages(images, null, NO_TILE);

describe("measureImages", () => {
  test("finds scale 1 for native sprites, and the factor of enlarged ones", () => {
    const goblin = draw(GOBLIN);
    expect(measure(goblin).grid_scale).toBe(1);
    expect(measure(upscaleNearest(goblin, 6)).grid_scale).toBe(6);
    expect(measure(upscaleNearest(goblin, 6), upscaleNearest(goblin, 4)).grid_scale).toBe(2);
    expect(measure(upscaleNearest(draw(["kr"]), 8)).grid_scale).toBe(8);
  });

  test("does not mistake a one-color image for an enlargement", () => {
    expect(measure(createImage(8, 8)).grid_scale).toBe(1);
    expect(measure(createImage(8, 8), upscaleNearest(draw(["kr", "rk"]), 2)).grid_scale).toBe(2);
  });

  test("notices that a single wrong pixel breaks the grid", () => {
    const image = upscaleNearest(draw(GOBLIN), 2);
    image.data[0] = 1;
    image.data[3] = 255;
    expect(measure(image).grid_scale).toBe(1);
  });

  test("counts partial alpha over all images, and colors in the worst one", () => {
    const soft = draw(["k.", "rg"]);
    soft.data[3] = 100;
    soft.data[11] = 254;
    expect(measure(soft, draw(["kk"]))).toMatchObject({ partial_alpha_pixels: 2, colors: 3 });
  });

  test("counts drawn pixels that are off the palette", () => {
    const image = draw(["kr", ".g"]);
    expect(measureImages([image], [COLORS.k!], NO_TILE).off_palette_pixels).toBe(2);
    expect(
      measureImages([image], [COLORS.k!, COLORS.r!.toUpperCase(), COLORS.g!], NO_TILE).off_palette_pixels,
    ).toBe(0);
    expect(measure(image).off_palette_pixels).toBe(0);
  });

  test("counts images that equal an earlier one", () => {
    const one = draw(["k."]);
    expect(measure(one, draw([".k"]), draw(["k."]), draw(["k."])).duplicate_images).toBe(2);
    expect(measure(draw(["k."]), draw(["k", "."])).duplicate_images).toBe(0);
  });

  test("tells a visible seam from a seamless tile, per axis", () => {
    const wave = paint(16, 16, (x) => Math.round(127 + 120 * Math.sin((x * Math.PI) / 8)));
    const ramp = paint(16, 16, (x) => 16 * x);
    const both = { tileX: true, tileY: true };
    expect(measureImages([wave], null, both).seam_ratio_x).toBeLessThan(1.6);
    // A ramp of 16 a pixel falls back by 240 over the joint: 15 times its step inside.
    expect(measureImages([ramp], null, both)).toMatchObject({ seam_ratio_x: 15, seam_ratio_y: 0 });
    expect(measureImages([wave, ramp], null, both).seam_ratio_x).toBe(15);
    expect(measure(ramp)).toMatchObject({ seam_ratio_x: null, seam_ratio_y: null });
  });

  test("counts a step in alpha as a step", () => {
    const image = draw(["k...", "k...", "k..."]);
    expect(measureImages([image], null, { tileX: true, tileY: false }).seam_ratio_x).toBe(3);
  });
});
