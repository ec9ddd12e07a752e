import { fitScale } from "./integer-scale.ts";

/** Space around an image of the grid (padding, border, gap), and its caption, in CSS pixels. */
const AROUND = { width: 30, height: 50 };

/**
 * Finds the columns with which `count` equal pictures are shown largest in a box, at a whole scale from 1 to 12;
 * of equal scales the one that is nearest to a square.
 */
export function gridFit(
  count: number,
  picture: { width: number; height: number },
  box: { width: number; height: number },
): { columns: number; scale: number } {
  let best = { columns: 1, scale: 0, rows: count };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cell = { width: box.width / columns - AROUND.width, height: box.height / rows - AROUND.height };
    const scale = fitScale(picture, cell, 12);
    const squarer = Math.abs(columns - rows) < Math.abs(best.columns - best.rows);
    if (scale > best.scale || (scale === best.scale && squarer)) best = { columns, scale, rows };
  }
  return { columns: best.columns, scale: best.scale };
}
