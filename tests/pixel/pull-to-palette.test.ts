import { expect, test } from "vitest";
import { colorAt, parseHex } from "../../service/pixel/parse-hex.ts";
import { pullToPalette } from "../../service/pixel/pull-to-palette.ts";

const RED = parseHex("#c02020");
const picture = (...pixels: [number, number, number, number][]) => ({
  width: pixels.length,
  height: 1,
  data: Uint8Array.from(pixels.flat()),
});

test("a pixel close to a color becomes that color; distant and transparent pixels stay", () => {
  const image = picture([0xc8, 0x28, 0x24, 255], [0x20, 0x60, 0xc0, 255], [0xc8, 0x28, 0x24, 0]);
  const pulled = pullToPalette(image, [RED, 0xffffff], 0.1);
  expect(colorAt(pulled.data, 0)).toBe(RED);
  expect([...pulled.data.slice(4)]).toEqual([...image.data.slice(4)]);
});

test("the reach decides, and a reach of 0 changes nothing", () => {
  const image = picture([0xa0, 0x50, 0x50, 255]);
  expect(pullToPalette(image, [RED], 0).data).toEqual(image.data);
  expect(colorAt(pullToPalette(image, [RED], 1).data, 0)).toBe(RED);
});

test("the picture itself is not modified", () => {
  const image = picture([0xc8, 0x28, 0x24, 255]);
  pullToPalette(image, [RED], 1);
  expect(colorAt(image.data, 0)).toBe(0xc82824);
});
