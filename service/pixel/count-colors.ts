import type { PixelImage } from "./image.ts";
import { colorAt } from "./parse-hex.ts";

/** Counts the pixels of each color, 0xRRGGBB, in order of first appearance; transparent pixels do not count. */
export function countColors(image: PixelImage): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < image.data.length; i += 4) {
    if (image.data[i + 3] === 0) continue;
    const color = colorAt(image.data, i);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return counts;
}
