import type { PixelImage } from "./image.ts";
import { colorAt } from "./parse-hex.ts";

/** Counts the pixels of each color, 0xRRGGBB, in order of first appearance; transparent pixels do not count. */
export function countColors(image: PixelImage): Map<number, number> {
  const counts = new Map<number, number>();
  // Runs of one color are counted at once.
  let color = -1;
  let run = 0;
  for (let i = 0; i < image.data.length; i += 4) {
    if (image.data[i + 3] === 0) continue;
    const own = colorAt(image.data, i);
    if (own !== color) {
      if (run > 0) counts.set(color, (counts.get(color) ?? 0) + run);
      color = own;
      run = 0;
    }
    run++;
  }
  if (run > 0) counts.set(color, (counts.get(color) ?? 0) + run);
  return counts;
}
