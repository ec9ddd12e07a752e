import { partsOf } from "./parts.ts";
import { cut, type Mask, type Raster, shift, shiftRows, stack, without } from "./raster.ts";
import type { Subject } from "./subject.ts";

/** A leg: what reaches the ground, apart from the others. */
export interface Leg {
  mask: Mask;
  /** Its first row, and the last one. */
  hip: number;
  foot: number;
  /** Its middle column. */
  x: number;
}

/** Legs take at most this share of the height. */
const LEGS = 0.5;
/** A foot may stand this far above the lowest one (share of the height): the far legs of a side view do. */
const FAR = 0.16;
/** A leg is at most this wide, as a share of the drawing. */
const WIDE = 0.46;
/** Rows of the body that a leg takes along under it, so that no gap opens when the body rises. */
const OVERLAP = 4;

/** Toes of neighboring legs may touch in this share of the rows at the bottom. */
const TOES = 0.12;

/**
 * Finds the legs of a drawing: of all heights at which it can be cut, the one below which most parts stand on the
 * ground, at most `most`; the higher one of equals. Left to right; empty if fewer than two stand apart.
 */
export function findLegs(subject: Subject, most = 4): Leg[] {
  const { box, height } = subject;
  for (let toes = 0; toes <= Math.max(1, TOES * height); toes++) {
    const legs = legsAbove(subject, { floor: box.bottom - toes, most });
    if (legs.length >= 2) return toes === 0 ? legs : withToes(subject, legs);
  }
  return [];
}

function legsAbove(
  { raster, box, width, height }: Subject,
  { floor, most }: { floor: number; most: number },
): Leg[] {
  let best: Leg[] = [];
  const least = Math.max(2, Math.round(0.07 * height));
  const end = (floor + 1) * raster.width;
  for (let hip = floor - least + 1; hip > box.bottom - LEGS * height; hip--) {
    const below = raster.pixels.map((pixel, i) =>
      pixel !== 0 && i >= hip * raster.width && i < end ? 1 : 0,
    );
    const parts = partsOf(raster, below).filter(
      (part) =>
        part.box.bottom >= floor - FAR * height &&
        part.box.top <= hip + 1 &&
        part.box.bottom - part.box.top + 1 >= least - 1 &&
        part.box.right - part.box.left + 1 <= Math.max(2, WIDE * width),
    );
    if (parts.length < 2 || Math.min(most, parts.length) < Math.min(most, best.length)) continue;
    best = parts.map((part) => ({
      mask: maskFrom(raster, part.pixels),
      hip,
      foot: part.box.bottom,
      x: (part.box.left + part.box.right) / 2,
    }));
  }
  return best.sort((one, other) => one.x - other.x);
}

/** Gives each leg its share of the rows below, in which their toes touch: what is nearest to it. */
function withToes({ raster, box }: Subject, legs: readonly Leg[]): Leg[] {
  const extended = legs.map((leg) => ({ ...leg, mask: leg.mask.slice(), foot: box.bottom }));
  const floor = Math.max(...legs.map(({ foot }) => foot));
  for (let y = floor + 1; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) {
      if (raster.pixels[y * raster.width + x] === 0) continue;
      const nearest = extended.reduce((best, leg) =>
        Math.abs(leg.x - x) < Math.abs(best.x - x) ? leg : best,
      );
      nearest.mask[y * raster.width + x] = 1;
    }
  }
  return extended;
}

function maskFrom({ pixels }: Raster, own: readonly number[]): Mask {
  const mask = new Uint8Array(pixels.length);
  for (const i of own) mask[i] = 1;
  return mask;
}

/** How a leg stands: its foot this far to the right of where it was drawn, this far off the ground. */
export interface Step {
  swing: number;
  lift: number;
}

/** Draws legs in their steps, and the body over them. `move` moves the body (and the hips, for which it is asked too). */
export function drawLegs(
  raster: Raster,
  legs: readonly Leg[],
  { steps, move }: { steps: readonly Step[]; move: (body: Raster) => Raster },
): Raster {
  const body = without(
    raster,
    legs.map(({ mask }) => mask),
  );
  const layers = legs.map((leg, i) => drawLeg(raster, leg, steps[i] ?? { swing: 0, lift: 0 }));
  return stack(...layers, move(body));
}

function drawLeg(raster: Raster, leg: Leg, { swing, lift }: Step): Raster {
  const { width } = raster;
  const mask = leg.mask.slice();
  for (let x = 0; x < width; x++) {
    if (!mask[leg.hip * width + x]) continue;
    for (let y = leg.hip - OVERLAP; y < leg.hip; y++)
      if (raster.pixels[y * width + x]) mask[y * width + x] = 1;
  }
  const length = Math.max(1, leg.foot - leg.hip + 1);
  const most = Math.min(lift, length);
  const up = Math.round(most);
  const across = (y: number) => Math.round(swing * Math.max(0, Math.min(1, (y - leg.hip + 1) / length)));
  return shift(shiftRows(cut(raster, mask), across), 0, -up);
}

/** One leg's step in a cycle, by its phase (0 to 1): half of it on the ground going back, half in the air going forward. */
export function stride(phase: number, { reach, lift }: { reach: number; lift: number }): Step {
  const p = ((phase % 1) + 1) % 1;
  if (p < 0.5) return { swing: reach * (1 - 4 * p), lift: 0 };
  return { swing: reach * (4 * (p - 0.5) - 1), lift: lift * Math.sin(2 * Math.PI * (p - 0.5)) };
}
