import type { PixelImage } from "../image.ts";
import type { CellColors } from "./cell-colors.ts";
import type { CellGrid } from "./grid.ts";

/** Steps between cells of fewer levels than this do not tell how soft borders are. */
const CLEAR_STEP = 60;
const FEWEST_STEPS = 8;
const MOST_STEPS = 3000;
/** Softness, in pixels, is searched in this range. */
const SOFTEST = 1.6;
const SHARPEST = 0.3;
/** Where the samples that decide a cell's color are: this share of its size from its center. */
const OFF_MIDDLE = 0.12;
const ROUNDS = 4;

/**
 * Removes from each cell what its neighbors have spilled into it, as the softness of the borders and the sizes of the
 * cells predict: a three-pixel cell between soft borders is mixed all over. The mixing is a linear map with known
 * shares; it is undone with Van Cittert's iteration (1931). The given cells are not modified.
 */
export function sharpenCells(image: PixelImage, grid: CellGrid, cells: CellColors): CellColors {
  const softness = measureSoftness(image, grid, cells);
  if (softness <= SHARPEST) return cells;
  const across = spills(grid.cutsX, softness);
  const down = spills(grid.cutsY, softness);
  const rgb = cells.rgb.slice();
  const mixed = new Float32Array(rgb.length);
  for (let round = 0; round < ROUNDS; round++) {
    mix({ ...cells, rgb }, { across, down }, mixed);
    for (let i = 0; i < rgb.length; i++)
      rgb[i] = Math.max(0, Math.min(255, rgb[i]! + cells.rgb[i]! - mixed[i]!));
  }
  return { ...cells, rgb };
}

/** For each cell along an axis, the shares of its color that come from the one before and the one after it. */
interface Spills {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

function spills(cuts: Float64Array, softness: number): Spills {
  const count = cuts.length - 1;
  const before = new Float64Array(count);
  const after = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const size = cuts[i + 1]! - cuts[i]!;
    let share = 0;
    for (const side of [-1, 1]) share += 0.5 * tail(((0.5 + side * OFF_MIDDLE) * size) / softness);
    before[i] = i > 0 ? share : 0;
    after[i] = i < count - 1 ? share : 0;
  }
  return { before, after };
}

/** The share of a normal distribution beyond x: the logistic approximation of S. R. Bowling (2009). */
function tail(x: number): number {
  return 1 / (1 + Math.exp(0.07056 * x ** 3 + 1.5976 * x));
}

/** Mixes every drawn cell with its eight neighbors; the share of a clear neighbor comes from the cell itself. */
function mix(
  { width, height, rgb, drawn }: CellColors,
  { across, down }: { across: Spills; down: Spills },
  out: Float32Array,
): void {
  for (let y = 0; y < height; y++) {
    const [above, below] = [down.before[y]!, down.after[y]!];
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      if (!drawn[cell]) continue;
      const left = across.before[x]!;
      const right = across.after[x]!;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = -1; j <= 1; j++) {
        const row = j < 0 ? above : j > 0 ? below : 1 - above - below;
        for (let i = -1; i <= 1; i++) {
          const share = row * (i < 0 ? left : i > 0 ? right : 1 - left - right);
          if (share === 0) continue;
          const neighbor = cell + j * width + i;
          const from = 3 * (drawn[neighbor] ? neighbor : cell);
          red += share * rgb[from]!;
          green += share * rgb[from + 1]!;
          blue += share * rgb[from + 2]!;
        }
      }
      out[3 * cell] = red;
      out[3 * cell + 1] = green;
      out[3 * cell + 2] = blue;
    }
  }
}

/**
 * Measures how soft the borders are: the standard deviation, in pixels, of the blur that makes a step between two
 * cells as steep as it is; the median of all clear steps. 0 if there are too few.
 */
function measureSoftness(image: PixelImage, grid: CellGrid, cells: CellColors): number {
  const slopes: number[] = [];
  const { width, height } = cells;
  const stride = Math.max(1, Math.floor((width * height) / MOST_STEPS));
  for (let cell = 0; cell < width * height; cell += stride) {
    const x = cell % width;
    const y = (cell - x) / width;
    if (x + 1 < width)
      addSlope(slopes, cells, { cell, other: cell + 1, steep: steepest(image, grid, { x, y, axis: 0 }) });
    if (y + 1 < height)
      addSlope(slopes, cells, { cell, other: cell + width, steep: steepest(image, grid, { x, y, axis: 1 }) });
  }
  if (slopes.length < FEWEST_STEPS) return 0;
  slopes.sort((one, other) => one - other);
  const slope = Math.min(0.999, slopes[slopes.length >> 1]!);
  // The steepest step of one pixel across a border of softness s is 1 - 2 tail(0.5 / s).
  let [low, high] = [SHARPEST / 2, SOFTEST];
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (1 - 2 * tail(0.5 / middle) > slope) low = middle;
    else high = middle;
  }
  return low;
}

function addSlope(
  slopes: number[],
  { rgb, drawn }: CellColors,
  { cell, other, steep }: { cell: number; other: number; steep: readonly [number, number, number] },
): void {
  if (!drawn[cell] || !drawn[other]) return;
  let along = 0;
  let size = 0;
  for (let c = 0; c < 3; c++) {
    const step = rgb[3 * other + c]! - rgb[3 * cell + c]!;
    along += step * steep[c]!;
    size += step * step;
  }
  if (size >= CLEAR_STEP ** 2) slopes.push(Math.abs(along) / size);
}

/** The largest one-pixel step near the border after cell x, y along an axis, in the middle of the cell. */
function steepest(
  { width, height, data }: PixelImage,
  { cutsX, cutsY, bendX, bendY }: CellGrid,
  { x, y, axis }: { x: number; y: number; axis: 0 | 1 },
): readonly [number, number, number] {
  const middleX = clamp((cutsX[x]! + cutsX[x + 1]!) / 2, width);
  const middleY = clamp((cutsY[y]! + cutsY[y + 1]!) / 2, height);
  const border = axis === 0 ? cutsX[x + 1]! + bendX[middleY]! : cutsY[y + 1]! + bendY[middleX]!;
  const step = axis === 0 ? 4 : 4 * width;
  let best: readonly [number, number, number] = [0, 0, 0];
  let size = -1;
  for (let at = Math.round(border) - 1; at <= Math.round(border) + 1; at++) {
    const place = clamp(at, axis === 0 ? width : height);
    if (place === 0) continue;
    const offset = 4 * (axis === 0 ? middleY * width + place : place * width + middleX);
    const red = data[offset]! - data[offset - step]!;
    const green = data[offset + 1]! - data[offset - step + 1]!;
    const blue = data[offset + 2]! - data[offset - step + 2]!;
    const squared = red * red + green * green + blue * blue;
    if (squared <= size) continue;
    size = squared;
    best = [red, green, blue];
  }
  return best;
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, Math.floor(value)));
}
