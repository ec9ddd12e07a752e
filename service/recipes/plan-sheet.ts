import type { StyleSheet } from "./styles.ts";

/** How many cells stand on one image. */
export interface SheetGrid {
  columns: number;
  rows: number;
}

/** Smallest cell edge on a sheet, in pixels: below it nothing is readable. */
const MIN_CELL = 16;

/**
 * Chooses the grid of a sheet of an asked size, in whole cells: as many cells as there is room for, or
 * exactly one a direction where the sheet turns its subject. Without room it is one cell.
 */
export function planSheet(sheet: StyleSheet, width: number, height: number): SheetGrid {
  if (sheet.directions) return turnGrid(sheet.directions.length, width, height);
  const cell = Math.max(width, height) >= 2 * sheet.cell ? sheet.cell : MIN_CELL;
  return { columns: wholeCells(width, cell), rows: wholeCells(height, cell) };
}

function turnGrid(cells: number, width: number, height: number): SheetGrid {
  let best: SheetGrid & { skew: number } = { columns: 1, rows: 1, skew: Number.POSITIVE_INFINITY };
  for (let columns = 1; columns <= cells; columns++) {
    const rows = cells / columns;
    if (cells % columns !== 0 || width % columns !== 0 || height % rows !== 0) continue;
    const [w, h] = [width / columns, height / rows];
    const skew = Math.abs(Math.log(w / h));
    if (Math.min(w, h) >= MIN_CELL && skew < best.skew) best = { columns, rows, skew };
  }
  return { columns: best.columns, rows: best.rows };
}

/** The most cells of at least `cell` pixels that divide an edge without a rest. */
function wholeCells(edge: number, cell: number): number {
  let count = Math.max(1, Math.floor(edge / cell));
  while (edge % count !== 0) count--;
  return count;
}
