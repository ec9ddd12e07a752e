import { drawnBounds, type PixelImage } from "../image.ts";
import type { Box } from "./attach.ts";
import { withoutShadow } from "./without-shadow.ts";

/** Where the head of a figure is and where its neck, in pixels. */
export interface Head extends Box {
  /** Middle of the head. */
  readonly center: number;
}

/** First and last drawn column of each row, and the number of drawn pixels; null for empty rows. */
export function rowsOf(image: PixelImage): ({ left: number; right: number; count: number } | null)[] {
  return Array.from({ length: image.height }, (_, y) => {
    let [left, right, count] = [image.width, -1, 0];
    for (let x = 0; x < image.width; x++) {
      if (image.data[4 * (y * image.width + x) + 3] === 0) continue;
      [left, right, count] = [Math.min(left, x), x, count + 1];
    }
    return right < 0 ? null : { left, right, count };
  });
}

/**
 * Finds the head: the mass at the top of a figure, down to where it narrows to a neck or widens to shoulders; the upper
 * 38 % where there is neither. A figure that is wider than high, an animal, has it at one end.
 */
export function findHead(picture: PixelImage): Head | null {
  const image = withoutShadow(picture);
  const box = drawnBounds(image);
  if (box === null) return null;
  if (box.width > 1.15 * box.height) return findLowHead(image, box);
  const mass = centralRuns(image, box);
  const end = findNeck(mass, box.height);
  const rows = mass.slice(0, end).sort((a, b) => a.right - a.left - (b.right - b.left));
  // Thin things at the top (a spear, a horn) are no head: the wider half of the rows counts.
  const wide = rows.slice(Math.floor(rows.length / 2));
  const left = Math.round(wide.reduce((sum, row) => sum + row.left, 0) / wide.length);
  const right = Math.round(wide.reduce((sum, row) => sum + row.right, 0) / wide.length);
  const top = mass.findIndex((row) => row.right - row.left + 1 >= 0.4 * (right - left + 1));
  const y = box.y + Math.max(0, top);
  return {
    x: left,
    y,
    width: right - left + 1,
    height: Math.max(2, box.y + end - y),
    center: (left + right) / 2,
  };
}

/** The number of rows from the top to the neck. */
function findNeck(mass: readonly { left: number; right: number }[], height: number): number {
  let widest = 0;
  for (let i = 0; i < Math.round(0.55 * height); i++) {
    const width = mass[i]!.right - mass[i]!.left + 1;
    const ahead = mass[Math.min(mass.length - 1, i + 2)]!;
    const isNeck = width <= 0.72 * widest || ahead.right - ahead.left + 1 >= 1.6 * widest;
    if (i >= 0.18 * height && widest >= 3 && isNeck) return Math.max(2, i);
    widest = Math.max(widest, width);
  }
  return Math.max(2, Math.round(0.38 * height));
}

/** Finds the head of an animal: the columns, a third of its width, that have most in the upper 45 %. */
function findLowHead(image: PixelImage, box: Box): Head {
  const width = Math.max(3, Math.round(0.36 * box.width));
  const deep = Math.max(2, Math.ceil(0.45 * box.height));
  const counts = Array.from({ length: box.width }, (_, i) => {
    let count = 0;
    for (let y = box.y; y < box.y + deep; y++)
      if (image.data[4 * (y * image.width + box.x + i) + 3] !== 0) count++;
    return count;
  });
  let best = { x: 0, sum: -1 };
  for (let x = 0; x + width <= box.width; x++) {
    const sum = counts.slice(x, x + width).reduce((total, count) => total + count, 0);
    if (sum > best.sum) best = { x, sum };
  }
  const x = box.x + best.x;
  const isFilled = (y: number): boolean => {
    let count = 0;
    for (let u = x; u < x + width; u++) if (image.data[4 * (y * image.width + u) + 3] !== 0) count++;
    return count >= 0.35 * width;
  };
  let y = box.y;
  while (y < box.y + deep - 1 && !isFilled(y)) y++;
  return { x, y, width, height: Math.max(2, box.y + deep - y), center: x + (width - 1) / 2 };
}

/** For each row of the box, the run of drawn pixels that lies most in its middle. */
function centralRuns(image: PixelImage, box: Box): { left: number; right: number }[] {
  const middle = middleOf(image, box);
  return Array.from({ length: box.height }, (_, i) => {
    const row = (box.y + i) * image.width;
    let best = { left: Math.round(middle), right: Math.round(middle), away: Number.POSITIVE_INFINITY };
    for (let x = box.x; x < box.x + box.width; x++) {
      if (image.data[4 * (row + x) + 3] === 0) continue;
      let right = x;
      while (right + 1 < box.x + box.width && image.data[4 * (row + right + 1) + 3] !== 0) right++;
      const away = middle < x ? x - middle : middle > right ? middle - right : 0;
      const isBetter = away < best.away || (away === best.away && right - x > best.right - best.left);
      if (isBetter) best = { left: x, right, away };
      x = right;
    }
    return best;
  });
}

/** Mean column of the drawn pixels of the upper half. */
function middleOf(image: PixelImage, box: Box): number {
  let [sum, count] = [0, 0];
  for (let y = box.y; y < box.y + Math.ceil(box.height / 2); y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      if (image.data[4 * (y * image.width + x) + 3] === 0) continue;
      sum += x;
      count += 1;
    }
  }
  return count === 0 ? box.x + box.width / 2 : sum / count;
}

/** Where a figure's hands are likely to be: the outermost pixels a little below its middle. */
export function findHand(picture: PixelImage, side: "left" | "right"): { x: number; y: number } | null {
  const image = withoutShadow(picture);
  const box = drawnBounds(image);
  if (box === null) return null;
  const from = Math.floor(box.y + 0.48 * box.height);
  const to = Math.min(image.height - 1, Math.floor(box.y + 0.68 * box.height));
  const columns: number[] = [];
  const rows = rowsOf(image);
  for (let y = from; y <= to; y++) {
    const row = rows[y];
    if (row) columns.push(side === "left" ? row.left : row.right);
  }
  if (columns.length === 0) return null;
  columns.sort((a, b) => a - b);
  const x = columns[Math.floor(columns.length * (side === "left" ? 0.3 : 0.7))]!;
  return { x: side === "left" ? x + 1 : x - 1, y: Math.round(box.y + 0.6 * box.height) };
}
