import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { dither } from "../../service/pixel/dither.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { createNearestColor } from "../../service/pixel/nearest-color.ts";
import { fromOklab, toOklab } from "../../service/pixel/oklab.ts";
import { formatHex, parseHex } from "../../service/pixel/parse-hex.ts";
import { snapPalette } from "../../service/pixel/snap-palette.ts";
import { DITHER_MODES } from "../../shared/requests.ts";
import { COLORS, draw, GOBLIN, paint, rowsOf } from "./ascii-image.ts";

const letter = (name: string): number => parseHex(COLORS[name]!);
const BLACK_WHITE = [0x000000, 0xffffff];
/** The gray that looks half way between black and white. */
const MIDDLE = fromOklab({ l: 0.5, a: 0, b: 0 });
const shareOf = (image: PixelImage, color: number): number => {
  let count = 0;
  for (let i = 0; i < image.data.length; i += 4) if (image.data[i] === color >> 16) count++;
  return (4 * count) / image.data.length;
};

describe("snapPalette", () => {
  test("takes the color that looks nearest, not the one nearest in RGB", () => {
    // In RGB #4040ff is nearer to gray; to the eye it is blue.
    expect(createNearestColor([0x808080, 0x0000ff])(0x4040ff)).toBe(0x0000ff);
  });

  test("leaves transparent pixels and alpha alone", () => {
    const image = draw(["k.", ".w"]);
    image.data[3] = 77;
    const result = snapPalette(image, [letter("r")]);
    expect([...result.data]).toEqual([0xd0, 0x20, 0x30, 77, 0, 0, 0, 0, 0, 0, 0, 0, 0xd0, 0x20, 0x30, 255]);
  });

  test("does not change an image that uses only palette colors", () => {
    const image = draw(GOBLIN);
    expect(snapPalette(image, Object.values(COLORS).map(parseHex)).data).toEqual(image.data);
  });
});

describe("dither", () => {
  test("uses palette colors only and keeps alpha, in every mode", () => {
    const images = fc.uint8Array({ minLength: 4 * 48, maxLength: 4 * 48 });
    const palette = [0x1a1c2c, 0xb13e53, 0xffcd75, 0x38b764];
    const allowed = new Set(palette.map(formatHex));
    fc.assert(
      fc.property(
        images,
        fc.constantFrom(...DITHER_MODES),
        fc.integer({ min: 0, max: 100 }),
        (data, mode, strength) => {
          for (let i = 0; i < data.length; i += 4) if (data[i + 3]! < 128) data.fill(0, i, i + 4);
          const result = dither({ width: 8, height: 6, data }, { palette, mode, strength });
          for (const color of colorsOf(result)) expect(allowed).toContain(color);
          for (let i = 0; i < data.length; i += 4) {
            const [red, green, blue, alpha] = result.data.subarray(i, i + 4);
            if (alpha !== data[i + 3]) throw new Error("alpha changed");
            if (alpha === 0 && red! + green! + blue! > 0) throw new Error("a transparent pixel was written");
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each(["bayer_2x2", "bayer_4x4", "bayer_8x8"] as const)(
    "%s splits a color halfway between two exactly in half",
    (mode) => {
      const image = dither(
        paint(16, 16, () => MIDDLE),
        { palette: BLACK_WHITE, mode, strength: 100 },
      );
      expect(shareOf(image, 0xffffff)).toBe(0.5);
    },
  );

  test("Bayer 2x2 turns medium gray into a checkerboard", () => {
    const image = dither(
      paint(4, 4, () => MIDDLE),
      { palette: BLACK_WHITE, mode: "bayer_2x2", strength: 100 },
    );
    expect(rowsOf(image)).toEqual(["wkwk", "kwkw", "wkwk", "kwkw"]);
  });

  test("Floyd-Steinberg keeps the mean tone", () => {
    const gray = fromOklab({ l: 0.3, a: 0, b: 0 });
    const image = dither(
      paint(64, 64, () => gray),
      { palette: BLACK_WHITE, mode: "floyd_steinberg", strength: 100 },
    );
    expect(shareOf(image, 0xffffff)).toBeCloseTo(toOklab(gray).l, 1);
  });

  test.each(DITHER_MODES)("%s leaves palette colors solid, and only snaps at strength 0", (mode) => {
    const image = draw(GOBLIN);
    const palette = Object.values(COLORS).map(parseHex);
    expect(dither(image, { palette, mode, strength: 100 }).data).toEqual(image.data);
    const gray = paint(8, 8, (x) => 0x101010 * x);
    expect(dither(gray, { palette: BLACK_WHITE, mode, strength: 0 })).toEqual(snapPalette(gray, BLACK_WHITE));
  });

  test("more strength gives more of the second color", () => {
    const shares = [20, 50, 100].map((strength) =>
      shareOf(
        dither(
          paint(16, 16, () => 0x505050),
          { palette: BLACK_WHITE, mode: "bayer_8x8", strength },
        ),
        0xffffff,
      ),
    );
    expect(shares[0]).toBeLessThan(shares[1]!);
    expect(shares[1]).toBeLessThan(shares[2]!);
  });

  test("prefers a gray from the palette to a pattern of black and white", () => {
    const image = dither(
      paint(8, 8, () => MIDDLE + 0x010101),
      {
        palette: [0x000000, MIDDLE, 0xffffff],
        mode: "bayer_4x4",
        strength: 100,
      },
    );
    expect(colorsOf(image)).toEqual([formatHex(MIDDLE)]);
  });
});
