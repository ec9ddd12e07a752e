import { expect, test } from "vitest";
import { checksInWords } from "../../plugins/studio/pure/checks-in-words.ts";
import { gridFit } from "../../plugins/studio/pure/grid-fit.ts";
import { fitScale, wholeScale } from "../../plugins/studio/pure/integer-scale.ts";
import { cut, type Pixels, shrink } from "../../plugins/studio/pure/pixels.ts";
import { seamHeat } from "../../plugins/studio/pure/seam-heat.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { measureImages } from "../../service/pixel/measure.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import type { Checks } from "../../shared/asset.ts";

/** A gray picture out of one digit a pixel: 0 is black, 9 nearly white. */
function grayOf(...lines: string[]): Pixels {
  const marks = [...lines.join("")];
  const data = new Uint8ClampedArray(marks.flatMap((mark) => [...Array(3).fill(Number(mark) * 28), 255]));
  return { width: lines[0]?.length ?? 0, height: lines.length, data };
}

/** The same pixels as the service's own code has them. */
const asImage = ({ width, height, data }: Pixels): PixelImage => ({
  width,
  height,
  data: new Uint8Array(data),
});

const CHECKS: Checks = {
  grid_scale: 1,
  partial_alpha_pixels: 0,
  colors: 12,
  off_palette_pixels: 0,
  duplicate_images: 0,
  seam_ratio_x: null,
  seam_ratio_y: null,
};

test("the seam ratios are those that the service measures", () => {
  const tile = grayOf("1253", "4427", "3149", "2281");
  const { seam_ratio_x, seam_ratio_y } = measureImages([asImage(tile)], null, { tileX: true, tileY: true });
  const heat = seamHeat(tile);
  expect(heat.ratioX).toBeCloseTo(seam_ratio_x ?? -1, 3);
  expect(heat.ratioY).toBeCloseTo(seam_ratio_y ?? -1, 3);
});

test("a joint is hot where it steps harder than the picture inside, and only there", () => {
  const { right, bottom } = seamHeat(grayOf("1219", "1211", "1211", "1211"));
  expect(right[0]).toBe(1);
  expect(right.slice(1)).toEqual([0, 0, 0]);
  expect(bottom[3]).toBeGreaterThan(0.5);
  expect(bottom.slice(0, 3)).toEqual([0, 0, 0]);
});

test("a picture of one color has cold joints, whatever lies inside of clear pixels", () => {
  expect(seamHeat(grayOf("33", "33"))).toMatchObject({ right: [0, 0], bottom: [0, 0], ratioX: 0, ratioY: 0 });
});

test("shrinking undoes an enlargement exactly", () => {
  const tile = grayOf("125", "442");
  const { width, height, data } = upscaleNearest(asImage(tile), 3);
  expect(shrink({ width, height, data: new Uint8ClampedArray(data) }, 3)).toEqual(tile);
});

test("a frame is cut out of its sheet", () => {
  expect(cut(grayOf("0123", "4567"), { x: 1, y: 1, width: 2, height: 1 })).toEqual(grayOf("56"));
});

test("an art pixel is a whole number of device pixels on any screen", () => {
  expect(wholeScale(4, 1)).toEqual({ device: 4, css: 4 });
  expect(wholeScale(3, 1.5)).toEqual({ device: 5, css: 5 / 1.5 });
  expect(wholeScale(0.1, 1).device).toBe(1);
});

test("a picture is shown at the largest whole scale that fits, and never below 1", () => {
  expect(fitScale({ width: 32, height: 16 }, { width: 200, height: 100 })).toBe(6);
  expect(fitScale({ width: 500, height: 500 }, { width: 100, height: 100 })).toBe(1);
  expect(fitScale({ width: 1, height: 1 }, { width: 900, height: 900 }, 12)).toBe(12);
});

test("several pictures are laid out so that they are shown largest", () => {
  const picture = { width: 32, height: 32 };
  expect(gridFit(4, picture, { width: 1200, height: 300 }).columns).toBe(4);
  expect(gridFit(4, picture, { width: 800, height: 800 }).columns).toBe(2);
  expect(gridFit(1, picture, { width: 0, height: 0 })).toEqual({ columns: 1, scale: 1 });
});

test("checks say in words what is good, what is not, and leave out what was not asked", () => {
  const words = (checks: Partial<Checks>, locked = false): Record<string, boolean | null> =>
    Object.fromEntries(
      checksInWords({ ...CHECKS, ...checks }, locked).map(({ label, good }) => [label, good]),
    );
  expect(words({})).toEqual({ "Pixel grid": true, "Half transparent": true, Colors: null });
  expect(words({ partial_alpha_pixels: 3, off_palette_pixels: 2 }, true)).toMatchObject({
    "Half transparent": false,
    "Off palette": false,
  });
  expect(words({ seam_ratio_x: 0.7, seam_ratio_y: 1.9 })).toMatchObject({
    "Seam left to right": true,
    "Seam top to bottom": false,
  });
  expect(words({ combinations_present: 15, combinations_expected: 16 })).toMatchObject({
    Combinations: false,
  });
  expect(words({ anchor_drift_px: 0, loop_gap: 0.5, largest_step: 0.1 })).toMatchObject({
    "Anchor drift": true,
    "Loop gap": false,
  });
});
