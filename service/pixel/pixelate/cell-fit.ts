import type { PixelImage } from "../image.ts";
import type { CellGrid } from "./grid.ts";

/** The middle of a cell, as a share of its edge on both sides of its center. */
const MIDDLE = 0.3;
/** The middle of a smaller cell is little more than a pixel, which says less: this much is added to its spread. */
const NARROW_CELL = 3.4;
const NARROW_SPREAD = 0.1;
/** A step smaller than this, out of 255, is noise. */
const VISIBLE_STEP = 15;
/** Red, green and blue in a step, about as in lightness, and alpha. */
const WEIGHTS = [0.5, 0.7, 0.3, 0.4] as const;
/** At most about this many rows and columns of a picture are read. */
const ENOUGH_LINES = 256;

/** How well a grid explains a picture. */
export interface CellFit {
  /** Where the visible steps lie: 1 all on lines, 0 anywhere, -1 all halfway between lines. */
  readonly onLines: number;
  /** The variance within cells as a share of that within three by three cells: 0 to about 1. */
  readonly within: number;
}

/**
 * Measures whether a grid explains a picture: whether its visible steps lie on the lines, and whether its cells are of one
 * color each. In native art neither holds for any grid of larger cells; in a picture of larger cells both hold for the right
 * grid, whatever its noise, its softness, its sharpening or its palette.
 */
export function measureCellFit(image: PixelImage, grid: CellGrid): CellFit {
  const columns = phases(grid.cutsX, image.width);
  const rows = phases(grid.cutsY, image.height);
  const narrow = Math.min(columns.pitch, rows.pitch) < NARROW_CELL ? NARROW_SPREAD : 0;
  return {
    onLines: stepsOnLines(image, grid, { columns, rows }),
    within: spreadWithin(image, grid, { columns, rows }) + narrow,
  };
}

/** How far straight borders may be shifted, in pixels. */
const MARGIN = 4;
/** Places per pixel at which the phases are tabled. */
const PARTS = 4;

/** For places along an axis the cell (-1: none) and how far into it the place is, 0 to 1. */
interface Phases {
  readonly cell: Int32Array;
  readonly part: Float32Array;
  readonly pitch: number;
}

function phases(cuts: Float64Array, length: number): Phases {
  const count = (length + 2 * MARGIN) * PARTS + 1;
  const cell = new Int32Array(count).fill(-1);
  const part = new Float32Array(count);
  let line = 0;
  for (let i = 0; i < count; i++) {
    const place = i / PARTS - MARGIN;
    while (line + 1 < cuts.length && cuts[line + 1]! <= place) line++;
    if (line + 1 >= cuts.length || place < cuts[0]!) continue;
    cell[i] = line;
    part[i] = (place - cuts[line]!) / (cuts[line + 1]! - cuts[line]!);
  }
  return { cell, part, pitch: (cuts[cuts.length - 1]! - cuts[0]!) / (cuts.length - 1) };
}

interface Both {
  columns: Phases;
  rows: Phases;
}

function stepsOnLines(image: PixelImage, { bendX, bendY }: CellGrid, { columns, rows }: Both): number {
  const { width, height } = image;
  const sums = { on: 0, all: 0 };
  for (let y = 0; y < height; y += Math.ceil(height / ENOUGH_LINES))
    addSteps(image, { start: y * width, step: 1, count: width, bend: bendX[y]!, phases: columns }, sums);
  for (let x = 0; x < width; x += Math.ceil(width / ENOUGH_LINES))
    addSteps(image, { start: x, step: width, count: height, bend: bendY[x]!, phases: rows }, sums);
  return sums.all > 0 ? sums.on / sums.all : 0;
}

interface Line {
  start: number;
  step: number;
  count: number;
  bend: number;
  phases: Phases;
}

