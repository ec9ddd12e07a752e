import { createImage, drawnBounds, type PixelImage, place } from "../pixel/image.ts";
import { kCentroid } from "../pixel/k-centroid.ts";
import type { MotionSet } from "./people.ts";

/** How the cells of a motion set become frames on a canvas. */
export interface PersonFit {
  /** Rows of a cell to drop. */
  drop: readonly number[];
  /** Edge of a cell on the canvas, in pixels: if it is less than the set's, the cell is downscaled. */
  edge: number;
  /** Where the top left corner of the cell goes. */
  x: number;
  y: number;
  anchor: { x: number; y: number };
}

/** How many rows walking feet come below the line on which the character stands. */
const BELOW = 2;
/** Rows above the feet that nobody misses, in the order in which they are dropped: torso, shins, thighs. */
const SPARE = [24, 8, 19, 12, 28, 5, 15, 22];

/**
 * Plans how characters of a set are placed on a canvas, the same for all frames and directions. `box` is the bounding
 * box of all their frames in a cell. If there is room, they are used as they are; if up to eight rows are missing, rows
 * are dropped from torso and legs; on smaller canvases the cells are downscaled (k-centroid).
 */
export function planFit(
  { cell, anchor }: MotionSet,
  box: { x: number; y: number; width: number; height: number },
  canvas: { width: number; height: number },
): PersonFit {
  const need = anchor.y - box.y;
  const spare = need + BELOW - canvas.height;
  const wide = box.width <= canvas.width;
  if (wide && spare <= SPARE.length) {
    const drop = SPARE.slice(0, Math.max(0, spare)).map((above) => anchor.y - above);
    const feet = canvas.height - BELOW;
    return placeAt({ drop, edge: cell, feet, canvas, anchor: { x: anchor.x, y: anchor.y - drop.length } });
  }
  const scale = Math.min((canvas.height - 1) / need, canvas.width / box.width);
  const edge = Math.max(8, Math.min(cell, Math.floor(cell * scale)));
  const small = { x: Math.round((anchor.x * edge) / cell), y: Math.round((anchor.y * edge) / cell) };
  return placeAt({ drop: [], edge, feet: canvas.height - 1, canvas, anchor: small });
}

function placeAt(fit: {
  drop: readonly number[];
  edge: number;
  feet: number;
  canvas: { width: number; height: number };
  anchor: { x: number; y: number };
}): PersonFit {
  const { drop, edge, feet, canvas, anchor } = fit;
  const middle = Math.floor(canvas.width / 2);
  return { drop, edge, x: middle - anchor.x, y: feet - anchor.y, anchor: { x: middle, y: feet } };
}

/** Puts a cell on a canvas as planned. Colors may be slightly off afterward: snap them to the palette of the cell. */
export function fitPerson(
  cell: PixelImage,
  fit: PersonFit,
  canvas: { width: number; height: number },
): PixelImage {
  const whole = fit.drop.length === 0 ? cell : dropRows(cell, fit.drop);
  const small = fit.edge < cell.width ? kCentroid(whole, fit.edge, fit.edge) : whole;
  return place(small, createImage(canvas.width, canvas.height), fit.x, fit.y);
}

function dropRows({ width, height, data }: PixelImage, rows: readonly number[]): PixelImage {
  const kept = Array.from({ length: height }, (_, y) => y).filter((y) => !rows.includes(y));
  const image = createImage(width, kept.length);
  for (const [i, y] of kept.entries()) {
    image.data.set(data.subarray(4 * y * width, 4 * (y + 1) * width), 4 * i * width);
  }
  return image;
}

/** The bounding box of all frames of a character in one cell, over all actions and directions. */
export function boxOfCells(cells: readonly PixelImage[]): {
  x: number;
  y: number;
  width: number;
  height: number;
} {
  const boxes = cells.flatMap((image) => drawnBounds(image) ?? []);
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
