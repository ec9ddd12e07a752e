import { createImage, crop, type PixelImage, place } from "../image.ts";
import { setColor } from "../parse-hex.ts";
import type { Tint } from "../tint.ts";
import { type Box, overlay } from "./attach.ts";
import type { Joint } from "./joint.ts";
import { fromOklch } from "./oklch.ts";
import { shade, shadingOf } from "./shading.ts";

const tint = (degrees: number, chroma: number, lightness: number): Tint => ({
  hue: (degrees * Math.PI) / 180,
  chroma,
  lightness,
});
const WATER = tint(240, 0.11, 0.62);
const GRASS = tint(140, 0.14, 0.58);
/** Grounds by their names. */
const GROUNDS: Readonly<Record<string, Tint>> = {
  pond: WATER,
  lake: WATER,
  water: WATER,
  river: WATER,
  sea: WATER,
  ocean: WATER,
  puddle: WATER,
  grass: GRASS,
  meadow: GRASS,
  lawn: GRASS,
  hill: GRASS,
  snow: tint(230, 0.02, 0.93),
  ice: tint(220, 0.06, 0.86),
  sand: tint(85, 0.08, 0.8),
  beach: tint(85, 0.08, 0.8),
  mud: tint(60, 0.06, 0.42),
  dirt: tint(60, 0.07, 0.48),
  lava: tint(45, 0.19, 0.62),
};

/** Puts a patch of ground under a thing, which is moved down as far as the canvas has room. Null for another name. */
export function groundUnder(main: PixelImage, box: Box, name: string): Joint | null {
  const color = Object.hasOwn(GROUNDS, name) ? GROUNDS[name] : undefined;
  if (color === undefined) return null;
  const height = Math.max(5, Math.round(0.2 * main.height));
  const width = Math.min(main.width, Math.max(Math.round(1.25 * box.width), Math.round(0.7 * main.width)));
  const left = Math.max(0, Math.min(main.width - width, Math.round(box.x + (box.width - width) / 2)));
  const top = Math.min(main.height - height, box.y + box.height - Math.ceil(height / 2));
  const lift = Math.min(0, top + Math.ceil(height / 2) - box.y - box.height);
  const shift = { x: 0, y: Math.max(-box.y, lift) };
  const base = createImage(main.width, main.height);
  const shades = [0.4, 0.52, 0.62].map((l) =>
    fromOklch(
      shade({ l, c: 0.1, h: 0 }, { mean: { l: 0.5, c: 0.1, h: 0 }, low: 0.3, high: 0.7 }, shadingOf(color)),
    ),
  );
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const across = ((u + 0.5) / width) * 2 - 1;
      const down = ((v + 0.5) / height) * 2 - 1;
      const distance = across ** 2 + down ** 2;
      if (distance > 1) continue;
      const isGlint = (u + 3 * v) % 7 < 2 && v % 2 === 1 && distance < 0.7;
      const at = 4 * ((top + v) * main.width + left + u);
      setColor(base.data, at, shades[distance > 0.78 ? 0 : isGlint ? 2 : 1] ?? 0);
      base.data[at + 3] = 255;
    }
  }
  const figure = place(
    crop(main, box.x, box.y, box.width, box.height),
    createImage(main.width, main.height),
    box.x,
    box.y + shift.y,
  );
  return { image: overlay(base, figure, { x: 0, y: 0 }), shift, other: { x: left, y: top, width, height } };
}
