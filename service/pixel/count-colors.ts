import { type PixelImage, wordsOf } from "./image.ts";
import { colorAt } from "./parse-hex.ts";

/** Counts the pixels of each color, 0xRRGGBB, in order of first appearance; transparent pixels do not count. */
export function countColors(image: PixelImage): Map<number, number> {
  const counts = new Map<number, number>();
  const words = wordsOf(image);
  // Runs of one pixel are counted at once.
  for (let p = 0; p < words.length; ) {
    const word = words[p];
    const from = p;
    while (p < words.length && words[p] === word) p++;
    if (image.data[4 * from + 3] === 0) continue;
    const color = colorAt(image.data, 4 * from);
    counts.set(color, (counts.get(color) ?? 0) + p - from);
  }
  return counts;
}
