import { crop, type PixelImage } from "./image.ts";
import type { PassStep } from "./passes.ts";
import { type PassResult, runPasses } from "./run-passes.ts";

/** A picture of which a part is redrawn. Everything else is kept byte for byte. */
export interface Repaint {
  /** The whole picture at its own size. */
  picture: PixelImage;
  /** The model's canvas is a window onto the picture: its top left corner, negative where it sticks out. */
  x: number;
  y: number;
  /** One byte per pixel of the window, 1 = redrawn. Nothing outside the picture is. */
  mask: Uint8Array;
}

/** Passes that weigh the colors of all pixels they see. */
const COLOR_PASSES: readonly PassStep["pass"][] = [
  "flatten",
  "pull-to-palette",
  "limit-colors",
  "snap-palette",
];

/** Cuts the window of a repaint, of the given size, out of the picture; outside of it is transparent. */
export function windowOf({ picture, x, y }: Repaint, width: number, height: number): PixelImage {
  return crop(picture, x, y, width, height);
}

/** Returns the window without its marked pixels: what the model gets to continue from. */
export function keptOf(window: PixelImage, { mask }: Repaint): PixelImage {
  return where(window, mask, 0);
}

/**
 * Runs passes on the marked pixels of a drawn window. Shape passes see the kept pixels around them, which are restored
 * after each pass; color passes see only the marked pixels. The input is not modified.
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
 * Puts the marked pixels of a finished window into the picture. If the picture has no transparent pixels, those that
 * the window leaves empty stay as they were: the new subject stands on the old background.
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

/** Returns `kept` with the marked pixels of `drawn`; both have the same size, `mask` is one byte per pixel. */
export function mergeMarked(drawn: PixelImage, kept: PixelImage, mask: Uint8Array): PixelImage {
  const data = kept.data.slice();
  for (const [p, marked] of mask.entries()) {
    if (marked !== 0) data.set(drawn.data.subarray(4 * p, 4 * p + 4), 4 * p);
  }
  return { width: kept.width, height: kept.height, data };
}

/** Returns an image with only those pixels for which the mask has that byte. */
function where(image: PixelImage, mask: Uint8Array, byte: 0 | 1): PixelImage {
  const data = image.data.map((value, i) => (mask[i >> 2] === byte ? value : 0));
  return { width: image.width, height: image.height, data };
}
