import { createImage, equalImages, type PixelImage } from "../pixel/image.ts";
import { seededRandom } from "../pixel/random.ts";
import type { DrawMoment, EffectDrawing } from "./effect.ts";
import { createInk, type Ink, NO_TURN, type Turn, toPixels } from "./ink.ts";
import type { Ramp } from "./ramps.ts";

export interface EffectLook {
  /** Edge of a frame in pixels, 16 to 128. */
  size: number;
  ramp: Ramp;
  /** A uint32: what the effect leaves open. */
  seed: number;
  turn: Turn;
}

/** Moments that are tried for the first and the last that show something. */
const STEPS = 64;
/** Shares of a step by which a frame is moved if nothing moved by a pixel since the one before. */
const NUDGES = [0, 0.25, 0.45, -0.25];

/** Draws `count` frames of an effect: alpha is 0 or 255, and all colors are of the ramp. The same look, the same pixels. */
export function drawEffect(effect: EffectDrawing, look: EffectLook, count: number): PixelImage[] {
  const draw = effect.plan(seededRandom(look.seed), look.size);
  const [from, to] = effect.loop ? [0, 1] : shownSpan(draw, look);
  // A loop is at its start again one frame after the last; a one-shot effect ends with the last trace of it.
  const steps = effect.loop ? count : Math.max(1, count - 1);
  const frames: PixelImage[] = [];
  for (let i = 0; i < count; i++) {
    const tried = NUDGES.map(
      (nudge) => () => drawMoment(draw, look, from + ((to - from) * (i + nudge)) / steps),
    );
    const last = frames.at(-1);
    const isNew = (image: PixelImage): boolean => !last || !equalImages(image, last);
    frames.push(firstOf(tried, isNew));
  }
  return frames;
}

/** Gives the first value that fits, or the very first; makes no more than it needs. */
function firstOf(makers: readonly (() => PixelImage)[], fits: (image: PixelImage) => boolean): PixelImage {
  let first: PixelImage | null = null;
  for (const make of makers) {
    const made = make();
    if (fits(made)) return made;
    first ??= made;
  }
  if (!first) throw new RangeError("There is no frame to draw.");
  return first;
}

/** Gives the first and the last moment that shows more than a few pixels: small frames are empty for longer. */
function shownSpan(draw: DrawMoment, look: EffectLook): [number, number] {
  const moments = Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS);
  const isShown = (t: number): boolean => countDrawn(inkOf(draw, look, t)) >= look.size / 4;
  return [moments.find(isShown) ?? 0, moments.findLast(isShown) ?? 1];
}

/** Draws the one moment of an effect that shows it best. */
export function drawPeak(effect: EffectDrawing, look: EffectLook): PixelImage {
  return drawMoment(effect.plan(seededRandom(look.seed), look.size), look, effect.peak);
}

function countDrawn({ cells }: Ink): number {
  return cells.reduce((sum, shade) => sum + (shade > 0 ? 1 : 0), 0);
}

/** Gives the corner of the pixel grid where an effect happens. */
export function originOf({ origin }: EffectDrawing, { size, turn }: Pick<EffectLook, "size" | "turn">) {
  const { x, y } = toPixels(createInk(size, turn), origin?.x ?? 0, origin?.y ?? 0);
  return { x: Math.round(x), y: Math.round(y) };
}

function drawMoment(draw: DrawMoment, look: EffectLook, t: number): PixelImage {
  return toImage(inkOf(draw, look, t), look.ramp);
}

function inkOf(draw: DrawMoment, { size, turn }: EffectLook, t: number): Ink {
  const ink = createInk(size, turn);
  draw(ink, t);
  return ink;
}

function toImage({ size, cells }: Ink, ramp: Ramp): PixelImage {
  const image = createImage(size, size);
  for (const [i, shade] of cells.entries()) {
    if (shade === 0) continue;
    const color = ramp[shade - 1] ?? 0;
    image.data.set([color >> 16, (color >> 8) & 255, color & 255, 255], 4 * i);
  }
  return image;
}

const DIAGONAL = Math.SQRT1_2;
/** How what points east points elsewhere. West mirrors east, so that what falls still falls. */
export const TURNS: Readonly<Record<string, Turn>> = {
  east: NO_TURN,
  "south-east": { cos: DIAGONAL, sin: DIAGONAL, mirror: false },
  south: { cos: 0, sin: 1, mirror: false },
  "south-west": { cos: DIAGONAL, sin: DIAGONAL, mirror: true },
  west: { cos: 1, sin: 0, mirror: true },
  "north-west": { cos: DIAGONAL, sin: -DIAGONAL, mirror: true },
  north: { cos: 0, sin: -1, mirror: false },
  "north-east": { cos: DIAGONAL, sin: -DIAGONAL, mirror: false },
};
