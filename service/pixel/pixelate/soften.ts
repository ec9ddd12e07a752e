import type { PixelImage } from "../image.ts";

/** At most about this many rows and columns are read. */
const ENOUGH_LINES = 64;
/** A step between two pixels of fewer levels than this is noise. */
const NOISE = 3;
/** A border is a rise or fall of at least so many levels. */
const CLEAR_BORDER = 48;
const FEWEST_BORDERS = 40;
/** An overshoot is this share of its border, or no sharpening made it. */
const LEAST_OVERSHOOT = 0.1;
const MOST_OVERSHOOT = 0.6;
/** How much of a pixel comes from each neighbor at most: more would only blur. */
const MOST_SHARE = 0.25;
/** Larger pictures have larger cells, whose middle a sharpened rim does not reach. */
const MOST_PIXELS = 1_600_000;

/**
 * Undoes the sharpening of a picture: an overshoot on both sides of every border, as chat image generators and "unsharp
 * mask" leave it. The picture is smoothed just enough that the overshoot is gone. Gives null if it was not sharpened.
 */
export function withoutSharpening(image: PixelImage): PixelImage | null {
  if (image.width * image.height > MOST_PIXELS) return null;
  const overshoot = measureOvershoot(image);
  if (overshoot < LEAST_OVERSHOOT) return null;
  return smooth(image, Math.min(MOST_SHARE, overshoot));
}

/**
 * The median of all clear borders: the larger of the two reversals right before and after a rise or fall, as a share of
 * it. 0 if there are too few borders.
 */
export function measureOvershoot(image: PixelImage): number {
  const { width, height } = image;
  const shares: number[] = [];
  for (let y = 0; y < height; y += Math.ceil(height / ENOUGH_LINES))
    addBorders(image, { start: y * width, step: 1, count: width }, shares);
  for (let x = 0; x < width; x += Math.ceil(width / ENOUGH_LINES))
    addBorders(image, { start: x, step: width, count: height }, shares);
  if (shares.length < FEWEST_BORDERS) return 0;
  return shares.sort((one, other) => one - other)[shares.length >> 1]!;
}

/** Follows the rises and falls along a line, each until the level turns or stays. */
function addBorders(
  { data }: PixelImage,
  { start, step, count }: { start: number; step: number; count: number },
  shares: number[],
): void {
  let [before, here, run, last, still] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const at = 4 * (start + i * step);
    const level = 0.3 * data[at]! + 0.59 * data[at + 1]! + 0.11 * data[at + 2]!;
    const change = i === 0 ? 0 : level - last;
    last = level;
    const kept = Math.abs(change) < NOISE ? 0 : change;
    still = kept === 0 ? still + 1 : 0;
    // At the very top of an overshoot the level hardly moves.
    if (still === 1) continue;
    if (kept * run > 0) {
      run += kept;
      continue;
    }
    // A run ends: `here` is the one before it, and `run` comes right after.
    if (Math.abs(here) >= CLEAR_BORDER) {
      const ahead = run * here < 0 ? Math.abs(run) : 0;
      const behind = before * here < 0 ? Math.abs(before) : 0;
      const share = Math.max(ahead, behind) / Math.abs(here);
      // Black and white cannot overshoot, so one side is enough; the next border is no overshoot.
      if (share <= MOST_OVERSHOOT) shares.push(share);
    }
    before = here;
    here = run;
    run = kept;
  }
}

/** Mixes every pixel with its neighbors along both axes, `share` from each side. */
function smooth({ width, height, data }: PixelImage, share: number): PixelImage {
  const across = data.slice();
  const middle = 1 - 2 * share;
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = 4 * (y * width + x);
      for (let c = at; c < at + 3; c++)
        across[c] = middle * data[c]! + share * (data[c - 4]! + data[c + 4]!) + 0.5;
    }
  }
  const out = across.slice();
  const row = 4 * width;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * row; at < (y + 1) * row; at += 4) {
      for (let c = at; c < at + 3; c++)
        out[c] = middle * across[c]! + share * (across[c - row]! + across[c + row]!) + 0.5;
    }
  }
  return { width, height, data: out };
}
