import { equalImages, type PixelImage } from "../image.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import { type Random, seededRandom } from "../random.ts";
import { mirror } from "./attach.ts";
import { isSkin } from "./color-match.ts";
import { moveDetails } from "./move-details.ts";
import { clamp, fromOklch, radians, toOklch } from "./oklch.ts";
import { findRamps, type Ramp } from "./ramps.ts";
import { freeColor } from "./recolor-part.ts";
import { stretch } from "./stretch.ts";

export interface VaryOptions {
  /** 0: the same picture; 0.25: a sibling in slightly other colors; up to 1: other colors, details and proportions. */
  readonly variation: number;
  /** A uint32; each seed gives another sibling. */
  readonly seed: number;
  /** Whether the thing may be mirrored. False for writing, tiles, clocks, and what has to face one way. */
  readonly mirrors: boolean;
  /** Whether the main color was asked for and must stay. */
  readonly keepsMainColor: boolean;
}

/** From here on details move and proportions change. */
const MEDIUM = 0.4;

/**
 * Makes a sibling of a sprite: mirrored for half of the seeds, secondary colors turned a little, from medium variation
 * on with one row or column more or less and small details moved. All by rules, so every pixel stays clean.
 */
export function vary(image: PixelImage, options: VaryOptions): PixelImage {
  const variation = clamp(options.variation, 0, 1);
  if (variation === 0) return image;
  const random = seededRandom(options.seed);
  const isMirrored = random() < 0.5 && options.mirrors;
  let result = shiftRamps(image, { variation, random, keepsMainColor: options.keepsMainColor });
  result = reshape(result, variation, random);
  if (variation >= MEDIUM) result = moveDetails(result, { random, most: Math.round(6 * variation) });
  return isMirrored ? mirror(result) : result;
}

/** Makes the drawing a pixel taller, shorter, wider or narrower: once for low variation at half of the seeds, then more. */
function reshape(image: PixelImage, variation: number, random: Random): PixelImage {
  let result = image;
  const times =
    variation < MEDIUM ? (random() < 0.5 ? 1 : 0) : variation < 0.75 ? 1 + Math.floor(2 * random()) : 3;
  for (let i = 0; i < times; i++) {
    const axis = random() < 0.6 ? "y" : "x";
    const by = random() < 0.5 ? 1 : -1;
    const pick = Math.floor(random() * (variation < MEDIUM ? 2 : 4));
    const made = stretch(result, { axis, by, pick });
    result = equalImages(made, result)
      ? stretch(result, { axis: axis === "y" ? "x" : "y", by, pick: 0 })
      : made;
  }
  return result;
}

interface Shift {
  variation: number;
  random: Random;
  keepsMainColor: boolean;
}

/** Turns the hue of each ramp a little, and changes its chroma and lightness; skin turns least, outlines not at all. */
function shiftRamps(image: PixelImage, { variation, random, keepsMainColor }: Shift): PixelImage {
  const ramps = findRamps(image);
  const main = ramps.find(({ kind }) => kind !== "outline");
  const used = new Set(ramps.filter(({ kind }) => kind === "outline").flatMap(({ colors }) => colors));
  const swapped = new Map<number, number>();
  for (const ramp of ramps) {
    if (ramp.kind === "outline") continue;
    const [turns, chroma, light] = [signed(random), signed(random), signed(random)];
    const isBound = ramp === main && keepsMainColor;
    const calm = isBound || isSkin(ramp.mean) ? 0.25 : ramp === main ? 0.6 : 1;
    const change = {
      turn: turns * 110 * variation * calm,
      chroma: 1 + chroma * 0.6 * variation * calm,
      light: light * 0.22 * variation * (isBound ? 0.6 : 1),
    };
    shiftRamp(ramp, { change, used, swapped });
  }
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    const color = colorAt(data, i);
    setColor(data, i, swapped.get(color) ?? color);
  }
  return { width: image.width, height: image.height, data };
}

interface Change {
  change: { turn: number; chroma: number; light: number };
  used: Set<number>;
  swapped: Map<number, number>;
}

function shiftRamp(ramp: Ramp, { change, used, swapped }: Change): void {
  for (const color of ramp.colors) {
    const { l, c, h } = toOklch(color);
    // Lightness changes most in the middle, so that black and white stay and no two shades become one.
    const lighter = clamp(l + change.light * 4 * l * (1 - l), 0, 1);
    const wanted = fromOklch({ l: lighter, c: c * change.chroma, h: h + radians(change.turn) });
    const made = freeColor(wanted, used);
    used.add(made);
    swapped.set(color, made);
  }
}

/** A number from -1 to 1 that is seldom near 0, so that seeds differ visibly. */
function signed(random: Random): number {
  const value = 2 * random() - 1;
  return Math.sign(value) * (0.3 + 0.7 * Math.abs(value));
}
