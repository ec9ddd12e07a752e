import type { PixelImage } from "./image.ts";
import { colorAt } from "./parse-hex.ts";

/** An image as a list of its distinct pixels, 0xRRGGBBAA, and the index of every pixel in it. */
export interface IndexedPixels {
  colors: number[];
  indexes: Uint8Array;
}

/**
 * Lists the distinct pixels of an image, exactly: transparent first if there is one, then in order of
 * appearance. Returns null if there are more than `most`, which is at most 256.
 */
export function indexPixels({ data }: PixelImage, most: number): IndexedPixels | null {
  const known = new Map<number, number>();
  const clear = data.findIndex((alpha, i) => i % 4 === 3 && alpha === 0);
  if (clear >= 0) known.set(rgba(data, clear - 3), 0);
  const indexes = new Uint8Array(data.length / 4);
  for (let i = 0; i < data.length; i += 4) {
    const color = rgba(data, i);
    let index = known.get(color);
    if (index === undefined) {
      index = known.size;
      if (index === most) return null;
      known.set(color, index);
    }
    indexes[i / 4] = index;
  }
  return { colors: [...known.keys()], indexes };
}

/** No bit shifts: they would make the number negative. */
function rgba(data: Uint8Array, offset: number): number {
  return 256 * colorAt(data, offset) + data[offset + 3]!;
}
