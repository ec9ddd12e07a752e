import type { PixelImage } from "./image.ts";

/** Alpha and luminance (0-255) above which a pixel counts as painted, and as white. */
const HALF = 127;

/**
 * Reads a painted mask: one byte per pixel, 1 = marked. White marks; black and transparent do not. A mask without any
 * white that was painted on transparency, in any dark color, marks whatever is painted. Luminance follows
 * ITU-R BT.601.
 */
export function readMask({ width, height, data }: PixelImage): Uint8Array {
  const painted = new Uint8Array(width * height);
  const white = new Uint8Array(width * height);
  for (let p = 0; p < painted.length; p++) {
    const [r, g, b, alpha] = data.subarray(4 * p, 4 * p + 4);
    painted[p] = Number(alpha! > HALF);
    white[p] = painted[p]! & Number((299 * r! + 587 * g! + 114 * b!) / 1000 > HALF);
  }
  return white.includes(1) || !painted.includes(0) ? white : painted;
}

/** Bounding box of the marked pixels of a mask whose rows have `width` bytes, or null if nothing is marked. */
export function markedBounds(
  mask: Uint8Array,
  width: number,
): { x: number; y: number; width: number; height: number } | null {
  const [columns, rows]: [number[], number[]] = [[], []];
  for (const [p, marked] of mask.entries()) {
    if (marked === 0) continue;
    columns.push(p % width);
    rows.push(Math.floor(p / width));
  }
  if (rows.length === 0) return null;
  const [x, y] = [Math.min(...columns), Math.min(...rows)];
  return { x, y, width: Math.max(...columns) - x + 1, height: Math.max(...rows) - y + 1 };
}
