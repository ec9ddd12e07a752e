import { expect, test } from "vitest";
import { halve } from "../../service/pixel/halve.ts";
import { equalImages } from "../../service/pixel/image.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { nativePicture } from "./pixelate/fake-pixel-art.ts";

test("a doubled picture comes back as it was, clear pixels included", () => {
  const picture = nativePicture(24, 16, { clear: true });
  expect(equalImages(halve(upscaleNearest(picture, 2)), picture)).toBe(true);
});

test("each pixel is the mean of four, in which clear ones do not darken the color", () => {
  const data = new Uint8Array([
    ...[200, 100, 0, 255],
    ...[0, 0, 0, 0],
    ...[100, 50, 0, 255],
    ...[0, 0, 0, 0],
  ]);
  expect([...halve({ width: 2, height: 2, data }).data]).toEqual([150, 75, 0, 127]);
});
