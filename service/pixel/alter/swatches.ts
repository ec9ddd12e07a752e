import type { PixelImage } from "../image.ts";
import { colorAt } from "../parse-hex.ts";
import { type Oklch, toOklch } from "./oklch.ts";

/** One color of a sprite and how its pixels lie. */
export interface Swatch extends Oklch {
  readonly color: number;
  /** Number of its pixels. */
  count: number;
  /** Pixels next to empty ones or to the edge of the picture. */
  rim: number;
  /** Pixel edges it shares with each other color. */
  readonly touches: Map<number, number>;
}

/** Lists the colors of a sprite in order of first appearance. */
export function swatchesOf(image: PixelImage): Map<number, Swatch> {
  const { width, height, data } = image;
  const swatches = new Map<number, Swatch>();
  for (let p = 0; p < width * height; p++) {
    if (data[4 * p + 3] === 0) continue;
    const color = colorAt(data, 4 * p);
    const swatch = swatches.get(color) ?? createSwatch(color);
    swatches.set(color, swatch);
    swatch.count += 1;
    let isRim = false;
    for (const q of neighborsOf(image, p)) {
      if (q < 0 || data[4 * q + 3] === 0) isRim = true;
      else {
        const other = colorAt(data, 4 * q);
        if (other !== color) swatch.touches.set(other, (swatch.touches.get(other) ?? 0) + 1);
      }
    }
    if (isRim) swatch.rim += 1;
  }
  return swatches;
}

function createSwatch(color: number): Swatch {
  return { color, ...toOklch(color), count: 0, rim: 0, touches: new Map() };
}

/** The pixels above, left, right and below; -1 for those outside of the picture. */
export function neighborsOf({ width, height }: { width: number; height: number }, p: number): number[] {
  const x = p % width;
  return [
    p >= width ? p - width : -1,
    x > 0 ? p - 1 : -1,
    x + 1 < width ? p + 1 : -1,
    p + width < width * height ? p + width : -1,
  ];
}
