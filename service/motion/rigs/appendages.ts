import { around, maskOf, partsOf } from "./parts.ts";
import { cut, type Mask, type Raster, shiftColumns, shiftRows } from "./raster.ts";
import type { Subject } from "./subject.ts";

/** Something that sticks out of a body: a leg, a tail, a claw, a wing, a tentacle. */
export interface Appendage {
  mask: Mask;
  area: number;
  /** Where it grows from the body, and its far end. */
  root: { x: number; y: number };
  tip: { x: number; y: number };
  length: number;
}

/** Parts thinner than this share of the thickest are no part of the trunk. */
const THIN = 0.5;

/** Finds what sticks out of a drawing: all that is left when its thick middle is taken away. */
export function findAppendages({ raster, width, height }: Subject, thin = THIN): Appendage[] {
  const depth = depths(raster);
  const most = depth.reduce((a, b) => Math.max(a, b), 0);
  const reach = Math.max(2, Math.round(thin * most));
  if (most < 2) return [];
  const trunk = grow(raster, depth, reach);
  const rest = raster.pixels.map((pixel, i) => (pixel !== 0 && !trunk[i] ? 1 : 0));
  const least = Math.max(3, 0.008 * width * height);
  return partsOf(raster, rest)
    .filter(({ area }) => area >= least)
    .flatMap(({ pixels, area }) => describe(raster, { pixels, area, trunk }));
}

/** How deep each pixel lies in the drawing: 1 at its edge. */
export function depths({ width, height, pixels }: Raster): Uint16Array {
  const depth = new Uint16Array(pixels.length);
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : depth[y * width + x]!;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (pixels[y * width + x] !== 0)
        depth[y * width + x] = 1 + Math.min(at(x - 1, y), at(x, y - 1), at(x - 1, y - 1), at(x + 1, y - 1));
  for (let y = height - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--)
      if (pixels[y * width + x] !== 0)
        depth[y * width + x] = Math.min(
          depth[y * width + x]!,
          1 + Math.min(at(x + 1, y), at(x, y + 1), at(x + 1, y + 1), at(x - 1, y + 1)),
        );
  return depth;
}

/** The trunk: everything within reach of the deep pixels. */
function grow(raster: Raster, depth: Uint16Array, reach: number): Uint8Array {
  let trunk: Uint8Array = Uint8Array.from(depth, (d) => (d >= reach ? 1 : 0));
  for (let step = 1; step < reach; step++) {
    const next = trunk.slice();
    for (let i = 0; i < trunk.length; i++)
      if (trunk[i]) for (const j of around(i, raster)) if (raster.pixels[j] !== 0) next[j] = 1;
    trunk = next;
  }
  return trunk;
}

function describe(
  raster: Raster,
  { pixels, area, trunk }: { pixels: number[]; area: number; trunk: Uint8Array },
): Appendage[] {
  const { width } = raster;
  const point = (i: number) => ({ x: i % width, y: Math.floor(i / width) });
  const roots = pixels.filter((i) => around(i, raster).some((j) => trunk[j])).map(point);
  if (roots.length === 0) return [];
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const root = { x: mean(roots.map(({ x }) => x)), y: mean(roots.map(({ y }) => y)) };
  const far = (p: { x: number; y: number }) => Math.hypot(p.x - root.x, p.y - root.y);
  const tip = pixels.map(point).reduce((most, p) => (far(p) > far(most) ? p : most));
  return [{ mask: maskOf(pixels, raster), area, root, tip, length: far(tip) }];
}

/**
 * Bends an appendage about its root: its tip moves by `by` pixels across its direction (positive is down for one that
 * lies flat, to the right for one that stands or hangs), what is nearer the root less. Never so far that it tears.
 */
export function bend(raster: Raster, { mask, root, tip, length }: Appendage, by: number): Raster {
  const layer = cut(raster, mask);
  const most = 0.85 * length;
  const far = Math.max(-most, Math.min(most, by));
  const flat = Math.abs(tip.x - root.x) >= Math.abs(tip.y - root.y);
  const along = flat ? tip.x - root.x : tip.y - root.y;
  const part = (place: number, from: number) => Math.max(0, Math.min(1, (place - from) / along));
  if (Math.abs(along) < 1) return layer;
  return flat
    ? shiftColumns(layer, (x) => far * part(x, root.x))
    : shiftRows(layer, (y) => far * part(y, root.y));
}
