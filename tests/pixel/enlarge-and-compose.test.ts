import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { composePicture } from "../../service/pixel/compose-picture.ts";
import { enlargeScaleX, SCALE_X_FACTORS } from "../../service/pixel/enlarge-scale-x.ts";
import { createImage } from "../../service/pixel/image.ts";
import { draw, GOBLIN, rowsOf } from "./ascii-image.ts";

describe("enlargeScaleX", () => {
  test("Scale2x turns a stairstep into a slope", () => {
    expect(rowsOf(enlargeScaleX(draw(["k..", "kk.", "kkk"]), 2))).toEqual([
      "kk....",
      "kkk...",
      "kkk...",
      "kkkkk.",
      "kkkkkk",
      "kkkkkk",
    ]);
  });

  test("Scale3x turns an inner corner into a slope", () => {
    expect(rowsOf(enlargeScaleX(draw(["kk", "k."]), 3))).toEqual([
      "kkkkkk",
      "kkkkkk",
      "kkkkkk",
      "kkkkk.",
      "kkkk..",
      "kkk...",
    ]);
  });

  test("keeps straight edges and rectangles as nearest-neighbor does", () => {
    expect(rowsOf(enlargeScaleX(draw(["rrgg", "rrgg"]), 2))).toEqual([
      "rrrrgggg",
      "rrrrgggg",
      "rrrrgggg",
      "rrrrgggg",
    ]);
  });

  test("adds no color and no alpha for any image and factor", () => {
    const pixels = fc.array(fc.constantFrom("k", "r", "g", "."), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(pixels, fc.constantFrom(...SCALE_X_FACTORS), (letters, factor) => {
        const image = draw(Array.from({ length: 5 }, (_, y) => letters.slice(6 * y, 6 * y + 6).join("")));
        const big = enlargeScaleX(image, factor);
        expect([big.width, big.height]).toEqual([6 * factor, 5 * factor]);
        const own = new Set(colorsOf(image));
        for (const color of colorsOf(big)) expect(own).toContain(color);
        expect(big.data.every((value, i) => i % 4 !== 3 || value === 0 || value === 255)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("names the accepted factors when it rejects one", () => {
    expect(() => enlargeScaleX(draw(["k"]), 5)).toThrow("factor must be one of 1, 2, 3, 4, 6, 8, 9, not 5.");
  });

  test("accepts an image whose bytes are part of a larger buffer", () => {
    const image = draw(["k.", ".k"]);
    const buffer = new Uint8Array(19);
    buffer.set(image.data, 3);
    expect(enlargeScaleX({ ...image, data: buffer.subarray(3) }, 2)).toEqual(enlargeScaleX(image, 2));
  });
});

describe("compose", () => {
  const picture = draw(["......", ".rr...", ".gb...", "......"]);
  const base = { width: 4, height: 5, enlarge: 1, fit: "pad", anchor: "center" } as const;

  test("centers the drawing, not the canvas", () => {
    expect(rowsOf(composePicture(picture, base))).toEqual(["....", ".rr.", ".gb.", "....", "...."]);
  });

  test("stands the drawing on the bottom row", () => {
    expect(rowsOf(composePicture(picture, { ...base, anchor: "bottom" }))).toEqual([
      "....",
      "....",
      "....",
      ".rr.",
      ".gb.",
    ]);
  });

  test("crops the canvas around the drawing", () => {
    expect(rowsOf(composePicture(picture, { ...base, width: 3, height: 2, fit: "crop" }))).toEqual([
      "rr.",
      "gb.",
    ]);
  });

  test("crops a drawing that is too large evenly around its center", () => {
    const wide = draw(["rgbyk", "rgbyk", "rgbyk"]);
    for (const anchor of ["center", "bottom"] as const) {
      expect(rowsOf(composePicture(wide, { ...base, width: 3, height: 1, fit: "crop", anchor }))).toEqual([
        "gby",
      ]);
    }
  });

  test("enlarges first, then places", () => {
    const result = composePicture(draw(["k."]), {
      width: 4,
      height: 4,
      enlarge: 2,
      fit: "pad",
      anchor: "bottom",
    });
    expect(rowsOf(result)).toEqual(["....", "....", ".kk.", ".kk."]);
  });

  test("returns an exact picture as it is and rejects any other size", () => {
    const image = draw(GOBLIN);
    const exact = { ...base, width: 12, height: 12, fit: "exact" } as const;
    expect(composePicture(image, exact)).toBe(image);
    expect(() => composePicture(picture, exact)).toThrow("needs a picture of 12x12");
  });

  test("makes an empty canvas from an empty picture", () => {
    expect(composePicture(createImage(8, 8), base)).toEqual(createImage(4, 5));
  });
});
