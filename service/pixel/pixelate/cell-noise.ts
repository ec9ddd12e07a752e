import type { CellColors } from "./cell-colors.ts";

/** Neighbours further apart than this are different colours, not noise. */
const MOST_NOISE = 0.05;
/** The median length of a difference of two normal vectors in three dimensions, in standard deviations. */
const MEDIAN_DIFFERENCE = Math.SQRT2 * 1.538;

/**
 * Estimates the noise of the cell colours: the standard deviation along one coordinate of `looks`, from the drawn
 * neighbours that are nearly alike, of which pixel art has many. 0 where there are none.
 */
export function cellNoise({ width, height, drawn }: CellColors, looks: Float32Array): number {
  const distances: number[] = [];
  const compare = (one: number, other: number): void => {
    if (!drawn[one] || !drawn[other]) return;
    const l = looks[3 * one]! - looks[3 * other]!;
    const a = looks[3 * one + 1]! - looks[3 * other + 1]!;
    const b = looks[3 * one + 2]! - looks[3 * other + 2]!;
    const distance = Math.sqrt(l * l + a * a + b * b);
    if (distance < MOST_NOISE) distances.push(distance);
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      if (x + 1 < width) compare(cell, cell + 1);
      if (y + 1 < height) compare(cell, cell + width);
    }
  }
  if (distances.length === 0) return 0;
  distances.sort((one, other) => one - other);
  return distances[distances.length >> 1]! / MEDIAN_DIFFERENCE;
}
