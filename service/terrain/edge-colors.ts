import { countColors } from "../pixel/count-colors.ts";
import type { PixelImage } from "../pixel/image.ts";
import { fromOklab, type Oklab, toOklab } from "../pixel/oklab.ts";
import type { EdgeStyle } from "./terrain-words.ts";

/** The colors used to draw the edge of a terrain, 0xRRGGBB. */
export interface EdgeColors {
  /** Its outline. */
  line: number;
  /** Where light falls on its rim. */
  rim: number;
  /** The face visible below its southern rim. */
  face: number;
  /** Its ground in the shadow of something higher. */
  shadow: number;
  /** Where it meets something else: liquids only. */
  foam: number;
}

/** Light is warm and shadow is cool: hues shift by this much, in radians, as in the ramps of pixel artists. */
const HUE_SHIFT = 0.18;

/** Extends the ramp of a texture in both directions, for the edges of its terrain. */
export function edgeColors(texture: PixelImage, style: EdgeStyle): EdgeColors {
  const ramp = [...countColors(texture).keys()].map(toOklab).sort((one, other) => one.l - other.l);
  const dark = ramp[0]!;
  const light = ramp.at(-1)!;
  const middle = ramp[Math.floor(ramp.length / 2)]!;
  const isHot = middle.a > 0.05;
  const depth = style === "soft" ? 0.07 : 0.13;
  return {
    line: shade(dark, -depth),
    rim: shade(light, style === "soft" ? 0.045 : 0.07),
    face: shade(dark, -depth / 2),
    shadow: shade(dark, style === "liquid" ? -0.05 : -0.06),
    foam: isHot
      ? glow(light)
      : fromOklab({ l: Math.min(0.95, light.l + 0.2), a: light.a * 0.5, b: light.b * 0.5 }),
  };
}

/** The next step of a ramp: lighter and warmer, or darker and cooler. */
export function shade({ l, a, b }: Oklab, step: number): number {
  const lightness = Math.max(0.08, Math.min(0.97, l + step));
  const chroma = Math.hypot(a, b) * (lightness / Math.max(0.1, l)) ** 0.5;
  const hue = Math.atan2(b, a);
  // 1.9 is the yellow-green that light pulls toward; shadow goes the other way, toward blue.
  const towards = Math.sign(Math.sin(1.9 - hue)) * Math.sign(step);
  const turned = hue + HUE_SHIFT * towards * Math.min(1, chroma / 0.05);
  return fromOklab({ l: lightness, a: chroma * Math.cos(turned), b: chroma * Math.sin(turned) });
}

function glow({ l }: Oklab): number {
  return fromOklab({ l: Math.min(0.9, Math.max(0.78, l + 0.2)), a: 0.05, b: 0.15 });
}
