import { countColors } from "../../service/pixel/count-colors.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { mean } from "./rank.ts";

/** What makes pictures valid pixel art, over a set of them. Shares are 0 to 1. */
export interface Validity {
  mostColors: number;
  meanColors: number;
  /** Share of the drawn pixels without a neighbor (of 8) of their very color, mean over the pictures. */
  orphanShare: number;
  /** Pixels whose alpha is neither 0 nor 255, in all pictures. */
  partialAlpha: number;
  /** Pictures with less than 1 pixel in 50 drawn. */
  empty: number;
  /** Pictures with every pixel drawn. */
  full: number;
}

const LEAST_DRAWN = 1 / 50;

export function measureValidity(images: readonly PixelImage[]): Validity {
  const colors = images.map((image) => countColors(image).size);
  const drawn = images.map(drawnShare);
  return {
    mostColors: Math.max(0, ...colors),
    meanColors: mean(colors),
    orphanShare: mean(images.map(orphanShare)),
    partialAlpha: images.reduce((sum, image) => sum + partialAlpha(image), 0),
    empty: drawn.filter((share) => share < LEAST_DRAWN).length,
    full: drawn.filter((share) => share === 1).length,
  };
}

/** Share of the drawn pixels that have no neighbor (of 8) of their color; 0 for an empty picture. */
export function orphanShare(image: PixelImage): number {
  const { width, height, data } = image;
  const pixels = new Uint32Array(data.slice().buffer);
  let drawn = 0;
  let orphans = 0;
  for (let at = 0; at < pixels.length; at++) {
    if (data[4 * at + 3] === 0) continue;
    drawn++;
    if (!hasTwin(pixels, { width, height }, at)) orphans++;
  }
  return drawn === 0 ? 0 : orphans / drawn;
}

/** Whether one of the 8 neighbors of pixel `at` has its very value. */
function hasTwin(
  pixels: Uint32Array,
  { width, height }: { width: number; height: number },
  at: number,
): boolean {
  const x = at % width;
  const y = (at - x) / width;
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
      const other = v * width + u;
      if (other !== at && pixels[other] === pixels[at]) return true;
    }
  }
  return false;
}

/** Share of drawn pixels that differ by more than 32 in a channel between two images; 0 = the same picture. */
export function pixelDifference(a: PixelImage, b: PixelImage): number {
  let drawn = 0;
  let unlike = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (a.data[i + 3] === 0 && b.data[i + 3] === 0) continue;
    drawn++;
    if ([0, 1, 2, 3].some((c) => Math.abs(a.data[i + c]! - b.data[i + c]!) > 32)) unlike++;
  }
  return drawn === 0 ? 0 : unlike / drawn;
}

function drawnShare({ data }: PixelImage): number {
  let drawn = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) drawn++;
  return (4 * drawn) / data.length;
}

function partialAlpha({ data }: PixelImage): number {
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0 && data[i] !== 255) count++;
  return count;
}
