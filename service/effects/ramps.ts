import { fromOklab } from "../pixel/oklab.ts";
import type { Tint } from "../pixel/tint.ts";
import { clamp01, lerp } from "./timing.ts";

/** Six colors, the darkest first: 0xRRGGBB. */
export type Ramp = readonly [number, number, number, number, number, number];

/** The colors of what effects are made of. Darks lean to purple and blue, lights to yellow and white. */
export const RAMPS = {
  fire: [0x4a1c32, 0x9c2a2e, 0xdc4a24, 0xf78b2a, 0xfdcb4b, 0xfff6d0],
  blast: [0x433746, 0x75575a, 0x9e6a5c, 0xee6c2a, 0xfdcf52, 0xfff7da],
  smoke: [0x3b3a4a, 0x55566a, 0x76798a, 0x9a9fae, 0xc2c7d0, 0xe8ebee],
  dust: [0x5a4238, 0x86654b, 0xac8a62, 0xcdb182, 0xe6d3a8, 0xf7ecd0],
  ice: [0x26407a, 0x3a76bd, 0x5bb0e3, 0x93d9f3, 0xc8f1fb, 0xffffff],
  water: [0x1d2f6f, 0x2a5bb0, 0x3b8de0, 0x66bdf0, 0xa9e3fa, 0xf2fdff],
  poison: [0x2f2147, 0x42506a, 0x5c9446, 0x90c83e, 0xc8ea5c, 0xf5fcc8],
  lightning: [0x4a3a8c, 0x7a5fc8, 0xd9a520, 0xf7d83a, 0xfdf07c, 0xffffff],
  electric: [0x27327d, 0x3b62cf, 0x4b9cf0, 0x7dd0fb, 0xc2f0ff, 0xffffff],
  holy: [0x8a5a1e, 0xc4892a, 0xecb83c, 0xfbdc6a, 0xfff2b0, 0xffffff],
  dark: [0x120d22, 0x261746, 0x43246f, 0x6b3aa0, 0x9d62cf, 0xd9b0f5],
  arcane: [0x2c1a5c, 0x562c9c, 0x8a45d0, 0xbb72ea, 0xe3abf8, 0xfdecff],
  nature: [0x1d4230, 0x2b6b3c, 0x459748, 0x79c254, 0xb5e26c, 0xf1fbc4],
  heal: [0x145244, 0x1e8455, 0x3cb866, 0x7fe07e, 0xc3f7a8, 0xf7ffe8],
  gold: [0x6f3d1c, 0xa8651f, 0xdb9a2b, 0xf6c844, 0xfde987, 0xfffce0],
  love: [0x5c1642, 0xa02350, 0xdf3d63, 0xf77490, 0xfdb0ba, 0xfff0f0],
  steel: [0x39435f, 0x5d6c8c, 0x8798b4, 0xb4c4d6, 0xdde8f0, 0xffffff],
  autumn: [0x4c2530, 0x8a3a2c, 0xc3602a, 0xe4942f, 0xf2c54a, 0xf9ec9a],
  blood: [0x3d0f22, 0x6f142a, 0xa81e2e, 0xd8393a, 0xf0705c, 0xfcc0a8],
  party: [0x3f6fe0, 0xe0455a, 0x3fb868, 0xf58ac0, 0xfbc93c, 0xffffff],
  earth: [0x36262c, 0x5c4038, 0x845f48, 0xab8660, 0xd0b285, 0xeedcb8],
} as const satisfies Record<string, Ramp>;
export type RampName = keyof typeof RAMPS;

/** Lightness of the six shades of a color of medium lightness, in OKLCh. */
const LIGHTNESS = [0.27, 0.4, 0.54, 0.68, 0.83, 0.96];
/** Share of the chroma that each shade has. */
const CHROMA = [0.62, 0.9, 1.05, 0.95, 0.6, 0.16];
/** Hues that darks and lights lean to, in radians, and how far at most. */
const NIGHT = (285 * Math.PI) / 180;
const DAY = (95 * Math.PI) / 180;
const LEAN = 0.32;
/** Usual lightness of a color: what is lighter or darker moves all its shades. */
const MEDIUM = 0.58;

/** Makes the six shades of a color: the darks lean to blue, the lights to yellow, and the brightest is nearly white. */
export function rampOf({ hue, chroma, lightness }: Tint): Ramp {
  const shift = lightness - MEDIUM;
  const shades = LIGHTNESS.map((l, i) => {
    const away = (i - 2.5) / 2.5;
    // The ends move less, so that there is always a dark edge and a bright heart.
    const lit = clamp01(l + shift * (shift < 0 ? 0.9 : 0.55) * (1 - 0.55 * Math.abs(away)));
    const made = chroma * (CHROMA[i] ?? 1);
    if (hue === null) return fromOklab({ l: lit, a: 0, b: -0.018 * (1 - clamp01(away)) });
    const turned = hue + lean(hue, away < 0 ? NIGHT : DAY) * Math.abs(away);
    return fromOklab({ l: lit, a: made * Math.cos(turned), b: made * Math.sin(turned) });
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = shades;
  return [a, b, c, d, e, f];
}

function lean(hue: number, goal: number): number {
  const way = Math.atan2(Math.sin(goal - hue), Math.cos(goal - hue));
  return lerp(0, Math.sign(way), Math.min(LEAN, Math.abs(way) * 0.4));
}
