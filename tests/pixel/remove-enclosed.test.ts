import { describe, expect, test } from "vitest";
import type { PixelImage } from "../../service/pixel/image.ts";
import { parseHex, setColor } from "../../service/pixel/parse-hex.ts";
import { removeBackground } from "../../service/pixel/remove-background.ts";
import { removeEnclosed } from "../../service/pixel/remove-enclosed.ts";
import { draw, rowsOf } from "./ascii-image.ts";

/** A ring with a hole of four pixels and one of a single pixel; "w" is the ground. */
const RING = ["wwwwwwwww", "wkkkkkkkw", "wkwwkwkkw", "wkwwkkkkw", "wkkkkkkkw", "wwwwwwwww"];

function onGround(color: string): PixelImage {
  const image = draw(RING);
  for (const [y, row] of RING.entries())
    for (const [x, letter] of [...row].entries())
      if (letter === "w") setColor(image.data, 4 * (y * row.length + x), parseHex(color));
  return image;
}

const clear = (image: PixelImage): number =>
  image.data.filter((value, i) => i % 4 === 3 && value === 0).length;
const holes = (image: PixelImage): number => {
  const cut = removeBackground(image, 0.05);
  return clear(removeEnclosed(image, cut)) - clear(cut);
};

describe("removeEnclosed", () => {
  test("clears a hole in which a key color shows, but not a single pixel of it", () => {
    const image = onGround("#00ff00");
    const before = image.data.slice();
    const result = removeEnclosed(image, removeBackground(image, 0.05));
    const alpha = rowsOf(result).map((row) => row.replaceAll(/[^.]/g, "#"));
    expect(alpha).toEqual([".........", ".#######.", ".#..####.", ".#..####.", ".#######.", "........."]);
    expect(image.data).toEqual(before);
  });

  test("leaves what is enclosed on a pale ground: it may be an eye", () => {
    expect(holes(onGround("#ffffff"))).toBe(0);
    expect(holes(onGround("#5a9bd5"))).toBe(0);
  });

  test("leaves what is enclosed on a ground of several colors", () => {
    const image = onGround("#00ff00");
    for (let x = 0; x < 9; x += 2) setColor(image.data, 4 * x, parseHex("#04fb04"));
    expect(holes(image)).toBe(0);
  });

  test("leaves another color than the ground's", () => {
    const image = onGround("#00ff00");
    setColor(image.data, 4 * (2 * 9 + 2), parseHex("#04fb04"));
    expect(holes(image)).toBe(0);
  });
});
