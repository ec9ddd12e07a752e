import type { PixelImage } from "./image.ts";

/**
 * Scale2x and Scale3x: enlargements for pixel art that smooth stairsteps into slopes. They only copy pixels, so they
 * add no colors and no partial alpha. Larger factors are chains of the two.
 * Source: Andrea Mazzoleni, AdvanceMAME, "Scale2x" (2001): the rules of its effect page.
 */
const CHAINS: ReadonlyMap<number, readonly (2 | 3)[]> = new Map([
  [1, []],
  [2, [2]],
  [3, [3]],
  [4, [2, 2]],
  [6, [2, 3]],
  [8, [2, 2, 2]],
  [9, [3, 3]],
]);

/** The factors that `enlargeScaleX` takes, ascending. */
export const SCALE_X_FACTORS: readonly number[] = [...CHAINS.keys()];

/** Enlarges pixel art by 1, 2, 3, 4, 6, 8 or 9 with Scale2x and Scale3x; throws a RangeError for other factors. */
export function enlargeScaleX(image: PixelImage, factor: number): PixelImage {
  const chain = CHAINS.get(factor);
  if (chain === undefined) {
    throw new RangeError(`factor must be one of ${SCALE_X_FACTORS.join(", ")}, not ${factor}.`);
  }
  let result = image;
  for (const step of chain) result = step === 2 ? scale2x(result) : scale3x(result);
  return result;
}

/** Pixels as integers: the rules only compare and copy them. */
function words(image: PixelImage): Uint32Array {
  return new Uint32Array(image.data.slice().buffer);
}

function imageOf(pixels: Uint32Array, width: number, height: number): PixelImage {
  return { width, height, data: new Uint8Array(pixels.buffer) };
}

function scale2x(image: PixelImage): PixelImage {
  const { width, height } = image;
  const source = words(image);
  const target = new Uint32Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    const up = width * Math.max(0, y - 1);
    const row = width * y;
    const down = width * Math.min(height - 1, y + 1);
    for (let x = 0; x < width; x++) {
      const e = source[row + x]!;
      const b = source[up + x]!;
      const h = source[down + x]!;
      const d = source[row + Math.max(0, x - 1)]!;
      const f = source[row + Math.min(width - 1, x + 1)]!;
      const at = 4 * row + 2 * x;
      const sloped = b !== h && d !== f;
      target[at] = sloped && d === b ? d : e;
      target[at + 1] = sloped && b === f ? f : e;
      target[at + 2 * width] = sloped && d === h ? d : e;
      target[at + 2 * width + 1] = sloped && h === f ? f : e;
    }
  }
  return imageOf(target, 2 * width, 2 * height);
}

function scale3x(image: PixelImage): PixelImage {
  const { width, height } = image;
  const source = words(image);
  const target = new Uint32Array(9 * width * height);
  for (let y = 0; y < height; y++) {
    const up = width * Math.max(0, y - 1);
    const row = width * y;
    const down = width * Math.min(height - 1, y + 1);
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - 1);
      const right = Math.min(width - 1, x + 1);
      const a = source[up + left]!;
      const b = source[up + x]!;
      const c = source[up + right]!;
      const d = source[row + left]!;
      const e = source[row + x]!;
      const f = source[row + right]!;
      const g = source[down + left]!;
      const h = source[down + x]!;
      const i = source[down + right]!;
      const block = [e, e, e, e, e, e, e, e, e];
      if (b !== h && d !== f) {
        if (d === b) block[0] = d;
        if ((d === b && e !== c) || (b === f && e !== a)) block[1] = b;
        if (b === f) block[2] = f;
        if ((d === b && e !== g) || (d === h && e !== a)) block[3] = d;
        if ((b === f && e !== i) || (h === f && e !== c)) block[5] = f;
        if (d === h) block[6] = d;
        if ((d === h && e !== i) || (h === f && e !== g)) block[7] = h;
        if (h === f) block[8] = f;
      }
      const at = 9 * width * y + 3 * x;
      for (let k = 0; k < 9; k++) target[at + 3 * width * Math.floor(k / 3) + (k % 3)] = block[k]!;
    }
  }
  return imageOf(target, 3 * width, 3 * height);
}
