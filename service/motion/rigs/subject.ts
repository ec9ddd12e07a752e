import { toOklab } from "../../pixel/oklab.ts";
import type { Still } from "../still.ts";
import { type Box, boundsOf, type Mask, type Raster, rgbOf, toRaster } from "./raster.ts";
import { partsOf } from "./parts.ts";

/** A drawing as rigs see it. */
export interface Subject {
  raster: Raster;
  /** Pixels around the canvas in the raster. */
  room: number;
  /** Box of the drawing without its shadow. */
  box: Box;
  width: number;
  height: number;
  /** A flat shadow on the ground below what hovers over it; empty if there is none. */
  shadow: Mask | null;
  /** "front": its two halves are alike. */
  view: "side" | "front";
  /** Where its head is in a side view: 1 = right, -1 = left. */
  facing: 1 | -1;
  /** One step of movement: a pixel per 16 of the longer edge. */
  unit: number;
}

/** Silhouettes that are at least this much their own mirror image are seen from the front or from above. */
const SYMMETRIC = 0.84;
/** The same for the brightness inside. */
const ALIKE = 0.72;
/** A part below the rest that is at most this high, as a share of the whole, is a shadow. */
const SHADOW = 0.2;

/** Looks at a still the way a rig needs it. */
export function asSubject({ image, box: drawn }: Still): Subject {
  const room = Math.min(32, Math.ceil(Math.max(drawn.width, drawn.height) / 2));
  const raster = toRaster(image, room);
  const shadow = findShadow(raster);
  const bare = shadow ? { ...raster, pixels: raster.pixels.map((p, i) => (shadow[i] ? 0 : p)) } : raster;
  const box = boundsOf(bare) ?? boundsOf(raster)!;
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  const unit = Math.max(1, Math.round(Math.max(width, height) / 16));
  const view = isSymmetric(bare, box) ? "front" : "side";
  return { raster: bare, room, box, width, height, shadow, view, facing: facingOf(bare, box), unit };
}

function findShadow(raster: Raster): Mask | null {
  const parts = partsOf(raster, raster.pixels);
  if (parts.length < 2) return null;
  const all = boundsOf(raster)!;
  const height = all.bottom - all.top + 1;
  const main = parts.reduce((most, part) => (part.area > most.area ? part : most));
  const below = parts.filter(
    (part) =>
      part !== main &&
      part.box.top > main.box.bottom - 0.1 * height &&
      part.box.bottom - part.box.top + 1 <= SHADOW * height &&
      part.box.right - part.box.left >= part.box.bottom - part.box.top,
  );
  if (below.length === 0 || below.reduce((sum, { area }) => sum + area, 0) > 0.25 * main.area) return null;
  const mask = new Uint8Array(raster.pixels.length);
  for (const part of below) for (const i of part.pixels) mask[i] = 1;
  return mask;
}

const lightness = new Map<number, number>();

/** OKLab lightness of a pixel, 0 to 1. */
export function lightOf(pixel: number): number {
  const color = rgbOf(pixel);
  const known = lightness.get(color);
  if (known !== undefined) return known;
  const { l } = toOklab(color);
  if (lightness.size > 4096) lightness.clear();
  lightness.set(color, l);
  return l;
}

function isSymmetric({ width, pixels }: Raster, box: Box): boolean {
  let both = 0;
  let any = 0;
  let alike = 0;
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= (box.left + box.right) / 2; x++) {
      const one = pixels[y * width + x]!;
      const other = pixels[y * width + box.left + box.right - x]!;
      if (one === 0 && other === 0) continue;
      any++;
      if (one === 0 || other === 0) continue;
      both++;
      if (Math.abs(lightOf(one) - lightOf(other)) < 0.12) alike++;
    }
  }
  return both >= SYMMETRIC * any && alike >= ALIKE * both;
}

/**
 * Where the head of a side view is. The head's end carries more of the drawing's upper half, is higher, and has an eye:
 * a small spot that differs strongly from all around it.
 */
function facingOf(raster: Raster, box: Box): 1 | -1 {
  const left = endScore(raster, box, -1);
  const right = endScore(raster, box, 1);
  const share = (one: number, other: number) => (one - other) / Math.max(1e-6, one + other);
  const score =
    share(right.mass, left.mass) + 0.8 * share(right.top, left.top) + 0.9 * share(right.spots, left.spots);
  return score >= 0 ? 1 : -1;
}

function endScore({ width, pixels }: Raster, box: Box, side: 1 | -1) {
  const span = Math.max(2, Math.round(0.36 * (box.right - box.left + 1)));
  const height = box.bottom - box.top + 1;
  const from = side < 0 ? box.left : box.right - span + 1;
  let mass = 1;
  let spots = 0.5;
  let top = box.bottom;
  for (let y = box.top; y <= box.top + 0.6 * height; y++) {
    for (let x = from; x < from + span; x++) {
      const pixel = pixels[y * width + x]!;
      if (pixel === 0) continue;
      mass++;
      top = Math.min(top, y);
      spots += contrast({ width, pixels }, x, y) > 0.28 ? 1 : 0;
    }
  }
  return { mass, top: box.bottom - top + 1, spots };
}

/** How far a pixel stands out from all its neighbors; 0 at the edge of the drawing. */
function contrast({ width, pixels }: Pick<Raster, "width" | "pixels">, x: number, y: number): number {
  const own = lightOf(pixels[y * width + x]!);
  let least = 0;
  let near = 0;
  for (const [dx, dy] of [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ] as const) {
    const other = pixels[(y + dy) * width + x + dx] ?? 0;
    if (other === 0) return 0;
    const gap = Math.abs(lightOf(other) - own);
    if (gap > 0.2) near++;
    least += gap;
  }
  return near >= 3 ? least / 4 : 0;
}
