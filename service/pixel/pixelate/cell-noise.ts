import type { CellColors } from "./cell-colors.ts";

/** Neighbors farther apart than this are different colors, not noise. */
const MOST_NOISE = 0.05;
/** The lower quartile of the length of a normal variable, in standard deviations. */
const LOWER_QUARTILE = 0.3186;

/** The standard deviation of the noise of cell colors along each coordinate of `looks`. */
export type CellNoise = readonly [number, number, number];

/**
 * Estimates the noise of the cell colors along each coordinate of `looks`, from the steps between drawn neighbors
 * that are nearly alike, of which pixel art has many. A codec leaves more noise in lightness than in chroma. The
 * lower quartile is used, not the median: where similar colors alternate, most small steps are not noise. 0 if
 * there are no such neighbors.
 */
export function cellNoise({ width, height, drawn }: CellColors, looks: Float32Array): CellNoise {
  const steps: [number[], number[], number[]] = [[], [], []];
  const compare = (one: number, other: number): void => {
    if (!drawn[one] || !drawn[other]) return;
    const l = looks[3 * one]! - looks[3 * other]!;
    const a = looks[3 * one + 1]! - looks[3 * other + 1]!;
    const b = looks[3 * one + 2]! - looks[3 * other + 2]!;
    if (l * l + a * a + b * b >= MOST_NOISE ** 2) return;
    steps[0].push(l);
    steps[1].push(a);
    steps[2].push(b);
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      if (x + 1 < width) compare(cell, cell + 1);
      if (y + 1 < height) compare(cell, cell + width);
    }
  }
  return [deviation(steps[0]), deviation(steps[1]), deviation(steps[2])];
}

/** The standard deviation of one of two values, given their differences. */
function deviation(differences: readonly number[]): number {
  const sizes = Float64Array.from(differences, Math.abs).sort();
  return (sizes[sizes.length >> 2] ?? 0) / (Math.SQRT2 * LOWER_QUARTILE);
}
