import type { Rig } from "./rig.ts";
import { type Box, type Raster, rgbOf } from "./raster.ts";
import { lightOf } from "./light.ts";
import type { Subject } from "./subject.ts";

/** Doors and gates: the leaf turns on its hinges (its columns draw together) and shows the dark behind it. */
export const door: Rig = (subject, action) => {
  if (action !== "open" && action !== "close") return null;
  const leaf = findLeaf(subject);
  return (moment) => {
    const open = Math.min(1, 1.1 * moment);
    return { raster: turn(subject, leaf, action === "open" ? open : 1 - open), pose: {} };
  };
};

/** A leaf that takes more of the drawing than this has no frame. */
const WHOLE = 0.86;

/** Finds the leaf: the box of what has the colors of the middle; if that is everything, all but the outline. */
function findLeaf({ raster, box, width, height }: Subject): Box {
  const common = new Map<number, number>();
  const at = (x: number, y: number) => raster.pixels[y * raster.width + x]!;
  const inner = { left: box.left + 0.36 * width, right: box.right - 0.36 * width, top: box.top + 0.4 * height, bottom: box.bottom - 0.15 * height };
  for (let y = Math.round(inner.top); y <= inner.bottom; y++)
    for (let x = Math.round(inner.left); x <= inner.right; x++) common.set(at(x, y), (common.get(at(x, y)) ?? 0) + 1);
  const total = [...common.values()].reduce((a, b) => a + b, 0);
  const own = new Set([...common].filter(([pixel, n]) => pixel !== 0 && n > 0.04 * total && lightOf(pixel) > 0.2).map(([pixel]) => pixel));
  const share = (count: number, length: number) => count > 0.42 * length;
  const column = (x: number) => {
    let n = 0;
    for (let y = box.top; y <= box.bottom; y++) if (own.has(at(x, y))) n++;
    return share(n, height);
  };
  const row = (y: number) => {
    let n = 0;
    for (let x = box.left; x <= box.right; x++) if (own.has(at(x, y))) n++;
    return share(n, 0.7 * width);
  };
  const middle = { x: Math.round((box.left + box.right) / 2), y: Math.round((box.top + 2 * box.bottom) / 3) };
  const reach = (from: number, end: number, holds: (n: number) => boolean) => {
    let last = from;
    for (let n = from, gap = 0; n !== end && gap < 3; n += Math.sign(end - from)) {
      if (holds(n)) {
        last = n;
        gap = 0;
      } else gap++;
    }
    return last;
  };
  const leaf = {
    left: reach(middle.x, box.left - 1, column),
    right: reach(middle.x, box.right + 1, column),
    top: reach(middle.y, box.top - 1, row),
    bottom: box.bottom,
  };
  const isWhole = leaf.right - leaf.left + 1 > WHOLE * width || leaf.right - leaf.left < 0.3 * width;
  return isWhole ? { left: box.left + 1, right: box.right - 1, top: box.top + 1, bottom: box.bottom - 1 } : leaf;
}

/** Draws the leaf turned by 0 to 1, its hinges at the left. */
function turn({ raster }: Subject, leaf: Box, open: number): Raster {
  const pixels = raster.pixels.slice();
  const { width } = raster;
  const colors = [...new Set(raster.pixels)].filter((pixel) => pixel !== 0);
  const dark = colors.reduce((most, one) => (lightOf(one) < lightOf(most) ? one : most), colors[0]!);
  const span = leaf.right - leaf.left + 1;
  const shown = Math.max(2, Math.round(span * Math.cos(open * 1.36)));
  if (shown >= span) return raster;
  for (let y = leaf.top; y <= leaf.bottom; y++) {
    for (let x = leaf.left; x <= leaf.right; x++) {
      const i = y * width + x;
      if (raster.pixels[i] === 0) continue;
      const place = x - leaf.left;
      const from = leaf.left + Math.floor(((place + 0.5) * span) / shown);
      const edge = place === shown - 1 && shown < span;
      pixels[i] = place < shown ? (edge ? darker(raster, y * width + from, dark) : raster.pixels[y * width + from]!) : dark;
    }
  }
  return { ...raster, pixels };
}

/** The leaf's outer edge: as dark as its outline. */
function darker(raster: Raster, i: number, dark: number): number {
  const own = raster.pixels[i]!;
  return rgbOf(own) === 0 ? own : dark;
}
