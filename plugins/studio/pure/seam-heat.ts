import type { Pixels } from "./pixels.ts";

/** How hard the joints of a repeated tile are, pixel by pixel. */
export interface SeamHeat {
  /** For each row: the step from the last column to the first one, 0 (none) to 1 (at least four times the usual one). */
  right: number[];
  /** For each column: the step from the last row to the first one, likewise. */
  bottom: number[];
  /** Mean step over the joint against the mean step inside; at most 1 means that it does not show. */
  ratioX: number;
  ratioY: number;
}

/**
 * Measures the joints of a tile against the steps between its own neighboring pixels, with the measure of `checks`:
 * a joint is only visible when it steps harder than the texture does anyway. Heat 0.25 is the usual step inside.
 */
export function seamHeat(tile: Pixels): SeamHeat {
  const { width, height } = tile;
  const right = Array.from({ length: height }, (_, y) => step(tile, [width - 1, y], [0, y]));
  const bottom = Array.from({ length: width }, (_, x) => step(tile, [x, height - 1], [x, 0]));
  const insideX: number[] = [];
  const insideY: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x + 1 < width) insideX.push(step(tile, [x, y], [x + 1, y]));
      if (y + 1 < height) insideY.push(step(tile, [x, y], [x, y + 1]));
    }
  }
  const [meanX, meanY] = [mean(insideX), mean(insideY)];
  return {
    right: right.map((value) => heatOf(value, meanX)),
    bottom: bottom.map((value) => heatOf(value, meanY)),
    ratioX: ratio(mean(right), meanX),
    ratioY: ratio(mean(bottom), meanY),
  };
}

/** Mean difference of the four channels; fully transparent pixels are all alike. */
function step({ width, data }: Pixels, [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const a = (ay * width + ax) * 4;
  const b = (by * width + bx) * 4;
  const [alphaA = 0, alphaB = 0] = [data[a + 3], data[b + 3]];
  if (alphaA === 0 && alphaB === 0) return 0;
  let sum = 0;
  for (let c = 0; c < 4; c++) sum += Math.abs((data[a + c] ?? 0) - (data[b + c] ?? 0));
  return sum / 4;
}

function heatOf(value: number, usual: number): number {
  if (value === 0) return 0;
  return usual === 0 ? 1 : Math.min(1, value / (4 * usual));
}

function ratio(joint: number, inside: number): number {
  if (joint === 0) return 0;
  return inside === 0 ? Number.POSITIVE_INFINITY : joint / inside;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
