import { assembleSprites } from "../../service/asset/assemble-sprites.ts";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { packSheet } from "../../service/asset/pack-sheet.ts";
import type { PixelImage } from "../../service/pixel/image.ts";

/** Text that would do harm wherever it is pasted instead of written. */
export const HOSTILE_TEXT =
  '../../evil"]\n[ext_resource type="Script" path="res://evil.gd" id="x"]\r\n</script>\\ "}]\u0000';

/** A picture from rows of characters: "." is transparent, every other one a color of `colors`. */
export function drawRows(
  rows: readonly string[],
  colors: Record<string, [number, number, number]>,
): PixelImage {
  const width = rows[0]!.length;
  const data = new Uint8Array(4 * width * rows.length);
  for (const [y, row] of rows.entries()) {
    for (const [x, sign] of [...row].entries()) {
      const color = colors[sign];
      if (color) data.set([...color, 255], 4 * (y * width + x));
    }
  }
  return { width, height: rows.length, data };
}

const POTION = [
  "........",
  "...bb...",
  "...ww...",
  "..w..w..",
  ".wrrrrw.",
  ".wrrwrw.",
  "..wwww..",
  "........",
];

/** A little bottle, 8 x 8, whose filling has one unmistakable color. */
export function drawPotion(fill: [number, number, number]): PixelImage {
  return drawRows(POTION, { b: [120, 72, 8], w: [255, 255, 255], r: fill });
}

const FILLS: [number, number, number][] = [
  [255, 0, 77],
  [41, 173, 255],
  [0, 228, 54],
  [255, 163, 0],
  [131, 118, 156],
];

/** `count` variations of a potion (5 at most), as a finished sprite request gives them. */
export function potionPackage(
  count: number,
  text: Record<string, string> = { Software: "Pixelkiln" },
): AssetPackage {
  return assembleSprites({
    name: "potion",
    pictures: FILLS.slice(0, count).map((fill, i) => ({
      image: drawPotion(fill),
      seed: 7 + i,
      exemplars: [{ id: "p1", caption: "a potion", source: "Some Set", license: "CC0-1.0", similarity: 0.9 }],
    })),
    palette: { name: null, colors: ["#784808", "#ffffff", "#ff004d"], locked: false },
    text,
  });
}

/** An animation with all four directions of playing, uneven durations and a one-shot tag. */
export function blinkPackage(tagName = "blink"): AssetPackage {
  const still = potionPackage(5);
  const durations = [100, 250, 100, 80, 200];
  const frames = still.frames.map((frame, i) => ({ ...frame, durationMs: durations[i]! }));
  return {
    ...still,
    kind: "animation",
    frames,
    sheet: packSheet(frames.map((frame) => frame.image)),
    tags: [
      { name: tagName, from: 0, to: 2, direction: "forward", loop: true },
      { name: "back", from: 0, to: 2, direction: "reverse", loop: false },
      { name: "swing", from: 0, to: 3, direction: "pingpong", loop: true },
      { name: "swing-back", from: 1, to: 4, direction: "pingpong_reverse", loop: true },
    ],
  };
}

/** Two pictures of 20 x 20 pixels with 400 colors each: more than an indexed PNG can hold. */
export function rainbowPackage(): AssetPackage {
  const draw = (blue: number): PixelImage => {
    const data = Uint8Array.from({ length: 4 * 400 }, (_, i) => {
      const x = Math.floor(i / 4) % 20;
      const y = Math.floor(i / 80);
      return [12 * x + 1, 12 * y + 3, blue, 255][i % 4]!;
    });
    return { width: 20, height: 20, data };
  };
  return assembleSprites({
    name: "rainbow",
    pictures: [7, 200].map((blue) => ({ image: draw(blue), seed: blue, exemplars: [] })),
    palette: { name: null, colors: [], locked: false },
    text: { Description: "naïve 龍 rainbow" },
  });
}
