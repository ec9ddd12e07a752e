import type { PixelImage } from "./image.ts";
import { fromOklab, type Oklab, toOklab } from "./oklab.ts";
import { colorAt, setColor } from "./parse-hex.ts";

/** A color in OKLCh. Hue in radians, null for a neutral one; chroma 0 to 0.3; mean lightness 0 to 1. */
export interface Tint {
  hue: number | null;
  chroma: number;
  lightness: number;
}

/** Below this chroma a pixel counts as gray. */
const GRAY = 0.035;
/** Darker pixels are outline and shadow, lighter ones highlights: they keep their color. */
const OUTLINE = 0.2;
const GLINT = 0.96;
/** Hues this close to the main one (radians) belong to it; accents farther off stay. */
const SAME_HUE = 1.2;
/** Share of drawn pixels of one main hue that makes it the color of the thing; below, its grays are tinted. */
const MAIN_SHARE = 0.25;
/** How far the mean lightness moves toward the requested one. */
const LIGHTEN = 0.6;

/**
 * Swaps the main color of a drawing for another, as a palette swap does: the hue of its main ramp is rotated,
 * its chroma scaled, its lightness shifted; outlines, highlights and accents of other hues stay. If a drawing has no
 * main hue, its grays are tinted, most strongly at medium lightness. Equal colors stay equal.
 */
export function tint(image: PixelImage, wanted: Tint): PixelImage {
  const counts = countColors(image);
  const ramp = mainRamp(counts);
  const swapped = new Map<number, number>();
  for (const color of counts.keys()) swapped.set(color, swap(color, ramp, wanted));
  const data = image.data.slice();
  forEachDrawn(image, (color, offset) => setColor(data, offset, swapped.get(color) ?? color));
  return { width: image.width, height: image.height, data };
}

/** Counts the drawn pixels of each color. */
function countColors(image: PixelImage): Map<number, number> {
  const counts = new Map<number, number>();
  forEachDrawn(image, (color) => counts.set(color, (counts.get(color) ?? 0) + 1));
  return counts;
}

function forEachDrawn({ data }: PixelImage, look: (color: number, offset: number) => void): void {
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] !== 0) look(colorAt(data, i), i);
}

interface Ramp {
  /** Main hue in radians; null if the drawing is mostly gray. */
  hue: number | null;
  /** Means over the pixels of the ramp. */
  chroma: number;
  lightness: number;
}

/** Finds the hue with the most chroma in a drawing, and the means of the pixels that belong to it. */
function mainRamp(counts: ReadonlyMap<number, number>): Ramp {
  const bins = new Float64Array(24);
  const colors = [...counts].map(([color, count]) => ({ lab: toOklab(color), count }));
  for (const { lab, count } of colors) {
    if (isInside(lab) && chromaOf(lab) >= GRAY) bins[binOf(lab)]! += count * chromaOf(lab);
  }
  const smooth = bins.map((value, i) => value + (bins.at(i - 1) ?? 0) + (bins[(i + 1) % bins.length] ?? 0));
  const best = smooth.indexOf(Math.max(...smooth));
  const hue = ((best + 0.5) / bins.length) * 2 * Math.PI - Math.PI;
  const inside = colors.filter(({ lab }) => isInside(lab));
  const ofHue = inside.filter(({ lab }) => chromaOf(lab) >= GRAY && distance(hueOf(lab), hue) <= SAME_HUE);
  const total = colors.reduce((sum, { count }) => sum + count, 0);
  const share = ofHue.reduce((sum, { count }) => sum + count, 0) / total;
  const members = share >= MAIN_SHARE ? ofHue : inside;
  return {
    hue: share >= MAIN_SHARE ? hue : null,
    chroma: meanOf(members, chromaOf),
    lightness: meanOf(members, ({ l }) => l),
  };
}

function swap(color: number, ramp: Ramp, wanted: Tint): number {
  const lab = toOklab(color);
  const chroma = chromaOf(lab);
  const isGray = chroma < GRAY;
  if (!isInside(lab)) return color;
  if (ramp.hue !== null && (isGray || distance(hueOf(lab), ramp.hue) > SAME_HUE)) return color;
  const l = clamp(lab.l + LIGHTEN * (wanted.lightness - ramp.lightness), 0.06, 0.98);
  // A ramp has the most chroma at medium lightness.
  const arch = Math.min(1, 4.4 * l * (1 - l));
  const scale = ramp.hue === null ? 1 : clamp(chroma / Math.max(ramp.chroma, GRAY), 0.5, 1.4);
  const made = wanted.chroma * scale * arch;
  const turn = ramp.hue === null || wanted.hue === null ? 0 : 0.35 * difference(hueOf(lab), ramp.hue);
  const hue = (wanted.hue ?? hueOf(lab)) + turn;
  return fromOklab({ l, a: made * Math.cos(hue), b: made * Math.sin(hue) });
}

function isInside({ l }: Oklab): boolean {
  return l > OUTLINE && l < GLINT;
}

function chromaOf({ a, b }: Oklab): number {
  return Math.hypot(a, b);
}

function hueOf({ a, b }: Oklab): number {
  return Math.atan2(b, a);
}

function binOf(lab: Oklab): number {
  return Math.min(23, Math.floor(((hueOf(lab) + Math.PI) / (2 * Math.PI)) * 24));
}

/** The shortest way from one hue to another, in radians. */
function difference(hue: number, from: number): number {
  return Math.atan2(Math.sin(hue - from), Math.cos(hue - from));
}

function distance(hue: number, other: number): number {
  return Math.abs(difference(hue, other));
}

function meanOf(colors: readonly { lab: Oklab; count: number }[], value: (lab: Oklab) => number): number {
  const total = colors.reduce((sum, { count }) => sum + count, 0);
  return total === 0 ? 0.5 : colors.reduce((sum, { lab, count }) => sum + count * value(lab), 0) / total;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