function addSteps(
  { data }: PixelImage,
  { start, step, count, bend, phases }: Line,
  sums: { on: number; all: number },
): void {
  const [weightR, weightG, weightB, weightA] = WEIGHTS;
  const shift = Math.round((MARGIN - bend) * PARTS);
  for (let i = 1; i < count; i++) {
    const here = 4 * (start + i * step);
    const last = here - 4 * step;
    const a = data[here + 3]! / 255;
    const b = data[last + 3]! / 255;
    const red = weightR * (data[here]! * a - data[last]! * b);
    const green = weightG * (data[here + 1]! * a - data[last + 1]! * b);
    const blue = weightB * (data[here + 2]! * a - data[last + 2]! * b);
    const alpha = weightA * 255 * (a - b);
    const size = red * red + green * green + blue * blue + alpha * alpha;
    if (size < VISIBLE_STEP * VISIBLE_STEP) continue;
    const place = i * PARTS + shift;
    if (phases.cell[place]! < 0) continue;
    const weight = Math.sqrt(size);
    sums.on += weight * Math.cos(2 * Math.PI * phases.part[place]!);
    sums.all += weight;
  }
}

/** Sums of the middle of each cell: samples, then red, green, blue and alpha, then their squares together. */
const SUMS = 6;

function spreadWithin(image: PixelImage, grid: CellGrid, { columns, rows }: Both): number {
  const width = grid.cutsX.length - 1;
  const height = grid.cutsY.length - 1;
  const sums = sumMiddles(image, grid, { columns, rows });
  const [within, around] = [{ spread: 0 }, { spread: 0 }];
  const block = new Float64Array(SUMS);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = SUMS * (y * width + x);
      const count = sums[own]!;
      if (count === 0) continue;
      block.fill(0);
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
          for (let k = 0; k < SUMS; k++) block[k] = block[k]! + sums[SUMS * (v * width + u) + k]!;
      within.spread += spread(sums, own, count);
      around.spread += aroundMean(sums, own, block);
    }
  }
  return around.spread > 0 ? within.spread / around.spread : 1;
}

/** The sum of squared distances of the samples of a cell from their own mean. */
function spread(sums: Float64Array, at: number, count: number): number {
  let mean = 0;
  for (let c = 1; c <= 4; c++) mean += sums[at + c]! ** 2;
  return Math.max(0, sums[at + 5]! - mean / count);
}

/** The sum of squared distances of the samples of a cell from the mean of a block. */
function aroundMean(sums: Float64Array, at: number, block: Float64Array): number {
  let total = sums[at + 5]!;
  for (let c = 1; c <= 4; c++) {
    const mean = block[c]! / block[0]!;
    total += mean * (sums[at]! * mean - 2 * sums[at + c]!);
  }
  return Math.max(0, total);
}

function sumMiddles(
  { width, height, data }: PixelImage,
  { cutsX, cutsY, bendX, bendY }: CellGrid,
  { columns, rows }: Both,
): Float64Array {
  const across = cutsX.length - 1;
  const sums = new Float64Array(SUMS * across * (cutsY.length - 1));
  const [stepX, stepY] = [sampleStep(columns.pitch), sampleStep(rows.pitch)];
  const rises = Int32Array.from(bendY, (bend) => Math.round((MARGIN + 0.5 - bend) * PARTS));
  for (let y = 0; y < height; y += stepY) {
    const shift = Math.round((MARGIN + 0.5 - bendX[y]!) * PARTS);
    for (let x = 0; x < width; x += stepX) {
      const placeX = x * PARTS + shift;
      const column = columns.cell[placeX]!;
      if (column < 0 || Math.abs(columns.part[placeX]! - 0.5) > MIDDLE) continue;
      const placeY = y * PARTS + rises[x]!;
      const row = rows.cell[placeY]!;
      if (row < 0 || Math.abs(rows.part[placeY]! - 0.5) > MIDDLE) continue;
      const from = 4 * (y * width + x);
      const at = SUMS * (row * across + column);
      const drawn = data[from + 3]! >= 128;
      const red = drawn ? data[from]! : 0;
      const green = drawn ? data[from + 1]! : 0;
      const blue = drawn ? data[from + 2]! : 0;
      const alpha = drawn ? 90 : 0;
      sums[at] = sums[at]! + 1;
      sums[at + 1] = sums[at + 1]! + red;
      sums[at + 2] = sums[at + 2]! + green;
      sums[at + 3] = sums[at + 3]! + blue;
      sums[at + 4] = sums[at + 4]! + alpha;
      sums[at + 5] = sums[at + 5]! + red * red + green * green + blue * blue + alpha * alpha;
    }
  }
  return sums;
}

/** Every how many pixels a cell is sampled: a handful along each axis is enough. */
function sampleStep(pitch: number): number {
  return Math.max(1, Math.floor(pitch / 7));
}
