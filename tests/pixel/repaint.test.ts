import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Composition } from "../../service/pixel/composition.ts";
import { finishImage } from "../../service/pixel/finish-image.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import type { PassStep } from "../../service/pixel/passes.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { markedBounds, readMask } from "../../service/pixel/read-mask.ts";
import { keptOf, type Repaint, windowOf } from "../../service/pixel/repaint.ts";
import { draw, rowsOf } from "./ascii-image.ts";

const PASSES: readonly PassStep[] = [
  { pass: "binarize-alpha", threshold: 128 },
  { pass: "remove-islands", pixels: 3 },
  { pass: "flatten", scale: 0.25, wrapX: false, wrapY: false },
  { pass: "limit-colors", colorCount: 3, dither: "none", ditherStrength: 50 },
  { pass: "snap-palette", palette: ["#ff0000", "#0000ff"], dither: "bayer_2x2", ditherStrength: 50 },
  { pass: "despeckle" },
];

function compositionOf(repaint: Repaint): Composition {
  const { width, height } = repaint.picture;
  const frame = { width, height, columns: 1, rows: 1, wrapX: false, wrapY: false };
  return { ...frame, enlarge: 1, fit: "exact", anchor: "center", repaint };
}

/** Any bytes, half-transparent ones among them; a transparent pixel holds zeros, as every image has it. */
function noise(width: number, height: number, seed: number): PixelImage {
  const random = seededRandom(seed);
  const image = createImage(width, height);
  for (let i = 0; i < image.data.length; i++) image.data[i] = Math.floor(256 * random());
  for (let i = 0; i < image.data.length; i += 4) if (image.data[i + 3]! < 80) image.data.fill(0, i, i + 4);
  return image;
}

const placed = fc
  .record({
    width: fc.integer({ min: 8, max: 24 }),
    height: fc.integer({ min: 8, max: 24 }),
    seed: fc.nat(),
    share: fc.constantFrom(0.02, 0.3, 1),
    passes: fc.subarray([...PASSES]),
    factor: fc.constantFrom(1, 3),
  })
  .map(({ width, height, seed, share, passes, factor }) => {
    const random = seededRandom(seed);
    const picture = noise(width, height, seed + 1);
    const start = (edge: number): number =>
      edge <= 16 ? -Math.floor((16 - edge) / 2) : Math.floor((edge - 15) * random());
    const [x, y] = [start(width), start(height)];
    const mask = new Uint8Array(16 * 16).map((_, p) => {
      const [column, row] = [x + (p % 16), y + Math.floor(p / 16)];
      const isInside = column >= 0 && row >= 0 && column < width && row < height;
      return Number(isInside && random() < share);
    });
    const steps: PassStep[] = factor > 1 ? [...passes, { pass: "upscale-nearest", factor }] : passes;
    return { repaint: { picture, x, y, mask }, drawn: noise(16, 16, seed + 2), steps, factor };
  });

