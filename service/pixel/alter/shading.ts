import type { Tint } from "../tint.ts";
import { clamp, degrees, type Oklch, radians, turn } from "./oklch.ts";

/** How a material is shaded around its middle tone. */
export interface Shading {
  /** Lightness of the middle tone, and the range that shades stay in. */
  readonly lightness: number;
  readonly darkest: number;
  readonly lightest: number;
  /** Contrast of the shades, as a factor of that of the drawing. */
  readonly contrast: number;
  /** Chroma of the middle tone, and its change per unit of lightness above or below it (shadows, lights). */
  readonly chroma: number;
  readonly shadowChroma: number;
  readonly lightChroma: number;
  /** Hue of the middle tone in degrees, and how far shadows and lights lean, in degrees per unit of lightness. */
  readonly hue: number;
  readonly shadowTurn: number;
  readonly lightTurn: number;
}

const COLORED: Shading = {
  lightness: 0.5,
  darkest: 0.14,
  lightest: 0.95,
  contrast: 1,
  chroma: 0.15,
  shadowChroma: 0.35,
  lightChroma: 0.9,
  hue: 0,
  shadowTurn: 55,
  lightTurn: 75,
};

const BLUISH = { hue: 262, shadowTurn: 20, lightTurn: 0 };

/** Gray materials by the lightness that color words give them, lightest first. */
const NEUTRALS: readonly { least: number; shading: Shading }[] = [
  {
    least: 0.82,
    shading: {
      ...COLORED,
      ...BLUISH,
      lightness: 0.87,
      darkest: 0.46,
      lightest: 0.99,
      contrast: 0.9,
      chroma: 0.012,
      shadowChroma: -0.1,
      lightChroma: 0.9,
    },
  },
  {
    least: 0.7,
    shading: {
      ...COLORED,
      ...BLUISH,
      lightness: 0.7,
      darkest: 0.24,
      lightest: 0.99,
      contrast: 1.3,
      chroma: 0.022,
      shadowChroma: -0.06,
      lightChroma: 0.8,
    },
  },
  {
    least: 0.6,
    shading: {
      ...COLORED,
      ...BLUISH,
      lightness: 0.6,
      darkest: 0.2,
      lightest: 0.96,
      contrast: 1.15,
      chroma: 0.022,
      shadowChroma: -0.03,
      lightChroma: 0.8,
    },
  },
  {
    least: 0.34,
    shading: {
      ...COLORED,
      ...BLUISH,
      lightness: 0.56,
      darkest: 0.18,
      lightest: 0.94,
      chroma: 0.008,
      shadowChroma: 0,
      lightChroma: 0.5,
    },
  },
  {
    least: 0,
    shading: {
      ...COLORED,
      ...BLUISH,
      lightness: 0.3,
      darkest: 0.21,
      lightest: 0.62,
      contrast: 0.75,
      chroma: 0.014,
      shadowChroma: 0.3,
      lightChroma: -0.05,
    },
  },
];

/** Chooses the shading of an asked color; grays become white, silver, steel, gray or black by their lightness. */
export function shadingOf(tint: Tint): Shading {
  if (tint.hue === null || tint.chroma < 0.025) {
    return NEUTRALS.find(({ least }) => tint.lightness >= least)!.shading;
  }
  const hue = degrees(tint.hue);
  const base = { ...COLORED, ...leanOf(hue), hue, chroma: tint.chroma, lightness: tint.lightness };
  const isGold = hue > 80 && hue < 95 && tint.chroma > 0.12;
  if (isGold)
    return { ...base, contrast: 1.2, shadowTurn: -85, lightTurn: 50, shadowChroma: 0.75, lightChroma: 1.1 };
  const isWood = hue > 40 && hue < 80 && tint.chroma < 0.12 && tint.lightness < 0.6;
  return isWood ? { ...base, shadowTurn: -50, lightTurn: 50, lightest: 0.85 } : base;
}

/** Lights lean toward yellow, shadows away from it; the shadows of yellow itself lean toward orange, not green. */
function leanOf(hue: number): { shadowTurn: number; lightTurn: number } {
  const sign = hue <= 118 || hue >= 281 ? 1 : -1;
  const isYellow = hue > 65 && hue <= 118;
  return {
    shadowTurn: -sign * COLORED.shadowTurn * (isYellow ? 1.6 : 1),
    lightTurn: sign * COLORED.lightTurn * (isYellow ? 0.2 : 1),
  };
}

/** The middle tone of what is recolored, and the span of its lightness. */
export interface Span {
  readonly mean: Oklch;
  readonly low: number;
  readonly high: number;
}

/** Moves a color of a ramp to the shade of a material that lies as far above or below the middle tone. */
export function shade(color: Oklch, span: Span, to: Shading): Oklch {
  const isFlat = span.high - span.low < 0.22;
  const strength = to.contrast * (isFlat ? clamp(0.26 / Math.max(0.06, span.high - span.low), 1, 1.7) : 1);
  const middle = clamp(to.lightness, to.darkest + 0.04, to.lightest - 0.02);
  // Each side is squeezed, not cut, into the range of the material, so that no two shades become one.
  const above = Math.min(strength, (to.lightest - middle) / Math.max(0.001, span.high - span.mean.l));
  const below = Math.min(strength, (middle - to.darkest) / Math.max(0.001, span.mean.l - span.low));
  const offset = color.l - span.mean.l;
  const l = middle + offset * (offset > 0 ? above : below);
  const away = l - middle;
  const relative = span.mean.c < 0.03 ? 1 : clamp(0.45 + (0.55 * color.c) / span.mean.c, 0.6, 1.3);
  const fade = 1 - Math.abs(away) * (away > 0 ? to.lightChroma : to.shadowChroma);
  const own = span.mean.c < 0.03 || color.c < 0.02 ? 0 : clamp(turn(span.mean.h, color.h), -60, 60) * 0.25;
  const lean = away > 0 ? away * to.lightTurn : -away * to.shadowTurn;
  const tinted =
    to.chroma < 0.03 ? to.chroma - Math.min(0, away) * Math.max(0, -to.shadowChroma) : to.chroma * relative;
  return { l, c: Math.max(0, tinted * clamp(fade, 0.15, 1.2)), h: radians(to.hue + lean + own) };
}
