import type { Tint } from "../tint.ts";
import { degrees, type Oklch, turn } from "./oklch.ts";
import { isGray } from "./ramps.ts";
import { shadingOf } from "./shading.ts";

/** Whether a person would call a middle tone by the color word that a tint stands for. */
export function looksLike(mean: Oklch, tint: Tint): boolean {
  const wanted = shadingOf(tint);
  if (wanted.chroma < 0.03) {
    if (mean.c > 0.045 && !isGray(mean)) return false;
    const [least, most] = lightnessOf(tint.lightness);
    return mean.l >= least && mean.l <= most;
  }
  if (isGray(mean)) return false;
  const off = Math.abs(turn(mean.h, (wanted.hue * Math.PI) / 180));
  const vivid = mean.c / wanted.chroma;
  return off < 17 && vivid > 0.5 && vivid < 1.9 && Math.abs(mean.l - wanted.lightness) < 0.19;
}

/** The lightness of gray middle tones that pass as white, silver, gray or black. */
function lightnessOf(lightness: number): readonly [number, number] {
  if (lightness >= 0.82) return [0.78, 1];
  if (lightness >= 0.6) return [0.5, 0.84];
  return lightness >= 0.34 ? [0.38, 0.72] : [0, 0.36];
}

/** Whether a middle tone is that of light or dark skin; brown cloth and light wood are, too. */
export function isSkin({ l, c, h }: Oklch): boolean {
  const hue = degrees(h);
  return hue > 30 && hue < 85 && c > 0.035 && c < 0.13 && l > 0.58 && l < 0.93;
}

/** Whether a middle tone is that of wood, leather or cork. */
export function isWood({ l, c, h }: Oklch): boolean {
  const hue = degrees(h);
  return hue > 35 && hue < 88 && c > 0.025 && c < 0.13 && l > 0.2 && l < 0.66;
}

/** Whether a middle tone is that of leaves. */
export function isLeaf({ l, c, h }: Oklch): boolean {
  const hue = degrees(h);
  return hue > 105 && hue < 175 && c > 0.05 && l < 0.85;
}

/** Whether a middle tone is that of natural hair: black, brown, red or fair. */
export function isHair({ l, c, h }: Oklch): boolean {
  const hue = degrees(h);
  return (l < 0.34 && c < 0.05) || (hue > 30 && hue < 95 && c > 0.025 && c < 0.12 && l < 0.85);
}
