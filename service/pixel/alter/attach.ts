import { enlargeScaleX } from "../enlarge-scale-x.ts";
import { createImage, crop, drawnBounds, type PixelImage } from "../image.ts";
import { kCentroid } from "../k-centroid.ts";
import { squaredDistance, toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import { neighborsOf } from "./swatches.ts";
import { withoutShadow } from "./without-shadow.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Colors at most this far apart (squared, OKLab) would run into each other. */
const MERGING = 0.16 ** 2;
/** Darker pixels are a line already. */
const LINE = 0.3;
/** A drawing reduced more than this is no longer the drawing. */
const MOST_REDUCTION = 4;

/** Cuts a picture to what is drawn on it; an empty one becomes one empty pixel. */
export function trim(image: PixelImage): PixelImage {
  const box = drawnBounds(image);
  return box === null ? createImage(1, 1) : crop(image, box.x, box.y, box.width, box.height);
}

/** Mirrors a picture left to right. */
export function mirror(image: PixelImage): PixelImage {
  const { width, height, data } = image;
  const result = createImage(width, height);
  for (let p = 0; p < width * height; p++) {
    const x = p % width;
    result.data.set(data.subarray(4 * p, 4 * p + 4), 4 * (p - x + width - 1 - x));
  }
  return result;
}

/** Space for a thing in pixels, and the width below which it would be too small. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly least?: number;
}

/**
 * Chooses the drawing of a thing for a space: the largest native one that fits, or else one reduced by the smallest
 * whole factor; one that is too small is doubled with smooth edges. Drop shadows are left out, and the result is cut to
 * what is drawn. Null if even a quarter of the smallest is too large.
 */
export function chooseSize(drawings: readonly PixelImage[], room: Room): PixelImage | null {
  const natives = drawings
    .map((drawing) => trim(withoutShadow(drawing)))
    .filter(({ width, height }) => width * height > 1);
  for (let factor = 1; factor <= MOST_REDUCTION; factor++) {
    const fitting = natives
      .map((native) => ({
        native,
        width: Math.ceil(native.width / factor),
        height: Math.ceil(native.height / factor),
      }))
      .filter(({ width, height }) => width <= room.width && height <= room.height)
      .sort((a, b) => b.width * b.height - a.width * a.height)[0];
    if (fitting === undefined) continue;
    if (factor > 1) return trim(kCentroid(fitting.native, fitting.width, fitting.height));
    const isSmall = fitting.width < (room.least ?? 0);
    const fits = 2 * fitting.width <= room.width && 2 * fitting.height <= room.height;
    return isSmall && fits ? enlargeScaleX(fitting.native, 2) : fitting.native;
  }
  return null;
}

/**
 * Lays `top` over `base` at x, y. Where a pixel of `base` beside it has nearly the color of `top`'s edge, it turns into
 * the dark line that keeps the two apart.
 */
export function attach(base: PixelImage, top: PixelImage, { x, y }: { x: number; y: number }): PixelImage {
  const data = base.data.slice();
  const covered = new Map<number, number>();
  for (let p = 0; p < top.width * top.height; p++) {
    const [u, v] = [x + (p % top.width), y + Math.floor(p / top.width)];
    if (top.data[4 * p + 3] === 0 || u < 0 || v < 0 || u >= base.width || v >= base.height) continue;
    const q = v * base.width + u;
    covered.set(q, colorAt(top.data, 4 * p));
    data.set(top.data.subarray(4 * p, 4 * p + 4), 4 * q);
  }
  const line = darkestOf(base);
  for (const [q, color] of covered) {
    const edge = toOklab(color);
    if (edge.l < LINE) continue;
    for (const n of neighborsOf(base, q)) {
      if (n < 0 || covered.has(n) || base.data[4 * n + 3] === 0) continue;
      const beside = toOklab(colorAt(base.data, 4 * n));
      if (beside.l >= LINE && squaredDistance(edge, beside) < MERGING) setColor(data, 4 * n, line);
    }
  }
  return { width: base.width, height: base.height, data };
}

/** Lays `top` over `base` at x, y; its empty pixels leave the base visible. */
export function overlay(base: PixelImage, top: PixelImage, { x, y }: { x: number; y: number }): PixelImage {
  const data = base.data.slice();
  for (let p = 0; p < top.width * top.height; p++) {
    const [u, v] = [x + (p % top.width), y + Math.floor(p / top.width)];
    if (top.data[4 * p + 3] === 0 || u < 0 || v < 0 || u >= base.width || v >= base.height) continue;
    data.set(top.data.subarray(4 * p, 4 * p + 4), 4 * (v * base.width + u));
  }
  return { width: base.width, height: base.height, data };
}

/** The darkest color of a picture, as its outline has it; near-black for a picture without a dark one. */
export function darkestOf(image: PixelImage): number {
  let best = { l: LINE, color: 0x1a1520 };
  for (let p = 0; p < image.width * image.height; p++) {
    if (image.data[4 * p + 3] === 0) continue;
    const color = colorAt(image.data, 4 * p);
    const { l } = toOklab(color);
    if (l < best.l) best = { l, color };
  }
  return best.color;
}
