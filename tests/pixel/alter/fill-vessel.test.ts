import { expect, test } from "vitest";
import { fillVessel } from "../../../service/pixel/alter/fill-vessel.ts";
import { toOklch } from "../../../service/pixel/alter/oklch.ts";
import type { PixelImage } from "../../../service/pixel/image.ts";
import { colorAt } from "../../../service/pixel/parse-hex.ts";
import { alphaOf, CRATE, sprite, TINTS } from "./sprites.ts";

const BOTTLE = sprite([
  "....pp....",
  "...kssk...",
  "...kssk...",
  "..kssssk..",
  ".kssssssk.",
  ".kswwwwsk.",
  ".kswkkwsk.",
  ".kswwwwsk.",
  ".kssssssk.",
  ".kssssssk.",
  ".kssssssk.",
  ".kkkkkkkk.",
]);

/** Rows with a pixel of much chroma, and the hues in them. */
function coloredRows({ width, data }: PixelImage): number[] {
  const rows = new Set<number>();
  for (let i = 0; i < data.length; i += 4) {
    const { c, h } = toOklch(colorAt(data, i));
    if (data[i + 3] !== 0 && c > 0.1) {
      expect(Math.abs(h * (180 / Math.PI) + 96)).toBeLessThan(20);
      rows.add(Math.floor(i / 4 / width));
    }
  }
  return [...rows];
}

test("half full is blue up to the middle of the body, glass above it, and no label is left", () => {
  const half = fillVessel(BOTTLE, TINTS.blue!, 0.5)!;
  expect(alphaOf(half)).toEqual(alphaOf(BOTTLE));
  expect(coloredRows(half)).toEqual([7, 8, 9, 10]);
  const row = (image: PixelImage, y: number) => image.data.slice(40 * y, 40 * (y + 1));
  // The cork and the outline stay.
  expect(row(half, 0)).toEqual(row(BOTTLE, 0));
  expect(row(half, 11)).toEqual(row(BOTTLE, 11));
});

test("full reaches the shoulders, and an empty one is all glass", () => {
  expect(coloredRows(fillVessel(BOTTLE, TINTS.blue!, 1)!)).toEqual([4, 5, 6, 7, 8, 9, 10]);
  expect(coloredRows(fillVessel(BOTTLE, TINTS.blue!, 0)!)).toEqual([]);
});

test("what is too small to look into stays as it is", () => {
  expect(fillVessel(sprite(["kk", "kk"]), TINTS.blue!, 1)).toBeNull();
  expect(fillVessel(CRATE, TINTS.blue!, 0.5)).not.toBeNull();
});
