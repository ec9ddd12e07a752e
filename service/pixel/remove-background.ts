import { floodFill } from "./flood-fill.ts";
import type { PixelImage } from "./image.ts";
import { type Oklab, squaredDistance, toOklab } from "./oklab.ts";
import { colorAt } from "./parse-hex.ts";

/**
 * Makes the background transparent: the pixels that look like the dominant color of the border and are connected
 * to it (4-connected flood fill). The same color inside the drawing stays.
 *
 * `tolerance` is the OKLab distance up to which a pixel belongs to the background; 0.02 is just visible, 0.1
 * bridges the noise of a generated picture. An image with a transparent pixel on its border is returned unchanged:
 * its background is already gone. So is one in which no color covers at least a third of the border.
 */
export function removeBackground(image: PixelImage, tolerance: number): PixelImage {
  const { width, height, data } = image;
  const border = borderPixels(width, height);
  if (border.some((pixel) => data[4 * pixel + 3] === 0)) return image;

  const limit = tolerance * tolerance;
  const background = dominantColor(data, border, limit);
  if (background === null) return image;

  const known = new Map<number, boolean>();
  const belongs = (pixel: number): boolean => {
    if (data[4 * pixel + 3] === 0) return true;
    const color = colorAt(data, 4 * pixel);
    let answer = known.get(color);
    if (answer === undefined) {
      answer = squaredDistance(toOklab(color), background) <= limit;
      known.set(color, answer);
    }
    return answer;
  };
  const cleared = data.slice();
  for (const pixel of floodFill(border, { width, height, belongs }))
    cleared.fill(0, 4 * pixel, 4 * pixel + 4);
  return { width, height, data: cleared };
}

/** The border color with the most border pixels within the limit; null if that is less than a third of them. */
function dominantColor(data: Uint8Array, border: readonly number[], limit: number): Oklab | null {
  const counts = new Map<number, number>();
  for (const pixel of border) {
    const color = colorAt(data, 4 * pixel);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const groups = [...counts].map(([color, count]) => ({ lab: toOklab(color), count }));
  let best: Oklab | null = null;
  let bestCount = Math.ceil(border.length / 3) - 1;
  for (const { lab } of groups) {
    let near = 0;
    for (const other of groups) if (squaredDistance(lab, other.lab) <= limit) near += other.count;
    if (near > bestCount) {
      bestCount = near;
      best = lab;
    }
  }
  return best;
}

function borderPixels(width: number, height: number): number[] {
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) pixels.push(y * width + x);
  }
  return pixels;
}
