import { expect, test } from "vitest";
import type { Composition } from "../../service/pixel/composition.ts";
import { countColors } from "../../service/pixel/count-colors.ts";
import { finishImage } from "../../service/pixel/finish-image.ts";
import { fitIntoBox } from "../../service/pixel/fit-into-box.ts";
import { createImage, drawnBounds, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import type { PassStep } from "../../service/pixel/passes.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { sampleCells } from "../../service/pixel/sample-cells.ts";

const SINGLE: Composition = {
  width: 8,
  height: 8,
  enlarge: 1,
  fit: "exact",
  anchor: "center",
  columns: 1,
  rows: 1,
  wrapX: false,
  wrapY: false,
};

function noise(width: number, height: number, seed = 1): PixelImage {
  const random = seededRandom(seed);
  const image = createImage(width, height);
  for (let i = 0; i < image.data.length; i++) image.data[i] = i % 4 === 3 ? 255 : Math.floor(256 * random());
  return image;
}

/** A smooth surface whose edges join on both axes. */
function torus(size: number): PixelImage {
  const image = createImage(size, size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const wave = Math.sin((2 * Math.PI * x) / size) + Math.cos((2 * Math.PI * y) / size);
      image.data.set([Math.round(128 + 60 * wave), 90, 60, 255], 4 * (y * size + x));
    }
  }
  return image;
}

test("a picture of the requested size only goes through the passes, and is not modified", () => {
  const picture = noise(8, 8);
  const before = picture.data.slice();
  const { image } = finishImage([picture], SINGLE, [{ pass: "binarize-alpha", threshold: 128 }]);
  expect(equalImages(image, picture)).toBe(true);
  finishImage([picture], SINGLE, [
    { pass: "limit-colors", colorCount: 3, dither: "none", ditherStrength: 0 },
  ]);
  expect(picture.data).toEqual(before);
});

test("the pictures of a sheet are in reading order and share their colors", () => {
  const pictures = [1, 2, 3, 4].map((seed) => noise(8, 8, seed));
  const sheet = { ...SINGLE, width: 16, height: 16, columns: 2, rows: 2 };
  const limit: PassStep = { pass: "limit-colors", colorCount: 5, dither: "none", ditherStrength: 0 };
  const { image } = finishImage(pictures, sheet, [limit]);
  expect(countColors(image).size).toBeLessThanOrEqual(5);
  const plain = finishImage(pictures, sheet, []).image;
  expect(plain.data.slice(4 * 8, 4 * 16)).toEqual(pictures[1]!.data.slice(0, 4 * 8));
  expect(plain.data.slice(4 * 16 * 8, 4 * (16 * 8 + 8))).toEqual(pictures[2]!.data.slice(0, 4 * 8));
});

test("a wrong number of pictures is rejected", () => {
  expect(() => finishImage([noise(8, 8)], { ...SINGLE, columns: 2 }, [])).toThrow("needs 2 pictures, not 1");
});

test("colors are limited before an enlargement, so that it smooths stairsteps instead of doubling pixels", () => {
  const random = seededRandom(5);
  const stairs = createImage(8, 8);
  for (let y = 0; y < 8; y++) {
    // Nearly one color, as a network draws it: no two pixels are equal before the limit.
    for (let x = 0; x <= y; x++)
      stairs.data.set([200 + Math.floor(9 * random()), 40, 40, 255], 4 * (8 * y + x));
  }
  const large = { ...SINGLE, width: 16, height: 16, enlarge: 2 };
  const limit: PassStep = { pass: "limit-colors", colorCount: 1, dither: "none", ditherStrength: 0 };
  const { image } = finishImage([stairs], large, [limit]);
  const drawn = image.data.filter((value, i) => i % 4 === 3 && value > 0).length;
  expect(drawn).not.toBe(4 * 36);
  expect(countColors(image).size).toBe(1);
});

test("an outline is one pixel wide on an enlarged drawing", () => {
  const dot = createImage(8, 8);
  dot.data.set([200, 0, 0, 255], 4 * (8 * 4 + 4));
  const large = { ...SINGLE, width: 16, height: 16, enlarge: 2 };
  const { image } = finishImage([dot], large, [{ pass: "outline", color: "#000000" }]);
  expect(countColors(image)).toEqual(
    new Map([
      [0, 8],
      [0xc80000, 4],
    ]),
  );
});

test("sampling and enlarging a seamless surface treat its seam like any other place", () => {
  const wrapped = { ...SINGLE, wrapX: true, wrapY: true };
  const halved = { ...wrapped, width: 16, height: 16, fit: "sample" } as const;
  const half = (image: PixelImage) => finishImage([image], halved, []).image;
  expect(equalImages(half(roll(torus(32), 8)), roll(half(torus(32)), 4))).toBe(true);
  const doubled = { ...wrapped, width: 32, height: 32, enlarge: 2 };
  const double = (image: PixelImage) => finishImage([image], doubled, []).image;
  expect(equalImages(double(roll(torus(16), 8)), roll(double(torus(16)), 16))).toBe(true);
  const alone = finishImage([roll(torus(16), 8)], { ...doubled, wrapX: false, wrapY: false }, []).image;
  expect(equalImages(alone, roll(double(torus(16)), 16))).toBe(false);
});

/** Moves a picture around its torus by dx and dy. */
function roll(image: PixelImage, by: number): PixelImage {
  const { width, height } = image;
  const moved = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (((y + by) % height) * width + ((x + by) % width));
      moved.data.set(image.data.subarray(from, from + 4), 4 * (y * width + x));
    }
  }
  return moved;
}

test("sampling only takes existing pixels, and is the identity at the same size", () => {
  const picture = noise(32, 32);
  expect(equalImages(sampleCells(picture, 32, 32), picture)).toBe(true);
  const known = new Set(countColors(picture).keys());
  for (const color of countColors(sampleCells(picture, 13, 7)).keys()) expect(known.has(color)).toBe(true);
});

test("a drawing larger than its box is downscaled to the center of the canvas; a slightly larger one is kept", () => {
  const picture = noise(32, 32);
  const { image, to } = fitIntoBox(picture, { canvas: 32, box: { width: 14, height: 20 }, tolerance: 1.15 });
  expect(to).toEqual({ width: 14, height: 14 });
  expect(drawnBounds(image)).toEqual({ x: 9, y: 9, width: 14, height: 14 });
  const kept = fitIntoBox(picture, { canvas: 32, box: { width: 30, height: 30 }, tolerance: 1.15 });
  expect(kept.image).toBe(picture);
});
