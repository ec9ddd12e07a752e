import type { PixelImage } from "../pixel/image.ts";

/** Mirrors an image from left to right. */
export function mirror({ width, height, data }: PixelImage): PixelImage {
  const mirrored = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x);
      mirrored.set(data.subarray(from, from + 4), 4 * (y * width + width - 1 - x));
    }
  }
  return { width, height, data: mirrored };
}
