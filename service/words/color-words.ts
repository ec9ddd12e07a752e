import type { Tint } from "../pixel/tint.ts";

const chromatic = (degrees: number, chroma: number, lightness: number): Tint => ({
  hue: (degrees * Math.PI) / 180,
  chroma,
  lightness,
});
const neutral = (lightness: number): Tint => ({ hue: null, chroma: 0.01, lightness });

/** Color words in prompts and what pixel artists mean by them, in OKLCh: hue, chroma, medium lightness. */
export const COLOR_WORDS: Readonly<Record<string, Tint>> = {
  red: chromatic(28, 0.19, 0.52),
  crimson: chromatic(20, 0.18, 0.45),
  orange: chromatic(55, 0.16, 0.66),
  brown: chromatic(55, 0.07, 0.42),
  wooden: chromatic(60, 0.08, 0.45),
  copper: chromatic(48, 0.11, 0.56),
  bronze: chromatic(65, 0.1, 0.55),
  tan: chromatic(75, 0.07, 0.74),
  gold: chromatic(88, 0.15, 0.74),
  golden: chromatic(88, 0.15, 0.74),
  yellow: chromatic(100, 0.16, 0.82),
  lime: chromatic(128, 0.2, 0.8),
  green: chromatic(142, 0.16, 0.58),
  emerald: chromatic(155, 0.14, 0.6),
  olive: chromatic(112, 0.09, 0.5),
  teal: chromatic(190, 0.09, 0.55),
  cyan: chromatic(205, 0.11, 0.8),
  azure: chromatic(240, 0.13, 0.65),
  blue: chromatic(262, 0.17, 0.52),
  indigo: chromatic(278, 0.16, 0.42),
  purple: chromatic(305, 0.17, 0.48),
  violet: chromatic(298, 0.16, 0.52),
  magenta: chromatic(328, 0.2, 0.6),
  pink: chromatic(355, 0.13, 0.74),
  white: neutral(0.88),
  silver: neutral(0.74),
  steel: neutral(0.64),
  iron: neutral(0.54),
  gray: neutral(0.56),
  grey: neutral(0.56),
  black: neutral(0.24),
};
