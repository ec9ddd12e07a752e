import { fromOklab, type Oklab, squaredDistance, toOklab } from "../oklab.ts";

/** OKLab in polar form. l 0 to 1, c 0 to about 0.32, h in radians. */
export interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

const DEGREE = Math.PI / 180;
/** A color that comes back from sRGB changed by more than this (squared, OKLab) does not exist in sRGB. */
const OUT_OF_GAMUT = 0.006 ** 2;

export function toOklch(color: number): Oklch {
  return polar(toOklab(color));
}

export function polar({ l, a, b }: Oklab): Oklch {
  return { l, c: Math.hypot(a, b), h: Math.atan2(b, a) };
}

/** Converts to the sRGB color, 0xRRGGBB, of the same lightness and hue, with as much of the chroma as sRGB has. */
export function fromOklch({ l, c, h }: Oklch): number {
  const lab = (chroma: number): Oklab => ({ l, a: chroma * Math.cos(h), b: chroma * Math.sin(h) });
  const fits = (chroma: number): boolean =>
    squaredDistance(toOklab(fromOklab(lab(chroma))), lab(chroma)) <= OUT_OF_GAMUT;
  if (fits(c)) return fromOklab(lab(c));
  let [low, high] = [0, c];
  for (let step = 0; step < 7; step++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return fromOklab(lab(low));
}

/** The signed shortest way from one hue to another, in degrees. */
export function turn(from: number, to: number): number {
  return Math.atan2(Math.sin(to - from), Math.cos(to - from)) / DEGREE;
}

export function degrees(hue: number): number {
  const value = (hue / DEGREE) % 360;
  return value < 0 ? value + 360 : value;
}

export function radians(degree: number): number {
  return degree * DEGREE;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