test("whatever the passes, every unmarked pixel keeps its bytes, even if it is half transparent", () => {
  fc.assert(
    fc.property(placed, ({ repaint, drawn, steps, factor }) => {
      const { picture, mask, x, y } = repaint;
      const before = [picture.data.slice(), drawn.data.slice()];
      const result = finishImage([drawn], compositionOf(repaint), steps);
      for (const image of [result.image, result.beforePalette ?? result.image]) {
        expect([image.width, image.height]).toEqual([picture.width * factor, picture.height * factor]);
        for (let p = 0; p < picture.width * picture.height; p++) {
          const [column, row] = [p % picture.width, Math.floor(p / picture.width)];
          const inside = column >= x && row >= y && column < x + 16 && row < y + 16;
          if (inside && mask[(row - y) * 16 + column - x] === 1) continue;
          for (const [dx, dy] of [[0, 0] as const, [factor - 1, factor - 1] as const]) {
            const at = 4 * ((row * factor + dy) * image.width + column * factor + dx);
            const same = [0, 1, 2, 3].every((i) => image.data[at + i] === picture.data[4 * p + i]);
            if (!same) expect.fail(`the pixel ${column},${row} changed`);
          }
        }
      }
      expect(isDeepStrictEqual([picture.data, drawn.data], before)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test("marked pixels take the palette and have alpha 0 or 255, regardless of the kept colors around them", () => {
  const picture = draw(["gggg", "g..g", "gggg", "gggg"]);
  const drawn = draw(["yyyy", "yrry", "ysby", "yyyy"]);
  drawn.data[4 * 5 + 3] = 60;
  const mask = Uint8Array.from([0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
  const steps: PassStep[] = [
    { pass: "binarize-alpha", threshold: 128 },
    { pass: "limit-colors", colorCount: 3, dither: "none", ditherStrength: 0 },
  ];
  const { image } = finishImage([drawn], compositionOf({ picture, x: 0, y: 0, mask }), steps);
  expect(rowsOf(image)).toEqual(["gggg", "g.rg", "gsbg", "gggg"]);
});

test("what a window leaves empty is a hole in a cutout, and the old background in an opaque picture", () => {
  const mask = Uint8Array.from([1, 1, 1, 1]);
  const drawn = draw(["r.", "r."]);
  const whole = { picture: draw(["gb", "yw"]), x: 0, y: 0, mask };
  expect(rowsOf(finishImage([drawn], compositionOf(whole), []).image)).toEqual(["rb", "rw"]);
  const cut = { picture: draw(["gb", "y."]), x: 0, y: 0, mask };
  expect(rowsOf(finishImage([drawn], compositionOf(cut), []).image)).toEqual(["r.", "r."]);
});

test("a model that draws nothing leaves nothing, whatever its colors are limited to", () => {
  const picture = draw(["gb", "y."]);
  const composition = compositionOf({ picture, x: 0, y: 0, mask: Uint8Array.from([1, 0, 0, 0]) });
  expect(rowsOf(finishImage([createImage(2, 2)], composition, PASSES).image)).toEqual([".b", "y."]);
});

test("despeckling looks at the kept pixels around a pixel: on its own it would have been removed", () => {
  const picture = draw(["ggg", "g.g", "ggg"]);
  const mask = Uint8Array.from([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  const composition = compositionOf({ picture, x: 0, y: 0, mask });
  const { image } = finishImage([draw(["...", ".r.", "..."])], composition, [{ pass: "despeckle" }]);
  expect(rowsOf(image)).toEqual(["ggg", "grg", "ggg"]);
});

test("the window is transparent around a small picture, and the model is given no marked pixels", () => {
  const repaint = { picture: draw(["rg", "by"]), x: -1, y: -1, mask: new Uint8Array(16) };
  repaint.mask[5] = 1;
  const window = windowOf(repaint, 4, 4);
  expect(rowsOf(window)).toEqual(["....", ".rg.", ".by.", "...."]);
  expect(rowsOf(keptOf(window, repaint))).toEqual(["....", "..g.", ".by.", "...."]);
});

test.each<[string, readonly string[], string]>([
  ["white on black", ["kwwk"], "0110"],
  ["white on transparency", [".ww."], "0110"],
  ["light on dark, of any hue", ["ywrb"], "1100"],
  ["one dark color on transparency", [".rr."], "0110"],
  ["black on transparency", ["..kk"], "0011"],
  ["white beside black on transparency", [".kw."], "0010"],
  ["all black", ["kkkk"], "0000"],
  ["nothing at all", ["...."], "0000"],
  ["all white", ["wwww"], "1111"],
])("a mask of %s", (_what, rows, marks) => {
  expect([...readMask(draw(rows))].join("")).toBe(marks);
});

test("the threshold is half: gray 127 and alpha 127 do not mark, 128 does", () => {
  const mask = createImage(4, 1);
  mask.data.set([127, 127, 127, 255, 128, 128, 128, 255, 255, 255, 255, 127, 255, 255, 255, 128]);
  expect([...readMask(mask)]).toEqual([0, 1, 0, 1]);
});

test("the bounding box of a mask holds its marks and nothing else", () => {
  expect(markedBounds(Uint8Array.from([0, 0, 0, 0, 1, 0, 0, 0, 1]), 3)).toEqual({
    x: 1,
    y: 1,
    width: 2,
    height: 2,
  });
  expect(markedBounds(new Uint8Array(9), 3)).toBeNull();
});
