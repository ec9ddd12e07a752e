import type { CellColors } from "./cell-colors.ts";

/** Neighbors farther apart than this are different colors, not noise. */
const MOST_NOISE = 0.05;
/** The lower quartile of the length of a normal variable, in standard deviations. */
const LOWER_QUARTILE = 0.3186;
/** Of a large picture about this many cells are compared. */
const ENOUGH_CELLS = 20_000;

/** The standard deviation of the noise of cell colors along each coordinate of `looks`. */
export type CellNoise = readonly [number, number, number];

/**
 * Estimates the noise of the cell colors along each coordinate of `looks`, from the steps between drawn neighbors
 * that are nearly alike, of which pixel art has many. A codec leaves more noise in lightness than in chroma. The
 * lower quartile is used, not the median: where similar colors alternate, most small steps are not noise. 0 if
 * there are no such neighbors.
 */
export function cellNoise({ width, height, drawn }: CellColors, looks: Float32Array): CellNoise {
  const stride = Math.max(1, Math.floor((width * height) / ENOUGH_CELLS));
  const most = 2 * Math.ceil((width * height) / stride);
  const steps = [new Float32Array(most), new Float32Array(most), new Float32Array(most)] as const;
  let count = 0;
  const compare = (one: number, other: number): void => {
    if (!drawn[one] || !drawn[other]) return;
    const l = looks[3 * one]! - looks[3 * other]!;
    const a = looks[3 * one + 1]! - looks[3 * other + 1]!;
    const b = looks[3 * one + 2]! - looks[3 * other + 2]!;
    if (l * l + a * a + b * b >= MOST_NOISE ** 2) return;
    steps[0][count] = Math.abs(l);
    steps[1][count] = Math.abs(a);
    steps[2][count] = Math.abs(b);
    count++;
  };
  for (let cell = 0; cell < width * height; cell += stride) {
    if ((cell + 1) % width !== 0) compare(cell, cell + 1);
    if (cell + width < width * height) compare(cell, cell + width);
  }
  const [l, a, b] = steps.map((sizes) => deviation(sizes.subarray(0, count)));
  return [l ?? 0, a ?? 0, b ?? 0];
}

/** The standard deviation of one of two values, given the sizes of their differences, which are sorted. */
function deviation(sizes: Float32Array): number {
  return (sizes.sort()[sizes.length >> 2] ?? 0) / (Math.SQRT2 * LOWER_QUARTILE);
}
