import { type Drawing, drawCell, type Placed } from "./draw-layer.ts";
import type { WornPart } from "./worn-parts.ts";

/** A layer of a cape as it is seen from behind. */
export interface CapeLayer {
  placed: Placed;
  worn: WornPart;
  owner: number;
  size: number;
}

/** Columns from the middle of a cape to its edge: under the shoulders it shows beside the arms, and at the hem it swings out. */
const AT_ARMS = 17;
const AT_HEM = 22;
/** The share of its height in which it comes from the neck to the arms. */
const NECK = 0.22;
/** Rows from the soles to the hem: feet stay free, so that it hangs behind them. */
const CALVES = 5;
/** Rows of the back that are its own dark hem: the rim takes their place. */
const OWN_HEM = 3;

/**
 * Draws a cape behind somebody who faces us. The body hides what its sheets show from the front, so this takes its back,
 * in a mirror and widened row by row to flare on both sides, and gives it a dark rim. The drawing is still empty.
 */
export function drawCapeBehind(
  drawing: Drawing,
  layers: readonly CapeLayer[],
  anchor: { x: number; y: number },
): void {
  const { width, height } = drawing;
  const back: Drawing = { width, height, pixels: new Uint16Array(width * height), head: null };
  for (const { placed, owner, size } of layers) drawCell(back, placed, { owner, size });
  const { top, bottom } = rowsOf(back);
  const hem = Math.min(bottom, anchor.y - CALVES);
  for (let y = top; y <= hem; y++) {
    const share = (y - top) / Math.max(1, hem - top);
    const span = spanOf(back, top + Math.round(share * (bottom - OWN_HEM - top)));
    if (!span) continue;
    const middle = 2 * anchor.x - (span.left + span.right) / 2;
    const half = Math.max((span.right - span.left) / 2, halfAt(share));
    for (let x = Math.max(0, Math.ceil(middle - half)); x < Math.min(width, middle + half); x++) {
      const across = (middle + half - x - 0.5) / (2 * half);
      const column = Math.floor(span.left + across * (span.right - span.left));
      drawing.pixels[y * width + x] = back.pixels[span.row * width + column] ?? 0;
    }
  }
  drawRim(drawing, layers);
}

/** Half the width of a cape, `share` of its height below the neck. */
function halfAt(share: number): number {
  if (share < NECK) return (AT_ARMS * (1 + share / NECK)) / 2;
  // The corners of the hem are round.
  if (share === 1) return AT_HEM - 2;
  return AT_ARMS + ((AT_HEM - AT_ARMS) * (share - NECK)) / (1 - NECK);
}

/** The first and the last row that are drawn. */
function rowsOf({ width, pixels }: Drawing): { top: number; bottom: number } {
  const isDrawn = (pixel: number) => pixel !== 0;
  const [first, last] = [pixels.findIndex(isDrawn), pixels.findLastIndex(isDrawn)];
  return { top: Math.floor(Math.max(0, first) / width), bottom: Math.floor(last / width) };
}

/** The columns between which a row is drawn, `right` excluded; null for an empty row. */
function spanOf({ width, pixels }: Drawing, row: number) {
  const cells = pixels.subarray(row * width, (row + 1) * width);
  const left = cells.findIndex((pixel) => pixel !== 0);
  return left < 0 ? null : { row, left, right: cells.findLastIndex((pixel) => pixel !== 0) + 1 };
}

/** Gives the sides and the hem the darkest color of the part that they belong to; the holes of a torn cape stay. */
function drawRim(drawing: Drawing, layers: readonly CapeLayer[]): void {
  const { width, height, pixels } = drawing;
  const darkest = new Map(layers.map(({ owner, worn }) => [owner + 1, darkestOf(worn)]));
  const edges = new Set<number>();
  for (let row = 0; row < height; row++) {
    const span = spanOf(drawing, row);
    if (span) edges.add(row * width + span.left).add(row * width + span.right - 1);
  }
  for (let x = 0; x < width; x++) {
    let p = (height - 1) * width + x;
    while (p >= 0 && pixels[p] === 0) p -= width;
    if (p >= 0) edges.add(p);
  }
  for (const p of edges) {
    const owner = (pixels[p] ?? 0) >> 8;
    pixels[p] = 256 * owner + (darkest.get(owner) ?? 1);
  }
}

/** The number of the darkest color in which a part is worn. */
function darkestOf({ table }: WornPart): number {
  const light = (color: number) =>
    0.299 * (color >> 16) + 0.587 * ((color >> 8) & 255) + 0.114 * (color & 255);
  let best = 1;
  for (let number = 2; number < table.length; number++)
    if (light(table[number] ?? 0) < light(table[best] ?? 0)) best = number;
  return best;
}
