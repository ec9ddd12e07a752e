import type { PixelImage } from "../image.ts";
import type { CellGrid } from "./grid.ts";

/** The share of a cell, along each axis, that is sampled: its rim is mixed with the neighbors. */
const INNER = 0.55;
/** At most this many samples along each axis: the cost of a cell does not grow with its size. */
const MOST_SAMPLES = 6;

/** One color per cell, row-major: three bytes each as floats, and whether the cell is drawn (1) or clear (0). */
export interface CellColors {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
  readonly drawn: Uint8Array;
}

/**
 * Picks for each cell the color that most of its inside has: the mean of the half of the samples nearest to their
 * median, so that a rim, codec ringing or a speck does not tint it. A cell is drawn if its mean alpha is at least a
 * half; its color then comes from its drawn pixels only, so that no halo bleeds in.
 */
export function cellColors(image: PixelImage, grid: CellGrid): CellColors {
  const width = grid.cutsX.length - 1;
  const height = grid.cutsY.length - 1;
  const rgb = new Float32Array(3 * width * height);
  const drawn = new Uint8Array(width * height);
  const samples = createSamples();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      const alpha = collect(image, grid, { row, column, samples });
      if (alpha < 0.5 || samples.count === 0) continue;
      drawn[cell] = 1;
      settle(samples, rgb, 3 * cell);
    }
  }
  return { width, height, rgb, drawn };
}

interface Samples {
  count: number;
  readonly channels: readonly [Float32Array, Float32Array, Float32Array];
  readonly scratch: Float32Array;
  readonly distances: Float32Array;
}

function createSamples(): Samples {
  const most = MOST_SAMPLES * MOST_SAMPLES;
  const make = (): Float32Array => new Float32Array(most);
  return { count: 0, channels: [make(), make(), make()], scratch: make(), distances: make() };
}

/** Collects the drawn samples of one cell and returns the mean alpha of all of them, 0 to 1. */
function collect(
  { width, height, data }: PixelImage,
  { cutsX, cutsY, bendX, bendY }: CellGrid,
  { row, column, samples }: { row: number; column: number; samples: Samples },
): number {
  const x0 = Math.max(0, cutsX[column]!);
  const x1 = Math.min(width, cutsX[column + 1]!);
  const y0 = Math.max(0, cutsY[row]!);
  const y1 = Math.min(height, cutsY[row + 1]!);
  const across = sampleCount(x1 - x0);
  const down = sampleCount(y1 - y0);
  const rise = bendY[clamp(Math.floor((x0 + x1) / 2), width)]!;
  const [red, green, blue] = samples.channels;
  let alpha = 0;
  samples.count = 0;
  for (let j = 0; j < down; j++) {
    const y = clamp(Math.floor(inside(y0, y1, (j + 0.5) / down) + rise), height);
    const shift = bendX[y]!;
    for (let i = 0; i < across; i++) {
      const x = clamp(Math.floor(inside(x0, x1, (i + 0.5) / across) + shift), width);
      const offset = 4 * (y * width + x);
      alpha += data[offset + 3]!;
      if (data[offset + 3]! < 128) continue;
      red[samples.count] = data[offset]!;
      green[samples.count] = data[offset + 1]!;
      blue[samples.count] = data[offset + 2]!;
      samples.count++;
    }
  }
  return alpha / (255 * across * down);
}

function sampleCount(size: number): number {
  return Math.max(2, Math.min(MOST_SAMPLES, Math.round(INNER * size)));
}

function inside(from: number, to: number, share: number): number {
  return from + (to - from) * ((1 - INNER) / 2 + INNER * share);
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}

/** Writes the mean of the half of the samples nearest to the median. */
function settle(samples: Samples, out: Float32Array, offset: number): void {
  const { count, channels, scratch, distances } = samples;
  distances.fill(0, 0, count);
  for (const channel of channels) {
    const middle = median(channel, count, scratch);
    for (let i = 0; i < count; i++) distances[i] = distances[i]! + (channel[i]! - middle) ** 2;
  }
  const limit = median(distances, count, scratch) + 1e-6;
  for (let c = 0; c < 3; c++) {
    const channel = channels[c]!;
    let sum = 0;
    let near = 0;
    for (let i = 0; i < count; i++) {
      if (distances[i]! > limit) continue;
      sum += channel[i]!;
      near++;
    }
    out[offset + c] = sum / near;
  }
}

function median(values: Float32Array, count: number, scratch: Float32Array): number {
  for (let i = 0; i < count; i++) scratch[i] = values[i]!;
  const upper = select(scratch, count, count >> 1);
  if (count % 2 === 1) return upper;
  let lower = scratch[0]!;
  for (let i = 1; i < count >> 1; i++) if (scratch[i]! > lower) lower = scratch[i]!;
  return (lower + upper) / 2;
}

/** The value at a rank, from 0. Orders `values` so that none before that rank is greater: C. A. R. Hoare's Find (1961). */
function select(values: Float32Array, count: number, rank: number): number {
  let [left, right] = [0, count - 1];
  while (left < right) {
    const pivot = values[rank]!;
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const kept = values[i]!;
      values[i++] = values[j]!;
      values[j--] = kept;
    }
    if (j < rank) left = i;
    if (i > rank) right = j;
  }
  return values[rank]!;
}
