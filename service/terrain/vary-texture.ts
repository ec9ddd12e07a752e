import type { PixelImage } from "../pixel/image.ts";
import { seededRandom } from "../pixel/random.ts";
import { colorOn, colorStep, mapPixels } from "./torus.ts";

/** Share of a tile that every variation keeps along each edge. */
const KEPT = 0.14;
/** Share of all shifts, best first, from which one is picked at random. */
const BEST_SHARE = 0.04;

/**
 * Makes a variation of a seamless texture that still tiles with it on all sides: a patch in the middle shows another
 * part of the same texture, shifted so that the border of the patch hardly shows. Deterministic for a seed.
 *
 * Every shift is compared with every pixel of the patch, edge^4 steps in all: about 8 million table lookups for a tile
 * of 64x64, the largest there is.
 */
export function varyTexture(texture: PixelImage, seed: number): PixelImage {
  const { width, height } = texture;
  const random = seededRandom(seed);
  const isPatch = createPatch(width, height, random);
  const { rim, inside } = splitPatch(isPatch, width);
  const doubled = doubleTexture(texture);
  const shifts: { dx: number; dy: number; cost: number }[] = [];
  for (let dy = 0; dy < height; dy++) {
    for (let dx = 0; dx < width; dx++) {
      const shift = dy * 2 * width + dx;
      const change = meanStep(doubled, inside, shift);
      if (change > 0) shifts.push({ dx, dy, cost: meanStep(doubled, rim, shift) / (1 + change) });
    }
  }
  shifts.sort((one, other) => one.cost - other.cost || one.dy - other.dy || one.dx - other.dx);
  const chosen = shifts[Math.floor(random() * Math.max(1, BEST_SHARE * shifts.length))];
  if (!chosen) return texture;
  const { dx, dy } = chosen;
  return mapPixels(texture, (x, y) =>
    isPatch[y * width + x] === 1 ? colorOn(texture, x + dx, y + dy) : colorOn(texture, x, y),
  );
}

/** Marks a patch around the middle, 1, with an uneven border, away from the edges of the tile. */
function createPatch(width: number, height: number, random: () => number): Uint8Array {
  const margin = Math.max(2, Math.round(KEPT * Math.min(width, height)));
  const waves = Array.from({ length: 3 }, (_, i) => ({
    count: i + 2,
    turn: random(),
    size: random() / (i + 2),
  }));
  const isInside = (x: number, y: number): boolean => {
    if (Math.min(x, width - 1 - x, y, height - 1 - y) < margin) return false;
    const [u, v] = [(x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5];
    const angle = Math.atan2(v, u);
    const reach = waves.reduce(
      (sum, { count, turn, size }) => sum + 0.12 * size * Math.sin(count * angle + 2 * Math.PI * turn),
      0.4,
    );
    return Math.hypot(u, v) < reach;
  };
  return Uint8Array.from({ length: width * height }, (_, i) =>
    isInside(i % width, Math.floor(i / width)) ? 1 : 0,
  );
}

/** Pixels side by side, as pairs of offsets into the doubled texture: the first one, and the one after the last. */
type Runs = Int32Array;

/** Splits a patch into the pixels on its border and those inside it. */
function splitPatch(isPatch: Uint8Array, width: number): { rim: Runs; inside: Runs } {
  // The patch keeps a margin of at least two pixels, so every pixel of it has four neighbors.
  const isInside = (i: number): boolean =>
    isPatch[i - 1] === 1 && isPatch[i + 1] === 1 && isPatch[i - width] === 1 && isPatch[i + width] === 1;
  const runsOf = (belongs: (i: number) => boolean): Runs => {
    const runs: number[] = [];
    for (const [i, is] of isPatch.entries()) {
      if (is === 0 || !belongs(i)) continue;
      const offset = Math.floor(i / width) * 2 * width + (i % width);
      if (runs.at(-1) === offset) runs[runs.length - 1] = offset + 1;
      else runs.push(offset, offset + 1);
    }
    return Int32Array.from(runs);
  };
  return { rim: runsOf((i) => !isInside(i)), inside: runsOf(isInside) };
}

/** A texture twice on both axes, so that no shift leaves it, with its colors as indices into a table of their steps. */
interface DoubledTexture {
  indices: Uint16Array;
  /** Where the row of each pixel's color begins in `steps`. */
  rows: Int32Array;
  steps: Uint16Array;
}

function doubleTexture(texture: PixelImage): DoubledTexture {
  const { width, height } = texture;
  const colors: number[] = [];
  const indexOf = new Map<number, number>();
  const indices = new Uint16Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    const row = 2 * width * y;
    for (let x = 0; x < width; x++) {
      const color = colorOn(texture, x, y);
      if (!indexOf.has(color)) indexOf.set(color, colors.push(color) - 1);
      indices[row + x] = indexOf.get(color)!;
    }
    indices.copyWithin(row + width, row, row + width);
  }
  indices.copyWithin(indices.length / 2, 0, indices.length / 2);
  const steps = new Uint16Array(colors.length ** 2);
  for (const [i, color] of colors.entries())
    steps.set(
      colors.map((other) => colorStep(color, other)),
      i * colors.length,
    );
  return { indices, rows: Int32Array.from(indices, (index) => index * colors.length), steps };
}

/** Mean color step between the pixels of some runs and those `shift` further on. */
function meanStep({ indices, rows, steps }: DoubledTexture, runs: Runs, shift: number): number {
  let sum = 0;
  let pixels = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const end = runs[i + 1]!;
    for (let at = runs[i]!; at < end; at++) sum += steps[rows[at]! + indices[at + shift]!]!;
    pixels += end - runs[i]!;
  }
  return sum / Math.max(1, pixels);
}
