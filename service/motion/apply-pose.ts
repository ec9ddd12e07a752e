import { createImage, type PixelImage } from "../pixel/image.ts";
import { colorAt, setColor } from "../pixel/parse-hex.ts";
import { bayerThreshold } from "./bayer.ts";
import { cycleColors, findRamps, flashColors, glowColors } from "./color-ramps.ts";
import type { Pose, RowEdit } from "./pose.ts";
import type { Still } from "./still.ts";

/** Where the bottom third of a figure begins: its legs. */
const HIP = 0.68;

/**
 * Draws a still in a pose on a canvas of the same size: whole rows and columns are moved, dropped or repeated, so
 * every pixel has a color of the still. The bottom row stays on its baseline unless the pose lifts it. A pose that
 * would leave the canvas is held back: less lift, less lean, less shift, in this order.
 */
export function applyPose(still: Still, pose: Pose): PixelImage {
  const lifted = liftLegs(still, pose.legs);
  const { box } = still;
  const rows = planRows(box, pose);
  const columns = planColumns(box, Math.min(pose.columns, still.image.width - box.width));
  if (pose.mirrored) columns.reverse();
  const base = box.y + box.height;
  const top = Math.max(0, base - rows.length - Math.max(0, pose.lift));
  const left = box.x + Math.floor((box.width - columns.length) / 2);
  const { dx, lean } = holdInside({ left, width: columns.length, canvas: still.image.width }, pose);
  const result = createImage(still.image.width, still.image.height);
  for (const [i, y] of rows.entries()) {
    const shift = dx + Math.round(lean * (1 - i / Math.max(1, rows.length - 1)));
    for (const [j, x] of columns.entries()) {
      copyPixel(lifted, { x, y }, result, { x: left + j + shift, y: top + i });
    }
  }
  return dissolve(recolor(result, pose), pose.keep);
}

interface Point {
  x: number;
  y: number;
}

function copyPixel(source: PixelImage, from: Point, target: PixelImage, to: Point): void {
  if (to.x < 0 || to.y < 0 || to.x >= target.width || to.y >= target.height) return;
  const offset = 4 * (from.y * source.width + from.x);
  if (source.data[offset + 3] === 0) return;
  target.data.set(source.data.subarray(offset, offset + 4), 4 * (to.y * target.width + to.x));
}

/** Source rows in drawing order, from the top; at least one. */
function planRows(box: Still["box"], { squash, edits }: Pose): number[] {
  let rows = Array.from({ length: box.height }, (_, i) => box.y + i);
  for (const edit of edits) rows = editRows(rows, edit);
  const wanted = Math.max(1, Math.min(2 * box.height, rows.length - squash));
  return wanted === rows.length ? rows : spread(rows, wanted);
}

function editRows(rows: readonly number[], { at, rows: count }: RowEdit): number[] {
  const place = Math.min(rows.length - 1, Math.max(0, Math.round(at * (rows.length - 1))));
  if (count >= 0) {
    const most = Math.min(count, rows.length - 1);
    const from = Math.min(place, rows.length - most);
    return [...rows.slice(0, from), ...rows.slice(from + most)];
  }
  const repeated = Array.from({ length: -count }, () => rows[place]!);
  return [...rows.slice(0, place), ...repeated, ...rows.slice(place)];
}

function planColumns(box: Still["box"], more: number): number[] {
  const columns = Array.from({ length: box.width }, (_, i) => box.x + i);
  return more === 0 ? columns : spread(columns, Math.max(1, box.width + more));
}

/** Takes `count` of the entries at even steps: the middle of each of `count` equal parts. */
function spread(entries: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => entries[Math.floor(((i + 0.5) * entries.length) / count)]!);
}

function holdInside(
  place: { left: number; width: number; canvas: number },
  { dx, lean }: Pose,
): { dx: number; lean: number } {
  const least = -place.left;
  const most = place.canvas - place.width - place.left;
  const held = Math.max(Math.min(least, 0), Math.min(Math.max(most, 0), dx));
  const leaning = Math.max(Math.min(least - held, 0), Math.min(Math.max(most - held, 0), lean));
  return { dx: held, lean: leaning };
}

/** Lifts a foot: rows below the hip are removed from its half, and the rest of that half moves up. */
function liftLegs({ image, box }: Still, [left, right]: Pose["legs"]): PixelImage {
  if (left <= 0 && right <= 0) return image;
  const hip = box.y + Math.round(HIP * box.height);
  const middle = box.x + Math.floor(box.width / 2);
  const bottom = box.y + box.height;
  const data = image.data.slice();
  for (let x = box.x; x < box.x + box.width; x++) {
    const lift = Math.min(Math.max(0, x < middle ? left : right), bottom - hip - 1);
    if (lift === 0) continue;
    for (let y = hip; y < bottom; y++) {
      const to = 4 * (y * image.width + x);
      const from = 4 * ((y + lift) * image.width + x);
      if (y + lift < bottom) data.set(image.data.subarray(from, from + 4), to);
      else data.fill(0, to, to + 4);
    }
  }
  return { width: image.width, height: image.height, data };
}

function recolor(image: PixelImage, { cycle, glow, flash }: Pose): PixelImage {
  if (cycle === 0 && glow === 0 && !flash) return image;
  const colors = new Set<number>();
  for (let i = 0; i < image.data.length; i += 4)
    if (image.data[i + 3] !== 0) colors.add(colorAt(image.data, i));
  const ramps = findRamps([...colors]);
  const glowing = glow > 0 ? glowColors(ramps, glow) : cycleColors(ramps, cycle);
  const map = flash ? flashColors([...colors]) : glowing;
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const swapped = data[i + 3] === 0 ? undefined : map.get(colorAt(data, i));
    if (swapped !== undefined) setColor(data, i, swapped);
  }
  return { width: image.width, height: image.height, data };
}

function dissolve(image: PixelImage, keep: number): PixelImage {
  if (keep >= 1) return image;
  const data = image.data.slice();
  for (let i = 0, p = 0; i < data.length; i += 4, p++) {
    const x = p % image.width;
    if (bayerThreshold(x, (p - x) / image.width) >= keep) data.fill(0, i, i + 4);
  }
  return { width: image.width, height: image.height, data };
}
