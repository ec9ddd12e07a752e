import { createImage, type PixelImage } from "./image.ts";

/**
 * Takes the pixel in the middle of each of width x height equal cells: a reduction that makes no new color.
 * Of a seamless picture it gives a seamless one, because the steps over the joint are those inside.
 */
export function sampleCells(source: PixelImage, width: number, height: number): PixelImage {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * source.height) / height);
    for (let x = 0; x < width; x++) {
      const column = Math.floor(((x + 0.5) * source.width) / width);
      const from = 4 * (row * source.width + column);
      image.data.set(source.data.subarray(from, from + 4), 4 * (y * width + x));
    }
  }
  return image;
}
