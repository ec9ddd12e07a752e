import type { Box, Mask, Raster } from "./raster.ts";

/** A connected part of a drawing. */
export interface Part {
  pixels: number[];
  area: number;
  box: Box;
}

type Size = Pick<Raster, "width" | "height">;

/** Splits the pixels that `holds` names (not 0) into connected parts, diagonals included. */
export function partsOf({ width, height }: Size, holds: ArrayLike<number>): Part[] {
  const seen = new Uint8Array(width * height);
  const parts: Part[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !holds[start]) continue;
    const pixels = [start];
    const box = { left: width, top: height, right: -1, bottom: -1 };
    seen[start] = 1;
    for (let at = 0; at < pixels.length; at++) {
      const i = pixels[at]!;
      const x = i % width;
      const y = (i - x) / width;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (seen[next] || !holds[next]) continue;
          seen[next] = 1;
          pixels.push(next);
        }
      }
    }
    parts.push({ pixels, area: pixels.length, box });
  }
  return parts;
}

/** Places of the eight pixels around one. */
export function around(i: number, { width, height }: Size): number[] {
  const x = i % width;
  const y = (i - x) / width;
  const found: number[] = [];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [nx, ny] = [x + dx, y + dy];
      if ((dx !== 0 || dy !== 0) && nx >= 0 && ny >= 0 && nx < width && ny < height)
        found.push(ny * width + nx);
    }
  }
  return found;
}

export function maskOf(pixels: readonly number[], { width, height }: Size): Mask {
  const mask = new Uint8Array(width * height);
  for (const i of pixels) mask[i] = 1;
  return mask;
}
