import type { PixelImage } from "../../pixel/image.ts";

/** Alpha (0-255) from which a pixel counts as drawn for the network, which knows drawn and not drawn only. */
const DRAWN = 128;

/** Spreads an image into the network's planes: 4 * height * width numbers 0-1, alpha 0 or 1. */
export function toPlanes(image: PixelImage): Float32Array {
  const pixels = image.width * image.height;
  const planes = new Float32Array(4 * pixels);
  for (let p = 0; p < pixels; p++) {
    if (image.data[4 * p + 3]! < DRAWN) continue;
    for (let c = 0; c < 3; c++) planes[c * pixels + p] = image.data[4 * p + c]! / 255;
    planes[3 * pixels + p] = 1;
  }
  return planes;
}

/** Gathers planes (0-1; values outside are clamped) into an image with 8 bits a channel. */
export function fromPlanes(planes: Float32Array, width: number, height: number): PixelImage {
  const pixels = width * height;
  const data = new Uint8Array(4 * pixels);
  for (let p = 0; p < pixels; p++) {
    const alpha = toByte(planes[3 * pixels + p]!);
    if (alpha === 0) continue;
    for (let c = 0; c < 3; c++) data[4 * p + c] = toByte(planes[c * pixels + p]!);
    data[4 * p + 3] = alpha;
  }
  return { width, height, data };
}

function toByte(value: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}

/**
 * Marks the latent cells (factor x factor pixels) that hold no pixel to be drawn. `mask` has one byte
 * a pixel, 1 = draw anew; the result one byte a cell, 1 = the whole cell is given.
 */
export function givenCells(mask: Uint8Array, width: number, factor: number): Uint8Array {
  const columns = width / factor;
  const cells = new Uint8Array(mask.length / (factor * factor)).fill(1);
  for (const [p, draw] of mask.entries()) {
    const row = Math.floor(p / width / factor);
    if (draw !== 0) cells[row * columns + Math.floor((p % width) / factor)] = 0;
  }
  return cells;
}

/** Returns `latent` (channels planes of cells) with the marked cells taken from `given`. */
export function keepCells(latent: Float32Array, given: Float32Array, cells: Uint8Array): Float32Array {
  return latent.map((value, i) => (cells[i % cells.length] === 1 ? given[i]! : value));
}
