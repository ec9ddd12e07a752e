import { drawnBounds, type PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt } from "../parse-hex.ts";
import { type Oklch, polar } from "./oklch.ts";
import { findRamps, type Ramp } from "./ramps.ts";

/** A connected region of one ramp of colors. */
export interface Part {
  readonly ramp: Ramp;
  /** Positions of its pixels, row by row: y * width + x. */
  readonly pixels: readonly number[];
  readonly area: number;
  /** Share of the drawn pixels, 0 to 1. */
  readonly share: number;
  readonly box: { x: number; y: number; width: number; height: number };
  /** Where its middle lies within the drawing. */
  readonly vertical: "top" | "middle" | "bottom";
  readonly horizontal: "left" | "center" | "right";
  /** Mean of the colors of its pixels. */
  readonly mean: Oklch;
  /** 0xRRGGBB, in order of appearance. */
  readonly colors: readonly number[];
}

/**
 * Splits a sprite into connected regions (corners connect, too) of one ramp of colors each, largest first. Every drawn
 * pixel is in exactly one part. An empty picture has none.
 */
export function splitParts(image: PixelImage): Part[] {
  const ramps = findRamps(image);
  const rampOf = new Map<number, Ramp>();
  for (const ramp of ramps) for (const color of ramp.colors) rampOf.set(color, ramp);
  const bounds = drawnBounds(image);
  if (bounds === null) return [];
  const seen = new Uint8Array(image.width * image.height);
  const regions: { ramp: Ramp; pixels: number[] }[] = [];
  for (let p = 0; p < seen.length; p++) {
    if (seen[p] === 1 || image.data[4 * p + 3] === 0) continue;
    const ramp = rampOf.get(colorAt(image.data, 4 * p))!;
    regions.push({ ramp, pixels: flood(image, { start: p, seen, colors: new Set(ramp.colors) }) });
  }
  const total = regions.reduce((sum, { pixels }) => sum + pixels.length, 0);
  return regions
    .map(({ ramp, pixels }) => describe(image, { ramp, pixels, bounds, total }))
    .sort((a, b) => b.area - a.area || a.pixels[0]! - b.pixels[0]!);
}

interface Flood {
  start: number;
  seen: Uint8Array;
  colors: ReadonlySet<number>;
}

function flood({ width, height, data }: PixelImage, { start, seen, colors }: Flood): number[] {
  const found = [start];
  seen[start] = 1;
  for (let next = 0; next < found.length; next++) {
    const p = found[next]!;
    const [x, y] = [p % width, Math.floor(p / width)];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        const q = v * width + u;
        if (seen[q] === 1 || data[4 * q + 3] === 0 || !colors.has(colorAt(data, 4 * q))) continue;
        seen[q] = 1;
        found.push(q);
      }
    }
  }
  return found.sort((a, b) => a - b);
}

interface Region {
  ramp: Ramp;
  pixels: readonly number[];
  bounds: { x: number; y: number; width: number; height: number };
  total: number;
}

function describe(image: PixelImage, { ramp, pixels, bounds, total }: Region): Part {
  const colors = new Set<number>();
  const sum = { l: 0, a: 0, b: 0, x: 0, y: 0 };
  let [left, right, top, bottom] = [image.width, -1, image.height, -1];
  for (const p of pixels) {
    const [x, y] = [p % image.width, Math.floor(p / image.width)];
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
    const color = colorAt(image.data, 4 * p);
    colors.add(color);
    const { l, a, b } = toOklab(color);
    sum.l += l;
    sum.a += a;
    sum.b += b;
    sum.x += x;
    sum.y += y;
  }
  const area = pixels.length;
  const across = (sum.x / area + 0.5 - bounds.x) / bounds.width;
  const down = (sum.y / area + 0.5 - bounds.y) / bounds.height;
  return {
    ramp,
    pixels,
    area,
    share: area / total,
    box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 },
    vertical: down < 0.36 ? "top" : down > 0.67 ? "bottom" : "middle",
    horizontal: across < 0.33 ? "left" : across > 0.67 ? "right" : "center",
    mean: polar({ l: sum.l / area, a: sum.a / area, b: sum.b / area }),
    colors: [...colors],
  };
}
