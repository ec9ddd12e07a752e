import type { PixelImage } from "../pixel/image.ts";
import type { Drawing } from "./draw-layer.ts";
import type { WornPart } from "./worn-parts.ts";

/** Gives the pixels of a drawing the colors that its parts are worn in. */
export function toImage({ width, height, pixels }: Drawing, worn: readonly WornPart[]): PixelImage {
  const data = new Uint8Array(4 * width * height);
  for (let p = 0; p < pixels.length; p++) {
    const pixel = pixels[p] ?? 0;
    if (pixel === 0) continue;
    const color = colorOf(pixel, worn);
    data[4 * p] = color >> 16;
    data[4 * p + 1] = (color >> 8) & 255;
    data[4 * p + 2] = color & 255;
    data[4 * p + 3] = 255;
  }
  return { width, height, data };
}

/** The color of a pixel that is not transparent, 0xRRGGBB. */
export function colorOf(pixel: number, worn: readonly WornPart[]): number {
  return worn[(pixel >> 8) - 1]?.table[pixel & 255] ?? 0;
}
