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
  const differenceOf = createDifference(texture);
  const shifts: { dx: number; dy: number; cost: number }[] = [];
  for (let dy = 0; dy < height; dy++) {
    for (let dx = 0; dx < width; dx++) {
      const change = differenceOf(inside, dx, dy);
      if (change > 0) shifts.push({ dx, dy, cost: differenceOf(rim, dx, dy) / (1 + change) });
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

/** Splits the pixels of a patch into those on its border and those inside it, as offsets into a doubled texture. */
function splitPatch(isPatch: Uint8Array, width: number): { rim: Int32Array; inside: Int32Array } {
  const rim: number[] = [];
  const inside: number[] = [];
  // The patch keeps a margin of at least two pixels, so every pixel of it has four neighbors.
  for (const [i, is] of isPatch.entries()) {
    if (is === 0) continue;
    const isInside = isPatch[i - 1] && isPatch[i + 1] && isPatch[i - width] && isPatch[i + width];
    (isInside ? inside : rim).push(Math.floor(i / width) * 2 * width + (i % width));
  }
  return { rim: Int32Array.from(rim), inside: Int32Array.from(inside) };
}

/** Makes the function that gives the mean color step between the pixels at some offsets and those dx, dy further on. */
function createDifference(texture: PixelImage): (offsets: Int32Array, dx: number, dy: number) => number {
  const { width, height } = texture;
  const colors: number[] = [];
  const indexOf = new Map<number, number>();
  // The texture twice on both axes, as indices of its colors: no shift leaves it.
  const doubled = Uint16Array.from({ length: 4 * width * height }, (_, i) => {
    const color = colorOn(texture, i, Math.floor(i / (2 * width)));
    if (!indexOf.has(color)) indexOf.set(color, colors.push(color) - 1);
    return indexOf.get(color)!;
  });
  const count = colors.length;
  const steps = Uint16Array.from({ length: count * count }, (_, i) =>
    colorStep(colors[Math.floor(i / count)]!, colors[i % count]!),
  );
  return (offsets, dx, dy) => {
    const shift = dy * 2 * width + dx;
    let sum = 0;
    for (const offset of offsets) sum += steps[doubled[offset]! * count + doubled[offset + shift]!]!;
    return sum / Math.max(1, offsets.length);
  };
}
