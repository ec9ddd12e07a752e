import { createImage, type PixelImage } from "./image.ts";

/**
 * Takes the pixel in the middle of each of width x height equal cells: a downscale that adds no colors.
 * A seamless picture stays seamless, because the steps across the seam are the same as inside.
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
