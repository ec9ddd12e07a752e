import { expect, test } from "vitest";
import { measureCharacters } from "../../scripts/eval/characters.ts";
import type { Character } from "../../scripts/eval/draw-characters.ts";
import type { PixelImage } from "../../service/pixel/image.ts";

/** A picture of 2x1 pixels of these gray values. */
const pixels = (...grays: [number, number]): PixelImage => ({
  width: 2,
  height: 1,
  data: Uint8Array.from(grays.flatMap((gray) => [gray, gray, gray, 255])),
});

const walker = (directions: PixelImage[][], loopGap: number): Character => ({
  prompt: "walker",
  directions,
  loopGap,
  largestStep: 0.5,
});

/** A direction in the plane: dark pictures point one way, light ones another. */
const feature = async ({ data }: PixelImage) => Float32Array.from(data[0]! < 128 ? [1, 0] : [0, 1]);

test("views of one walker are compared with each other and with those of another from the same side", async () => {
  const dark = walker([[pixels(10, 20), pixels(10, 30)], [pixels(20, 10)]], 0.5);
  const light = walker([[pixels(200, 210), pixels(200, 210)], [pixels(210, 200)]], 0.6);
  const figures = await measureCharacters([dark, light], feature);
  expect(figures.features).toEqual({ same: 0, other: 1 });
  expect(figures.colors).toEqual({ same: 1, other: 0 });
});

test("a step is the share of drawn pixels that change; a repeated frame and a jump at the end are seen", async () => {
  const walks = walker([[pixels(10, 20), pixels(10, 30)]], 0.5);
  const stands = walker([[pixels(200, 210), pixels(200, 210)]], 0.6);
  const { step, repeated, closed } = await measureCharacters([walks, stands], feature);
  expect(step).toBeCloseTo(0.25);
  expect(repeated).toBe(0.5);
  expect(closed).toBe(0.5);
});
