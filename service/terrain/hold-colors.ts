import { joinFrames, type PixelImage } from "../pixel/image.ts";
import { choosePalette } from "../pixel/limit-colors.ts";
import { createNearestColor } from "../pixel/nearest-color.ts";
import { colorAt, setColor } from "../pixel/parse-hex.ts";

/**
 * Reduces pictures of one size to `colorCount` colors in total (>= 1). The colors of `kept` pictures count too, but do
 * not change; pictures that are within the limit already are returned unchanged.
 */
export function holdColors(
  images: readonly PixelImage[],
  colorCount: number,
  kept: readonly PixelImage[] = [],
): PixelImage[] {
  const all = joinFrames(images);
  const fixed = new Set(kept.flatMap((image) => choosePalette(image, Number.MAX_SAFE_INTEGER)));
  const colors = choosePalette(all, Number.MAX_SAFE_INTEGER);
  if (new Set([...colors, ...fixed]).size <= colorCount) return [...images];
  const free = Math.max(1, colorCount - fixed.size);
  const palette = [...new Set([...choosePalette(all, free), ...fixed])];
  const nearest = createNearestColor(palette);
  return images.map(({ width, height, data }) => {
    const held = data.slice();
    for (let i = 0; i < held.length; i += 4)
      if (held[i + 3] !== 0) setColor(held, i, nearest(colorAt(held, i)));
    return { width, height, data: held };
  });
}
