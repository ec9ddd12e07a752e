import { type PixelImage, wordsOf } from "./image.ts";
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
export function indexPixels(image: PixelImage, most: number): IndexedPixels | null {
  const words = wordsOf(image);
  const known = new Map<number, number>();
  const colors: number[] = [];
  const add = (p: number) => {
    known.set(words[p]!, colors.length);
    colors.push(rgba(image.data, 4 * p));
  };
  const clear = findClear(image);
  if (clear >= 0) add(clear);
  const indexes = new Uint8Array(words.length);
  // Runs of one pixel are looked up at once.
  for (let p = 0; p < words.length; ) {
    const word = words[p]!;
    if (!known.has(word)) {
      if (colors.length === most) return null;
      add(p);
    }
    const index = known.get(word)!;
    while (p < words.length && words[p] === word) indexes[p++] = index;
  }
  return { colors, indexes };
}

/** The first transparent pixel, or -1. */
function findClear({ data }: PixelImage): number {
  for (let i = 3; i < data.length; i += 4) if (data[i] === 0) return (i - 3) / 4;
  return -1;
}

/** No bit shifts: they would make the number negative. */
function rgba(data: Uint8Array, offset: number): number {
  return 256 * colorAt(data, offset) + data[offset + 3]!;
}
