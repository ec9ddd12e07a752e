import type { PixelImage } from "../image.ts";
import type { Random } from "../random.ts";
import { type Part, splitParts } from "./split-parts.ts";

/** Largest share and area of a region that is a detail: a spot, a rivet, a gem. */
const MOST_SHARE = 0.03;
const MOST_AREA = 9;

/**
 * Moves small details by a pixel or two within the region around them, or doubles them: the spots of a mushroom, the
 * rivets of a shield. Where a detail was, its surroundings close. Eyes (dark or lone pairs at the top) stay. `most` is
 * the number of details that may move.
 */
export function moveDetails(
  image: PixelImage,
  { random, most }: { random: Random; most: number },
): PixelImage {
  const parts = splitParts(image);
  const owner = new Map<number, Part>();
  for (const part of parts) for (const p of part.pixels) owner.set(p, part);
  const details = parts.filter((part) => isDetail(part));
  const data = image.data.slice();
  let moved = 0;
  for (const detail of details) {
    const ground = groundOf(image, { detail, owner });
    const [chance, dx, dy, copy] = [random(), random(), random(), random()];
    if (ground === null || moved >= most || chance < 0.35) continue;
    const step = Math.round(4 * dx - 2) + image.width * Math.round(3 * dy - 1.5);
    if (step === 0 || !canMove(image, { detail, ground, step, owner })) continue;
    moved += 1;
    const color =
      ground.pixels.find((p) => p === detail.pixels[0]! - 1) ?? nearest(ground, detail.pixels[0]!);
    const isCopy = copy < 0.3;
    const source = image.data;
    if (!isCopy) for (const p of detail.pixels) data.set(source.subarray(4 * color, 4 * color + 4), 4 * p);
    for (const p of detail.pixels) data.set(source.subarray(4 * p, 4 * p + 4), 4 * (p + step));
  }
  return { width: image.width, height: image.height, data };
}

function isDetail(part: Part): boolean {
  const isEye = part.vertical === "top" && part.area <= 4;
  return part.share <= MOST_SHARE && part.area <= MOST_AREA && part.ramp.kind !== "outline" && !isEye;
}

/** The one region that surrounds a detail; null if it touches several or lies at the rim. */
function groundOf(
  image: PixelImage,
  { detail, owner }: { detail: Part; owner: ReadonlyMap<number, Part> },
): Part | null {
  let ground: Part | null = null;
  for (const p of detail.pixels) {
    for (const q of around(image, p)) {
      const part = owner.get(q);
      if (part === undefined) return null;
      if (part === detail) continue;
      if (ground !== null && part !== ground) return null;
      ground = part;
    }
  }
  return ground;
}

interface Move {
  detail: Part;
  ground: Part;
  step: number;
  owner: ReadonlyMap<number, Part>;
}

/** Whether a detail lands inside of its ground, with ground all around it. */
function canMove(image: PixelImage, { detail, ground, step, owner }: Move): boolean {
  const isFree = (q: number): boolean => owner.get(q) === ground || owner.get(q) === detail;
  return detail.pixels.every((p) => {
    const across = Math.abs(((p + step) % image.width) - (p % image.width));
    return across <= 2 && isFree(p + step) && around(image, p + step).every(isFree);
  });
}

function around({ width, height }: PixelImage, p: number): number[] {
  const [x, y] = [p % width, Math.floor(p / width)];
  const found: number[] = [];
  for (let v = y - 1; v <= y + 1; v++) {
    for (let u = x - 1; u <= x + 1; u++) {
      if (u === x && v === y) continue;
      found.push(u < 0 || v < 0 || u >= width || v >= height ? -1 : v * width + u);
    }
  }
  return found;
}

function nearest(ground: Part, place: number): number {
  return ground.pixels.reduce((best, p) => (Math.abs(p - place) < Math.abs(best - place) ? p : best));
}
