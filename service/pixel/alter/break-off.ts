import type { PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import { neighborsOf } from "./swatches.ts";

/** How wide a thing may be, of its length, to have a blade or a shaft that breaks. */
const SLENDER = 0.72;
/** Where it breaks, from the end of the handle, and how much is missing, in shares of its length. */
const BREAK = 0.56;
const MISSING = 0.11;
/** Pixels by which the break goes to and fro, and by which the tip is set aside. */
const JAG = 1.5;
const ASIDE = 2;

/** A drawn pixel along the length of a thing and across it, in pixels. */
interface Spot {
  p: number;
  along: number;
  across: number;
}

/**
 * Breaks a long thing: a piece is missing behind a jagged line, and the tip lies a little to the side of where it was.
 * The handle, the end nearer to where the thing is widest, stays. Null for a thing that is not slender.
 */
export function breakOff(image: PixelImage): PixelImage | null {
  const axis = axisOf(image);
  if (axis === null) return null;
  const { spots, x: dx, y: dy } = axis;
  const ends = spots.map(({ along }) => along);
  const [start, end] = [Math.min(...ends), Math.max(...ends)];
  const length = end - start;
  const gap = Math.max(2 * JAG + 1.5, MISSING * length);
  const data = image.data.slice();
  const tip: Spot[] = [];
  for (const spot of spots) {
    const jag = JAG * (Math.abs(Math.round(spot.across)) % 3 === 1 ? 1 : -1);
    const cut = start + BREAK * length + jag;
    if (spot.along <= cut) continue;
    data.fill(0, 4 * spot.p, 4 * spot.p + 4);
    if (spot.along > cut + gap) tip.push(spot);
  }
  if (tip.length < 4) return null;
  const aside = [1, -1]
    .map((side) => ({ x: Math.round(-dy * side * ASIDE), y: Math.round(dx * side * ASIDE) }))
    .map((move) => ({ move, kept: tip.filter(({ p }) => movedTo(image, p, move) >= 0) }))
    .sort((a, b) => b.kept.length - a.kept.length)[0]!;
  for (const { p } of aside.kept)
    data.set(image.data.subarray(4 * p, 4 * p + 4), 4 * movedTo(image, p, aside.move));
  return drawEdges(image, data);
}

function movedTo({ width, height }: PixelImage, p: number, { x, y }: { x: number; y: number }): number {
  const [u, v] = [(p % width) + x, Math.floor(p / width) + y];
  return u < 0 || v < 0 || u >= width || v >= height ? -1 : v * width + u;
}

/** The direction from the handle to the tip, and the pixels along it; null if the thing is not slender. */
function axisOf({ width, height, data }: PixelImage): { spots: Spot[]; x: number; y: number } | null {
  const points = Array.from({ length: width * height }, (_, p) => p)
    .filter((p) => data[4 * p + 3] !== 0)
    .map((p) => ({ p, x: p % width, y: Math.floor(p / width) }));
  if (points.length < 12) return null;
  const mean = (value: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  const [cx, cy] = [mean(({ x }) => x), mean(({ y }) => y)];
  const [xx, yy] = [mean(({ x }) => (x - cx) ** 2), mean(({ y }) => (y - cy) ** 2)];
  const xy = mean(({ x, y }) => (x - cx) * (y - cy));
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const spots = points.map(({ p, x, y }) => ({
    p,
    along: (x - cx) * ux + (y - cy) * uy,
    across: (y - cy) * ux - (x - cx) * uy,
  }));
  const spread = (value: (spot: Spot) => number) => {
    const values = spots.map(value);
    return Math.max(...values) - Math.min(...values) + 1;
  };
  if (spread(({ across }) => across) > SLENDER * spread(({ along }) => along)) return null;
  // The guard of a sword and the head of a broom are wide; a tip is thin.
  const widest = spots.reduce((best, spot) => (Math.abs(spot.across) > Math.abs(best.across) ? spot : best));
  if (widest.along <= 0) return { spots, x: ux, y: uy };
  const turned = spots.map(({ p, along, across }) => ({ p, along: -along, across: -across }));
  return { spots: turned, x: -ux, y: -uy };
}

/** Gives what has lost a neighbor the darkest color of the thing, as an outline has. */
function drawEdges(before: PixelImage, data: Uint8Array): PixelImage {
  const image = { width: before.width, height: before.height, data };
  let [line, least] = [0, 2];
  for (let i = 0; i < before.data.length; i += 4) {
    const { l } = toOklab(colorAt(before.data, i));
    if (before.data[i + 3] !== 0 && l < least) [line, least] = [colorAt(before.data, i), l];
  }
  const open = Array.from({ length: image.width * image.height }, (_, p) => p).filter(
    (p) =>
      data[4 * p + 3] !== 0 &&
      neighborsOf(image, p).some((n) => n >= 0 && data[4 * n + 3] === 0 && before.data[4 * n + 3] !== 0),
  );
  for (const p of open) setColor(data, 4 * p, line);
  return image;
}
