import type { PixelImage } from "../image.ts";
import { type Oklab, squaredDistance, toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";

/** The two sides must differ by at least this much in OKLab: between similar tones, a tone in between is shading. */
const LEAST_CONTRAST = 0.2;
/** How far the pixel may be from the line between the two sides, as a share of their distance. */
const MOST_OFF_LINE = 0.2;

/**
 * Removes the half-tones that the soft edge of an outline leaves: a pixel whose color lies between those of two opposite
 * neighbors that differ a lot, and that has at most one neighbor of its own color, takes the nearer of the two. Each
 * pixel is judged on the input. This also removes hand-made anti-aliasing.
 */
export function cleanHalftones(image: PixelImage): PixelImage {
  const { width, height, data } = image;
  const clean = data.slice();
  const known = new Map<number, Oklab>();
  const look = (pixel: number): Oklab => {
    const color = colorAt(data, 4 * pixel);
    const lab = known.get(color) ?? toOklab(color);
    known.set(color, lab);
    return lab;
  };
  const drawn = (pixel: number): boolean => data[4 * pixel + 3] !== 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      if (!drawn(at) || countAlike(data, at, width) > 1) continue;
      for (const step of [1, width]) {
        const [one, other] = [at - step, at + step];
        if (!drawn(one) || !drawn(other)) continue;
        const side = nearerSide(look(at), look(one), look(other));
        if (side !== 0) setColor(clean, 4 * at, colorAt(data, 4 * (side < 0 ? one : other)));
        if (side !== 0) break;
      }
    }
  }
  return { width, height, data: clean };
}

/** -1: a mixture closer to the first side, 1: to the second, 0: not a mixture of them. */
function nearerSide(middle: Oklab, one: Oklab, other: Oklab): -1 | 0 | 1 {
  const whole = squaredDistance(one, other);
  if (whole < LEAST_CONTRAST ** 2) return 0;
  const first = squaredDistance(one, middle);
  const second = squaredDistance(other, middle);
  const share = (first - second + whole) / (2 * whole);
  const offLine = Math.max(0, first - share * share * whole);
  if (share < 0.15 || share > 0.85 || offLine > MOST_OFF_LINE ** 2 * whole) return 0;
  return share < 0.5 ? -1 : 1;
}

/** How many of the eight neighbors have the same color. */
function countAlike(data: Uint8Array, at: number, width: number): number {
  const color = colorAt(data, 4 * at);
  let count = 0;
  for (const row of [-width, 0, width]) {
    for (const column of [-1, 0, 1]) {
      const other = 4 * (at + row + column);
      if (row + column !== 0 && data[other + 3] !== 0 && colorAt(data, other) === color) count++;
    }
  }
  return count;
}
