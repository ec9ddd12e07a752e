import { describe, expect, test } from "vitest";
import { binarizeAlpha } from "../../service/pixel/binarize-alpha.ts";
import { despeckle } from "../../service/pixel/despeckle.ts";
import { drawOutline } from "../../service/pixel/draw-outline.ts";
import { parseHex, setColor } from "../../service/pixel/parse-hex.ts";
import { removeBackground } from "../../service/pixel/remove-background.ts";
import { removeIslands } from "../../service/pixel/remove-islands.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { draw, GOBLIN, rowsOf } from "./ascii-image.ts";

describe("binarizeAlpha", () => {
  test("makes alpha 0 or 255, and zeroes the color where it is 0", () => {
    const data = Uint8Array.from([9, 9, 9, 127, 9, 9, 9, 128, 9, 9, 9, 0, 9, 9, 9, 255]);
    const result = binarizeAlpha({ width: 4, height: 1, data }, 128);
    expect([...result.data]).toEqual([0, 0, 0, 0, 9, 9, 9, 255, 0, 0, 0, 0, 9, 9, 9, 255]);
  });
});

describe("removeBackground", () => {
  test("clears what is connected to the border and keeps the same color inside the drawing", () => {
    const image = draw(["wwwwww", "wkkkkw", "wkwwkw", "wkkkkw", "wwwwww"]);
    expect(rowsOf(removeBackground(image, 0.05))).toEqual(["......", ".kkkk.", ".kwwk.", ".kkkk.", "......"]);
  });

  test("does not leak through a corner", () => {
    const image = draw(["wwww", "wkww", "kwkw", "wkww"]);
    expect(rowsOf(removeBackground(image, 0.05))).toEqual(["....", ".k..", "kwk.", ".k.."]);
  });

  test("bridges noise within the tolerance and stops at the drawing", () => {
    const image = draw(["wwww", "wrrw", "wrrw", "wwww"]);
    setColor(image.data, 0, parseHex("#f6faf8"));
    setColor(image.data, 12, parseHex("#fff8f0"));
    expect(rowsOf(removeBackground(image, 0.08))).toEqual(["....", ".rr.", ".rr.", "...."]);
  });

  test("clears the dominant border color where a drawing touches the border", () => {
    const image = draw(["wwww", "wrrw", "wrrw", "wrrw"]);
    expect(rowsOf(removeBackground(image, 0.05))).toEqual(["....", ".rr.", ".rr.", ".rr."]);
  });

  test("returns an image with a transparent border pixel unchanged", () => {
    const image = draw(["wwww", "wrr.", "wwww"]);
    expect(removeBackground(image, 0.05)).toBe(image);
  });

  test("returns a scene without a dominant border color unchanged", () => {
    const image = draw(["krgb", "ykrg", "bykr", "gbyk"]);
    expect(removeBackground(image, 0.05)).toBe(image);
  });
});

describe("drawOutline", () => {
  test("draws a one-pixel outline with open corners, where there is room", () => {
    expect(rowsOf(drawOutline(draw(["....", ".rr.", ".r..", "...."]), "#000000"))).toEqual([
      ".kk.",
      "krrk",
      "krk.",
      ".k..",
    ]);
    expect(rowsOf(drawOutline(draw(["rr", "r."]), "#000000"))).toEqual(["rr", "rk"]);
  });

  test("draws nothing on an empty or a full image", () => {
    expect(rowsOf(drawOutline(draw(["..", ".."]), "#000000"))).toEqual(["..", ".."]);
    expect(rowsOf(drawOutline(draw(["rr", "rr"]), "#000000"))).toEqual(["rr", "rr"]);
  });
});

describe("despeckle", () => {
  test("removes isolated pixels and fills one-pixel holes", () => {
    const image = draw(["r......", "...ggg.", "...g.g.", "...ggg.", ".......", ".bb...."]);
    expect(rowsOf(despeckle(image))).toEqual([
      ".......",
      "...ggg.",
      "...ggg.",
      "...ggg.",
      ".......",
      ".bb....",
    ]);
  });

  test("gives a pixel that is almost like its surroundings their color", () => {
    const image = draw(["ggg", "ggg", "ggg"]);
    setColor(image.data, 16, parseHex("#26a848"));
    expect(rowsOf(despeckle(image))).toEqual(["ggg", "ggg", "ggg"]);
  });

  test("keeps eyes, highlights and isolated pixels that clearly differ", () => {
    const image = draw(["gggggg", "gkggwg", "gggggg"]);
    expect(rowsOf(despeckle(image))).toEqual(["gggggg", "gkggwg", "gggggg"]);
  });

  test("does not touch true pixel art", () => {
    expect(rowsOf(despeckle(draw(GOBLIN)))).toEqual(rowsOf(draw(GOBLIN)));
  });
});

describe("removeIslands", () => {
  const large = [
    "gggggggg.....",
    "gggggggg.bb..",
    "gggggggg...b.",
    "gggggggg.....",
    "gggggggg.....",
    "gggggggg....k",
  ];

  test("removes small groups next to a far larger drawing, even if they are connected only by corners", () => {
    const cleared = large.map((row) => `${row.slice(0, 8)}.....`);
    expect(rowsOf(removeIslands(draw(large), 3))).toEqual(cleared);
  });

  test("keeps groups larger than the limit", () => {
    expect(rowsOf(removeIslands(draw(large), 2))).toEqual([...large.slice(0, 5), "gggggggg....."]);
  });

  test("keeps small groups if nothing is much larger: a pair of coins, sparks", () => {
    const coins = ["yy..yy", "yy..yy", "......", "y....."];
    expect(rowsOf(removeIslands(draw(coins), 4))).toEqual(coins);
  });
});

describe("upscaleNearest", () => {
  test("turns pixels into squares", () => {
    expect(rowsOf(upscaleNearest(draw(["r.", "gb"]), 2))).toEqual(["rr..", "rr..", "ggbb", "ggbb"]);
  });

  test("returns the image itself for 1 and rejects a factor that is not a whole number", () => {
    const image = draw(["r"]);
    expect(upscaleNearest(image, 1)).toBe(image);
    expect(() => upscaleNearest(image, 1.5)).toThrow("factor must be a whole number of at least 1, not 1.5.");
    expect(() => upscaleNearest(image, 0)).toThrow(RangeError);
  });
});
