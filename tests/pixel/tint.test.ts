import { expect, test } from "vitest";
import { toOklab } from "../../service/pixel/oklab.ts";
import { colorAt, parseHex } from "../../service/pixel/parse-hex.ts";
import { type Tint, tint } from "../../service/pixel/tint.ts";
import { COLORS, draw, GOBLIN, rowsOf } from "./ascii-image.ts";

const BLUE: Tint = { hue: (262 * Math.PI) / 180, chroma: 0.17, lightness: 0.52 };
const GRAY: Tint = { hue: null, chroma: 0.01, lightness: 0.6 };

function labsOf(image: { data: Uint8Array }) {
  const labs = [];
  for (let i = 0; i < image.data.length; i += 4) {
    if (image.data[i + 3] !== 0) labs.push(toOklab(colorAt(image.data, i)));
  }
  return labs;
}

test("the main color takes the requested hue; outline, highlight and transparent pixels stay", () => {
  const tinted = tint(draw(["kkkkk", "krrrk", "krwrk", "krrrk", "kkkk."]), BLUE);
  expect(rowsOf(tinted)).toEqual(["kkkkk", "k???k", "k?w?k", "k???k", "kkkk."]);
  const { a, b } = toOklab(colorAt(tinted.data, 4 * 6));
  expect(Math.abs(Math.atan2(b, a) - (262 * Math.PI) / 180 + 2 * Math.PI)).toBeLessThan(0.15);
});

test("accents of another hue stay", () => {
  const tinted = tint(draw(["rrrr", "rrrr", "rrrg"]), BLUE);
  expect(colorAt(tinted.data, 4 * 11)).toBe(parseHex(COLORS.g!));
});

test("equal colors stay equal and the number of colors does not grow", () => {
  const before = draw(GOBLIN);
  const colors = (image: { data: Uint8Array }) => new Set(new Uint32Array(image.data.slice().buffer)).size;
  expect(colors(tint(before, BLUE))).toBeLessThanOrEqual(colors(before));
});

test("a gray drawing is tinted, and a colored one can be made gray", () => {
  const gray = draw(["ww", "ww"]);
  for (let i = 0; i < gray.data.length; i += 4) gray.data.set([128, 128, 128], i);
  expect(labsOf(tint(gray, BLUE)).every(({ b }) => b < -0.05)).toBe(true);
  expect(labsOf(tint(draw(["rr", "rb"]), GRAY)).filter(({ a, b }) => Math.hypot(a, b) < 0.03)).toHaveLength(
    3,
  );
});

test("an empty drawing stays empty, and the input is not modified", () => {
  expect(rowsOf(tint(draw(["..", ".."]), BLUE))).toEqual(["..", ".."]);
  const input = draw(GOBLIN);
  const copy = input.data.slice();
  tint(input, BLUE);
  expect(input.data).toEqual(copy);
});
