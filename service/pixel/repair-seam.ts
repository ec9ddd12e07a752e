import { createImage, type PixelImage } from "./image.ts";
import { measureImages } from "./measure.ts";
import { rotatePixels } from "./rotate-pixels.ts";

/** A tile with a shorter edge has no middle to put across its seam. */
const SMALLEST_EDGE = 4;
/** How many rolls and starting points of a cut are tried: all of them for a tile of 32, few enough for one of 1024. */
const MOST_ROLLS = 16;
const MOST_STARTS = 16;

/** The usual seam width of a tile, in pixels: a quarter of its shorter edge. */
export function usualSeam({ width, height }: { width: number; height: number }): number {
  return Math.max(1, Math.ceil(Math.min(width, height) / 4));
}

export interface SeamOptions {
  tileX: boolean;
  tileY: boolean;
  /** Pixels on each side of the seam within which the cut may run: 1 to half the edge. */
  seamWidth: number;
}

/**
 * Makes a tile seamless from left to right (`tileX`) and from top to bottom (`tileY`), at its own size and from its own
 * pixels. An axis whose seam is no rougher than the inside is left as it is.
 * Around the seam the tile is replaced by itself, rolled by about half its edge, so that part of its own middle lies
 * across the seam; the two meet along the cut where they differ least. Nothing is blended, so no color is added.
 * The cut closes on itself, so that a repaired axis stays seamless when the other one is repaired.
 * Source: the minimum-error boundary cut of A. Efros and W. Freeman, "Image quilting" (SIGGRAPH 2001), section 2.1.
 */
export function repairSeam(tile: PixelImage, { tileX, tileY, seamWidth }: SeamOptions): PixelImage {
  let result = tile;
  if (tileX && !joins(result)) result = repairColumns(result, seamWidth);
  if (!tileY) return result;
  // Transposing turns columns into rows, so that the code for one axis serves both.
  const turned = rotatePixels(result, 90);
  return joins(turned) ? result : rotatePixels(repairColumns(turned, seamWidth), 270);
}

function joins(tile: PixelImage): boolean {
  return (measureImages([tile], null, { tileX: true, tileY: false }).seam_ratio_x ?? 0) <= 1;
}

/** One way to repair: the roll, the cuts on both sides of the seam, and the cost of all three joints. */
interface Repair {
  roll: number;
  left: Int32Array;
  right: Int32Array;
  cost: number;
}

function repairColumns(tile: PixelImage, seamWidth: number): PixelImage {
  const { width, height } = tile;
  if (width < SMALLEST_EDGE) return tile;
  const band = Math.max(1, Math.min(Math.floor(seamWidth), Math.floor(width / 2) - 1));
  const { roll, left, right } = cheapestRepair(tile, band);
  const result = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = x < left[y]! || x >= right[y]! ? (x + roll) % width : x;
      const offset = 4 * (y * width + from);
      result.data.set(tile.data.subarray(offset, offset + 4), 4 * (y * width + x));
    }
  }
  return result;
}

/** Tries rolls around half the edge, nearest first: any part of the tile may go across the seam. */
function cheapestRepair(tile: PixelImage, band: number): Repair {
  const half = Math.floor(tile.width / 2);
  // The tile's own seam, at width - roll, stays between the cuts, where the rolled tile is not shown.
  const reach = Math.max(0, Math.min(Math.floor(tile.width / 4), half - band - 1));
  const step = Math.max(1, Math.ceil((2 * reach + 1) / MOST_ROLLS));
  let best = tryRoll(tile, half, band);
  for (let away = step; away <= reach; away += step) {
    for (const roll of [half - away, half + away]) {
      const found = tryRoll(tile, roll, band);
      if (found.cost < best.cost) best = found;
    }
  }
  return best;
}

function tryRoll(tile: PixelImage, roll: number, band: number): Repair {
  const { width, height } = tile;
  const differences = new Float64Array(width * height);
  let joint = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      // No cut ever runs between the bands.
      if (x === band + 1) x = Math.max(x, width - band - 1);
      differences[row + x] = difference(tile, row + x, row + ((x + roll) % width));
    }
    joint += difference(tile, row + roll - 1, row + roll);
  }
  // For column c of a cut, the pixels before it come from one picture, those from it on from the other.
  const left = closedCut({ differences, width, height, first: 1, last: band });
  const right = closedCut({ differences, width, height, first: width - band, last: width - 1 });
  // A crossing counts the difference on both of its sides, a joint only once.
  return { roll, left: left.cut, right: right.cut, cost: left.cost + right.cost + 2 * joint };
}

/** Sum of the squared differences of the four channels of two pixels. */
function difference({ data }: PixelImage, one: number, other: number): number {
  let sum = 0;
  for (let channel = 0; channel < 4; channel++)
    sum += (data[4 * one + channel]! - data[4 * other + channel]!) ** 2;
  return sum;
}

interface CutArea {
  differences: Float64Array;
  width: number;
  height: number;
  /** Columns that the cut may use, both inclusive. */
  first: number;
  last: number;
}

interface Cut {
  /** Column of each row. */
  cut: Int32Array;
  cost: number;
}

/** The cheapest cut from top to bottom that moves by at most one column per row, also from the last row to the first. */
function closedCut(area: CutArea): Cut {
  let best = cheapestCut(area, area.first);
  const step = Math.max(1, Math.floor((area.last - area.first + 1) / MOST_STARTS));
  for (let start = area.first + step; start <= area.last; start += step) {
    const found = cheapestCut(area, start);
    if (found.cost < best.cost) best = found;
  }
  return best;
}

function cheapestCut(area: CutArea, start: number): Cut {
  const { height, first, last } = area;
  const count = last - first + 1;
  const back = new Int8Array(count * height);
  let costs = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  costs[start - first] = crossing(area, 0, start);
  for (let y = 1; y < height; y++) {
    const next = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      let move = 0;
      // Going straight wins a tie: a cut bends only if it has to.
      for (const step of [-1, 1]) {
        if ((costs[i + step] ?? Number.POSITIVE_INFINITY) < costs[i + move]!) move = step;
      }
      back[y * count + i] = move;
      next[i] = costs[i + move]! + crossing(area, y, first + i);
    }
    costs = next;
  }
  let end = start - first;
  for (const step of [-1, 1]) {
    if ((costs[start - first + step] ?? Number.POSITIVE_INFINITY) < costs[end]!) end = start - first + step;
  }
  const cut = new Int32Array(height);
  for (let y = height - 1, i = end; y >= 0; y--) {
    cut[y] = first + i;
    i += back[y * count + i]!;
  }
  return { cut, cost: costs[end]! };
}

/** The cost of switching pictures between two neighbors: how much the pictures differ at both. */
function crossing({ differences, width }: CutArea, y: number, column: number): number {
  return differences[y * width + column - 1]! + differences[y * width + column]!;
}
