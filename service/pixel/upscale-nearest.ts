import type { PixelImage } from "./image.ts";

/** Makes every pixel a square of `factor` x `factor` pixels (nearest neighbor). `factor` is a whole number >= 1. */
export function upscaleNearest(image: PixelImage, factor: number): PixelImage {
  if (!Number.isInteger(factor) || factor < 1) {
    throw new RangeError(`factor must be a whole number of at least 1, not ${factor}.`);
  }
  if (factor === 1) return image;
  const width = image.width * factor;
  const height = image.height * factor;
  const data = new Uint8Array(4 * width * height);
  const row = 4 * width;
  for (let y = 0; y < image.height; y++) {
    const start = y * factor * row;
    for (let x = 0; x < image.width; x++) {
      const from = 4 * (y * image.width + x);
      const pixel = image.data.subarray(from, from + 4);
      for (let i = 0; i < factor; i++) data.set(pixel, start + 4 * (x * factor + i));
    }
    for (let i = 1; i < factor; i++) data.copyWithin(start + i * row, start, start + row);
  }
  return { width, height, data };
}
