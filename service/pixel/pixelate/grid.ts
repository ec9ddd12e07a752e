/**
 * The cells of a picture of pixel art. `cutsX` are the x of the cell borders in picture pixels, ascending, one more
 * than there are columns; the outer ones may lie up to half a cell outside the picture. `bendX[y]` is how far the
 * borders in row y are shifted to the right of that: lines in generated pictures wave. The same goes for y.
 */
export interface CellGrid {
  readonly cutsX: Float64Array;
  readonly cutsY: Float64Array;
  readonly bendX: Float32Array;
  readonly bendY: Float32Array;
}

/** Makes a grid of straight, evenly spaced lines that starts at 0. */
export function evenGrid(
  { width, height }: { width: number; height: number },
  columns: number,
  rows: number,
): CellGrid {
  return {
    cutsX: Float64Array.from({ length: columns + 1 }, (_, i) => (i * width) / columns),
    cutsY: Float64Array.from({ length: rows + 1 }, (_, i) => (i * height) / rows),
    bendX: new Float32Array(height),
    bendY: new Float32Array(width),
  };
}

/** The mean distance between the lines, in picture pixels. */
export function meanPitch(cuts: ArrayLike<number>): number {
  return (cuts[cuts.length - 1]! - cuts[0]!) / (cuts.length - 1);
}

/** The grid of a picture after that picture was enlarged by a whole number. */
export function enlargeGrid({ cutsX, cutsY, bendX, bendY }: CellGrid, factor: number): CellGrid {
  const stretch = (bend: Float32Array): Float32Array =>
    Float32Array.from({ length: bend.length * factor }, (_, i) => factor * bend[Math.floor(i / factor)]!);
  return {
    cutsX: cutsX.map((cut) => factor * cut),
    cutsY: cutsY.map((cut) => factor * cut),
    bendX: stretch(bendX),
    bendY: stretch(bendY),
  };
}
