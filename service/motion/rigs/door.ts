import { toOklab } from "../../pixel/oklab.ts";
import { lightOf } from "./light.ts";
import { type Box, type Raster, rgbOf } from "./raster.ts";
import type { Rig } from "./rig.ts";
import type { Subject } from "./subject.ts";

/** Doors and gates: the leaf turns on its hinges (its columns draw together) and shows the dark behind it. */
export const door: Rig = (subject, action) => {
  if (action !== "open" && action !== "close") return null;
  const leaf = findLeaf(subject);
  return (moment) => {
    return { raster: turn(subject, leaf, action === "open" ? moment : 1 - moment), pose: {} };
  };
};

/** A leaf that takes more of the drawing than this, or less than that, has no frame that can be told from it. */
const WHOLE = 0.9;
const NARROW = 0.3;
/** Mean colors nearer than this (OKLab) are one material. */
const SAME = 0.05;

/** Finds the leaf: the box of what is nearer in color to the middle than to the rim; if that is all, all but the outline. */
function findLeaf({ raster, box, width, height }: Subject): Box {
  const inRim = (x: number, y: number) =>
    x < box.left + 0.1 * width || x > box.right - 0.1 * width || y < box.top + 0.1 * height;
  const inMiddle = (x: number, y: number) =>
    Math.abs(x - (box.left + box.right) / 2) < 0.16 * width &&
    Math.abs(y - (box.top + box.bottom) / 2) < 0.25 * height;
  const rim = meanColor(raster, box, inRim);
  const middle = meanColor(raster, box, inMiddle);
  const whole = { left: box.left + 1, right: box.right - 1, top: box.top + 1, bottom: box.bottom - 1 };
  if (distance(rim, middle) < SAME) return whole;
  const isLeaf = (x: number, y: number) => {
    const pixel = raster.pixels[y * raster.width + x]!;
    if (pixel === 0) return false;
    const own = toOklab(rgbOf(pixel));
    return distance(own, middle) < distance(own, rim);
  };
  const rows = { from: Math.round(box.top + 0.4 * height), to: Math.round(box.top + 0.9 * height) };
  const isLeafColumn = (x: number) => share(rows.from, rows.to, (y) => isLeaf(x, y)) > 0.5;
  const center = Math.round((box.left + box.right) / 2);
  const left = reach(center, box.left, isLeafColumn);
  const right = reach(center, box.right, isLeafColumn);
  const top = reach(rows.from, box.top, (y) => share(left, right, (x) => isLeaf(x, y)) > 0.4);
  const span = right - left + 1;
  if (span > WHOLE * width || span < NARROW * width) return whole;
  return { left, right, top, bottom: box.bottom };
}

/** The last line for which something holds, from one line to another, over gaps of up to two. */
function reach(from: number, to: number, holds: (line: number) => boolean): number {
  const step = Math.sign(to - from);
  let last = from;
  for (let line = from; line !== to + step && Math.abs(line - last) <= 2; line += step)
    if (holds(line)) last = line;
  return last;
}

function share(from: number, to: number, holds: (line: number) => boolean): number {
  let count = 0;
  for (let line = from; line <= to; line++) if (holds(line)) count++;
  return count / Math.max(1, to - from + 1);
}

type Lab = ReturnType<typeof toOklab>;

const distance = (one: Lab, other: Lab): number =>
  Math.hypot(0.6 * (one.l - other.l), one.a - other.a, one.b - other.b);

function meanColor(raster: Raster, box: Box, holds: (x: number, y: number) => boolean): Lab {
  const sum = { l: 0, a: 0, b: 0 };
  let count = 0;
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) {
      const pixel = raster.pixels[y * raster.width + x]!;
      if (pixel === 0 || !holds(x, y)) continue;
      const { l, a, b } = toOklab(rgbOf(pixel));
      sum.l += l;
      sum.a += a;
      sum.b += b;
      count++;
    }
  }
  const n = Math.max(1, count);
  return { l: sum.l / n, a: sum.a / n, b: sum.b / n };
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
      pixels[i] =
        place < shown
          ? edge
            ? darker(raster, y * width + from, dark)
            : raster.pixels[y * width + from]!
          : dark;
    }
  }
  return { ...raster, pixels };
}

/** The leaf's outer edge: as dark as its outline. */
function darker(raster: Raster, i: number, dark: number): number {
  const own = raster.pixels[i]!;
  return rgbOf(own) === 0 ? own : dark;
}
