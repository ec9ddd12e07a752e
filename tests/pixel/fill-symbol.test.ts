import { expect, test } from "vitest";
import { fillSymbol, shadeSymbol } from "../../service/pixel/fill-symbol.ts";
import { toOklab } from "../../service/pixel/oklab.ts";
import { colorAt } from "../../service/pixel/parse-hex.ts";
import type { Tint } from "../../service/pixel/tint.ts";
import { draw, rowsOf } from "./ascii-image.ts";

const BROWN: Tint = { hue: 1, chroma: 0.09, lightness: 0.5 };

const labAt = (image: { data: Uint8Array }, pixel: number) => toOklab(colorAt(image.data, 4 * pixel));

test("white becomes the color, and black a dark shade of its hue", () => {
  const filled = fillSymbol(draw(["kkk", "kwk", "kkk"]), BROWN);
  const [line, area] = [labAt(filled, 0), labAt(filled, 4)];
  expect(area.l).toBeCloseTo(BROWN.lightness, 1);
  expect(Math.atan2(area.b, area.a)).toBeCloseTo(1, 1);
  expect(line.l).toBeLessThan(0.3);
  expect(Math.hypot(line.a, line.b)).toBeGreaterThan(0);
});

test("a narrow gap becomes a line; a hole and the surroundings stay empty", () => {
  const symbol = draw(["......", "wwwwww", "......", "wwwwww"].map((row) => `..${row}`));
  const filled = fillSymbol(symbol, BROWN);
  expect(rowsOf(filled).map((row) => row.replaceAll(/[^.]/g, "x"))).toEqual([
    "........",
    "..xxxxxx",
    "..xxxxxx",
    "..xxxxxx",
  ]);
  const ring = draw(["wwwwww", "w....w", "w....w", "w....w", "w....w", "wwwwww"]);
  expect(rowsOf(fillSymbol(ring, BROWN))[2]).toMatch(/^[^.]\.\.\.\.[^.]$/);
});

test("a thing that is nearly black still stands out from its lines; a gray one stays gray", () => {
  const dark = fillSymbol(draw(["kwk"]), { hue: null, chroma: 0, lightness: 0.05 });
  expect(labAt(dark, 1).l - labAt(dark, 0).l).toBeGreaterThan(0.15);
  expect(Math.hypot(labAt(dark, 1).a, labAt(dark, 1).b)).toBeLessThan(0.01);
});

test("the symbol itself is not modified", () => {
  const symbol = draw(["wk."]);
  const before = symbol.data.slice();
  fillSymbol(symbol, BROWN);
  expect(symbol.data).toEqual(before);
});

test("a shaded symbol is lit from the upper left and darker at the lower right", () => {
  const shaded = shadeSymbol(draw(["wwww", "wwww", "wwww", "wwww"]), BROWN);
  const [lit, middle, dark] = [labAt(shaded, 0), labAt(shaded, 5), labAt(shaded, 15)];
  expect(lit.l).toBeGreaterThan(middle.l);
  expect(dark.l).toBeLessThan(middle.l);
});
