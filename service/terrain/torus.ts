import { createImage, type PixelImage } from "../pixel/image.ts";
import { colorAt, setColor } from "../pixel/parse-hex.ts";

/** Moves all pixels by dx, dy, whole pixels of any sign; what leaves on one side comes back in on the other. */
export function roll({ width, height, data }: PixelImage, dx: number, dy: number): PixelImage {
  const moved = createImage(width, height);
  const shift = ((dx % width) + width) % width;
  for (let y = 0; y < height; y++) {
    const from = 4 * width * ((((y - dy) % height) + height) % height);
    const split = from + 4 * (width - shift);
    moved.data.set(data.subarray(from, split), 4 * (y * width + shift));
    moved.data.set(data.subarray(split, from + 4 * width), 4 * y * width);
  }
  return moved;
}

/** Reads the color, 0xRRGGBB, at a place in an image whose edges join. Whole pixels of any sign. */
export function colorOn({ width, height, data }: PixelImage, x: number, y: number): number {
  const column = ((x % width) + width) % width;
  const row = ((y % height) + height) % height;
  return colorAt(data, 4 * (row * width + column));
}

/** Makes an opaque image of the same size; `color` gives the color of each place, 0xRRGGBB. */
export function mapPixels(
  { width, height }: { width: number; height: number },
  color: (x: number, y: number) => number,
): PixelImage {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const offset = 4 * (y * width + x);
      setColor(image.data, offset, color(x, y));
      image.data[offset + 3] = 255;
    }
  }
  return image;
}

/** Sum of the absolute differences of the three channels of two colors: 0 to 765. */
export function colorStep(one: number, other: number): number {
  return (
    Math.abs((one >> 16) - (other >> 16)) +
    Math.abs(((one >> 8) & 255) - ((other >> 8) & 255)) +
    Math.abs((one & 255) - (other & 255))
  );
}
