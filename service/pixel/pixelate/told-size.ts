import type { CellGrid } from "./grid.ts";
import type { PixelateOptions } from "./options.ts";
import type { GridEvidence } from "./recover-grid.ts";
import { FINE, type Profile } from "./straighten.ts";

/** How far the first of evenly spaced lines may lie from where it leaves equal rests on both sides, in cells. */
const MOST_OFFSET = 0.5;

/** How many cells the options ask for, or null if they say nothing: what is told is what comes out. */
export function askedCells(
  image: { width: number; height: number },
  { width, height, pixelSize }: PixelateOptions,
): { columns: number; rows: number } | null {
  const pitch =
    width !== undefined ? image.width / width : height !== undefined ? image.height / height : pixelSize;
  if (pitch === undefined) return null;
  return {
    columns: width ?? Math.max(1, Math.round(image.width / pitch)),
    rows: height ?? Math.max(1, Math.round(image.height / pitch)),
  };
}

/** Divides a picture evenly into as many cells as asked, shifted to where most borders lie on the lines. */
export function cutAsAsked(
  { x, y }: GridEvidence,
  { columns, rows }: { columns: number; rows: number },
): CellGrid {
  return { cutsX: evenCuts(x, columns), cutsY: evenCuts(y, rows), bendX: x.bend, bendY: y.bend };
}

function evenCuts({ strength, length }: Profile, count: number): Float64Array {
  const pitch = length / count;
  const most = Math.floor(MOST_OFFSET * pitch * FINE);
  let best = { offset: 0, sum: Number.NEGATIVE_INFINITY };
  // From the middle outwards, so that without evidence nothing is shifted.
  for (let i = 0; i <= 2 * most; i++) {
    const offset = (i % 2 === 0 ? i / 2 : -(i + 1) / 2) / FINE;
    let sum = 0;
    for (let line = 0; line <= count; line++)
      sum += strength[Math.round((line * pitch + offset) * FINE)] ?? 0;
    if (sum > best.sum) best = { offset, sum };
  }
  return Float64Array.from({ length: count + 1 }, (_, i) => i * pitch + best.offset);
}
