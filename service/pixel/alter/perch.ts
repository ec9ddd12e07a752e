import { drawnBounds, type PixelImage } from "../image.ts";
import { attach, type Box, chooseSize } from "./attach.ts";
import { rowsOf } from "./figure.ts";
import type { Joint, PairQuestion } from "./joint.ts";
import { neighborsOf } from "./swatches.ts";

/** What sits on a shoulder or on top of a thing. */
const BIRD = /^(parrot|owl|raven|crow|bird|falcon|hawk|eagle|vulture|pigeon|dove|seagull|monkey|squirrel)$/;

/** Whether something of this name sits on what it is with. */
export function perches(name: string): boolean {
  return BIRD.test(name);
}

/** The share of a thing's height that a bird on it has: larger than life, or it would be a blot. */
const SHARE = 0.42;
/** What a covered pixel, a row farther down and a column farther from the middle count against a place. */
const COST = { covered: 1.2, row: 1, column: 0.15 } as const;

/**
 * Sets a bird on the upper contour of a thing, where it covers least and is high up, parted from it by a line of empty
 * pixels where both are dark.
 */
export function perchOnTop({ main, others }: PairQuestion, box: Box): Joint | null {
  const room = Math.max(7, Math.round(SHARE * box.height));
  const item = chooseSize(others, { width: Math.round(1.3 * room), height: room });
  if (item === null) return null;
  const at = placeOn(main, box, item);
  const other = { ...at, width: item.width, height: item.height };
  return { image: attach(cutAround(main, item, at), item, at), shift: { x: 0, y: 0 }, other };
}

function placeOn(main: PixelImage, box: Box, item: PixelImage): { x: number; y: number } {
  const feet = middleOfFeet(item);
  let best = {
    x: Math.round(box.x + (box.width - item.width) / 2),
    y: box.y,
    cost: Number.POSITIVE_INFINITY,
  };
  for (let column = box.x; column < box.x + box.width; column++) {
    let top = box.y;
    while (top < main.height && main.data[4 * (top * main.width + column) + 3] === 0) top++;
    const [x, y] = [column - feet, top - item.height + 1];
    if (top >= main.height || x < 0 || y < 0 || x + item.width > main.width) continue;
    const off = Math.abs(column - box.x - box.width / 2);
    const cost = COST.covered * coveredBy(main, item, { x, y }) + COST.row * top + COST.column * off;
    if (cost < best.cost) best = { x, y, cost };
  }
  return { x: best.x, y: best.y };
}

function middleOfFeet(item: PixelImage): number {
  const row = rowsOf(item).at(-1);
  return row ? Math.round((row.left + row.right) / 2) : Math.floor(item.width / 2);
}

function coveredBy(main: PixelImage, item: PixelImage, { x, y }: { x: number; y: number }): number {
  let count = 0;
  for (let p = 0; p < item.width * item.height; p++) {
    const q = (y + Math.floor(p / item.width)) * main.width + x + (p % item.width);
    if (item.data[4 * p + 3] !== 0 && main.data[4 * q + 3] !== 0) count++;
  }
  return count;
}

/** Empties the pixels of a thing beside an item that is to cover it, but not those under its feet. */
function cutAround(main: PixelImage, item: PixelImage, { x, y }: { x: number; y: number }): PixelImage {
  const data = main.data.slice();
  const drawn = drawnBounds(item);
  for (let p = 0; p < item.width * item.height; p++) {
    const v = Math.floor(p / item.width);
    if (item.data[4 * p + 3] === 0 || !drawn || v >= drawn.y + drawn.height - 2) continue;
    const q = (y + v) * main.width + x + (p % item.width);
    for (const n of neighborsOf(main, q)) if (n >= 0) data.fill(0, 4 * n, 4 * n + 4);
  }
  return { width: main.width, height: main.height, data };
}
