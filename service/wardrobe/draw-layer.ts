import { type Cells, runsOf } from "./read-cells.ts";
import type { WardrobeIndex, WardrobeSheet } from "./wardrobe-index.ts";

/** A frame in numbers: who drew each pixel, and with which color. 0 is transparent. */
export interface Drawing {
  width: number;
  height: number;
  /** 256 * (number of the part + 1) + number of the color. */
  pixels: Uint16Array;
  /** Middle of the top edge of the head, also where a hat covers it; null for nobody's head. */
  head: { x: number; y: number } | null;
}

/** A cell of a sheet, and where the usual cell begins in the drawing. */
export interface Placed {
  sheet: WardrobeSheet;
  cells: Cells;
  cell: { first: number; mirrored: boolean };
  at: { x: number; y: number };
}

/** Finds the cell of an action: its number in the sheet, and whether it is seen in a mirror. */
export function findCell(
  index: WardrobeIndex,
  sheet: WardrobeSheet,
  { action, direction, frame }: { action: string; direction: string; frame: number },
): Placed["cell"] | undefined {
  const run = runsOf(index, sheet).find((one) => one.action === action);
  if (!run) return undefined;
  const mirrored = direction === "east" && sheet.mirrored === true && run.directions.includes("west");
  // Who falls does so in one direction, and who climbs is seen from behind.
  const row = Math.max(0, run.directions.indexOf(mirrored ? "west" : direction));
  return { first: run.first + row * run.frames + Math.min(frame, run.frames - 1), mirrored };
}

/** Draws a cell of edge `size` over what is there. */
export function drawCell(
  drawing: Drawing,
  { cell, sheet, cells: { data, stride }, at }: Placed,
  { owner, size }: { owner: number; size: number },
): void {
  const [x, y, width, height] = sheet.box;
  const left = at.x + (cell.mirrored ? size - x - width : x);
  const step = cell.mirrored ? -1 : 1;
  for (let row = 0; row < height; row++) {
    const to = at.y + y + row;
    if (to < 0 || to >= drawing.height) continue;
    const from = (cell.first * height + row) * stride + 1;
    let column = cell.mirrored ? left + width - 1 : left;
    for (let i = 0; i < width; i++, column += step) {
      const number = data[from + i] ?? 0;
      if (number === 0 || column < 0 || column >= drawing.width) continue;
      drawing.pixels[to * drawing.width + column] = 256 * (owner + 1) + number;
    }
  }
}

/** A head seen from the front or from behind, turned to one side. */
export interface Turn {
  /** The middle of the head in its cell. */
  middle: number;
  /** Columns by which its middle moves: west is negative. */
  columns: number;
}

/** Half the width of a head, in pixels: what is further out, such as the brim of a hat, stays. */
const HALF_HEAD = 11;

/** Draws a cell of edge `size` as drawCell does, its columns wider on one side of the head and narrower on the other. */
export function drawTurned(
  drawing: Drawing,
  placed: Placed,
  { owner, size, turn }: { owner: number; size: number; turn: Turn },
): void {
  const { cell, sheet, cells, at } = placed;
  const [x, y, width, height] = sheet.box;
  for (let target = 0; target < size; target++) {
    const source = turnedFrom(target, turn);
    const i = (cell.mirrored ? size - 1 - source : source) - x;
    const column = at.x + target;
    if (i < 0 || i >= width || column < 0 || column >= drawing.width) continue;
    for (let row = 0; row < height; row++) {
      const to = at.y + y + row;
      const number = cells.data[(cell.first * height + row) * cells.stride + 1 + i] ?? 0;
      if (number !== 0 && to >= 0 && to < drawing.height)
        drawing.pixels[to * drawing.width + column] = 256 * (owner + 1) + number;
    }
  }
}

/** The column of a head that a turn shows in a column. */
function turnedFrom(target: number, { middle, columns }: Turn): number {
  const u = target + 0.5 - middle;
  if (Math.abs(u) >= HALF_HEAD) return target;
  const v =
    u <= columns
      ? ((u + HALF_HEAD) * HALF_HEAD) / (HALF_HEAD + columns) - HALF_HEAD
      : HALF_HEAD - ((HALF_HEAD - u) * HALF_HEAD) / (HALF_HEAD - columns);
  return Math.floor(v + middle);
}

/** Finds the middle of the top edge of what a cell holds, whether or not something covers it later. */
export function topOfCell(
  { cell, sheet, cells: { data, stride }, at }: Placed,
  size: number,
): { x: number; y: number } | null {
  const [x, y, width, height] = sheet.box;
  let left = width;
  let right = -1;
  let top = -1;
  for (let row = 0; row < height; row++) {
    const from = (cell.first * height + row) * stride + 1;
    for (let i = 0; i < width; i++) {
      if (data[from + i] === 0) continue;
      if (top < 0) top = row;
      left = Math.min(left, i);
      right = Math.max(right, i);
    }
  }
  if (right < 0) return null;
  const middle = x + (left + right + 1) / 2;
  return { x: at.x + (cell.mirrored ? size - middle : middle), y: at.y + y + top };
}
