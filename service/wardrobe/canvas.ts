import type { Layer } from "./layers.ts";
import type { WardrobeIndex } from "./wardrobe-index.ts";

/** The picture that all frames of a character share, in pixels. */
export interface Canvas {
  width: number;
  height: number;
  /** Where the character stands, between the feet. */
  anchor: { x: number; y: number };
}

/** Sizes are whole multiples of this, so that every reduction of a cell divides them. */
const STEP = 8;

/**
 * Measures the smallest canvas in which nothing is cut: the usual cell, grown to the same width on both sides of the
 * anchor, and upward and downward as far as something reaches. `lift` is how many rows a hop goes up.
 */
export function measureCanvas(index: WardrobeIndex, layers: readonly Layer[], lift: number): Canvas {
  const { cell, anchor } = index;
  let half = Math.max(anchor.x, cell - anchor.x);
  let top = 0;
  let bottom = cell;
  for (const { sheet } of layers) {
    const [x, y, width, height] = sheet.box;
    const size = index.big[sheet.layout]?.cell ?? cell;
    const offset = (cell - size) / 2;
    const left = offset + Math.min(x, sheet.mirrored ? size - x - width : x);
    const right = offset + Math.max(x + width, sheet.mirrored ? size - x : 0);
    half = Math.max(half, anchor.x - left, right - anchor.x);
    top = Math.min(top, offset + y - lift);
    bottom = Math.max(bottom, offset + y + height);
  }
  const above = ceil(-top);
  return {
    width: 2 * ceil(half),
    height: above + ceil(bottom),
    anchor: { x: ceil(half), y: above + anchor.y },
  };
}

function ceil(pixels: number): number {
  return STEP * Math.ceil(pixels / STEP);
}
