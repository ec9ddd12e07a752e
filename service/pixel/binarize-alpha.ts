import type { PixelImage } from "./image.ts";

/**
 * Makes every pixel opaque (alpha >= threshold) or fully transparent, with its color bytes zeroed.
 * `threshold` is an alpha value, 1 to 255; 128 is half.
 */
export function binarizeAlpha(image: PixelImage, threshold: number): PixelImage {
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! >= threshold) data[i + 3] = 255;
    else data.fill(0, i, i + 4);
  }
  return { width: image.width, height: image.height, data };
}
