import { crop, type PixelImage } from "./image.ts";
import type { PassStep } from "./passes.ts";
import { type PassResult, runPasses } from "./run-passes.ts";

/** A picture of which a part is drawn anew. All else of it is kept, byte for byte. */
export interface Repaint {
  /** The whole picture in its own size. */
  picture: PixelImage;
  /** The model's canvas is a window on the picture: its left upper corner, negative where it sticks out. */
  x: number;
  y: number;
  /** One byte a pixel of the window, 1 = drawn anew. Nothing outside of the picture is. */
  mask: Uint8Array;
}

/** Passes that weigh the colors of all pixels that they see. */
const COLOR_PASSES: readonly PassStep["pass"][] = [
  "flatten",
  "pull-to-palette",
  "limit-colors",
  "snap-palette",
];

/** Cuts the window of a repaint, of the given edges, out of the picture; outside it is transparent. */
export function windowOf({ picture, x, y }: Repaint, width: number, height: number): PixelImage {
  return crop(picture, x, y, width, height);
}

/** Returns the window without its marked pixels: what a model is given to go on from. */
export function keptOf(window: PixelImage, { mask }: Repaint): PixelImage {
  return where(window, mask, 0);
}

/**
 * Runs passes for the marked pixels of a drawn window. Passes of form see the kept pixels around, which are put
 * back after each; passes of color see the marked pixels alone. The input is not written.
 */
export function runRepaintPasses(
  drawn: PixelImage,
  repaint: Repaint,
  steps: readonly PassStep[],
): PassResult {
  const { mask } = repaint;
  const kept = windowOf(repaint, drawn.width, drawn.height);
  let image = mergeMarked(drawn, kept, mask);
  let beforePalette: PixelImage | null = null;
  for (const step of steps) {
    if (step.pass === "limit-colors" || step.pass === "snap-palette") beforePalette ??= image;
    const seen = COLOR_PASSES.includes(step.pass) ? where(image, mask, 1) : image;
    image = mergeMarked(runPasses(seen, [step]).image, kept, mask);
  }
  return { image, beforeBackground: null, beforePalette };
}

/**
 * Lays the marked pixels of a finished window into the picture. In a picture without any transparent pixel those
 * that the window leaves empty stay as they were: the new thing stands on the old ground.
 */
export function pasteMarked(window: PixelImage, { picture, x, y, mask }: Repaint): PixelImage {
  const data = picture.data.slice();
  const isOpaque = picture.data.every((value, i) => i % 4 !== 3 || value !== 0);
  for (const [p, marked] of mask.entries()) {
    const pixel = window.data.subarray(4 * p, 4 * p + 4);
    if (marked === 0 || (isOpaque && pixel[3] === 0)) continue;
    const column = x + (p % window.width);
    const row = y + Math.floor(p / window.width);
    data.set(pixel, 4 * (row * picture.width + column));
  }
  return { width: picture.width, height: picture.height, data };
}

/** Returns `kept` with the marked pixels of `drawn`; both of one size, `mask` one byte a pixel. */
export function mergeMarked(drawn: PixelImage, kept: PixelImage, mask: Uint8Array): PixelImage {
  const data = kept.data.slice();
  for (const [p, marked] of mask.entries()) {
    if (marked !== 0) data.set(drawn.data.subarray(4 * p, 4 * p + 4), 4 * p);
  }
  return { width: kept.width, height: kept.height, data };
}

/** Returns an image of which only the pixels with that byte in the mask are left. */
function where(image: PixelImage, mask: Uint8Array, byte: 0 | 1): PixelImage {
  const data = image.data.map((value, i) => (mask[i >> 2] === byte ? value : 0));
  return { width: image.width, height: image.height, data };
}
