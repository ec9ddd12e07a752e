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
