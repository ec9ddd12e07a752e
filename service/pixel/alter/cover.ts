import type { PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import type { Tint } from "../tint.ts";
import { fromOklch, radians } from "./oklch.ts";
import { findRamps } from "./ramps.ts";
import { shade, shadingOf } from "./shading.ts";

/** What lies on a thing: its shades from dark to light, how deep it lies, and how far it hangs over. */
interface Covering {
  readonly colors: readonly number[];
  /** Depth in rows at 32 pixels; larger drawings get more. */
  readonly depth: number;
  /** Rows that single columns hang lower. */
  readonly drip: number;
}

const TINTS: Readonly<Record<string, { tint: Tint; depth: number; drip: number }>> = {
  snow: { tint: { hue: null, chroma: 0.01, lightness: 0.92 }, depth: 2, drip: 2 },
  frost: { tint: { hue: radians(225), chroma: 0.05, lightness: 0.86 }, depth: 1, drip: 2 },
  ice: { tint: { hue: radians(225), chroma: 0.08, lightness: 0.82 }, depth: 2, drip: 3 },
  moss: { tint: { hue: radians(130), chroma: 0.12, lightness: 0.52 }, depth: 2, drip: 2 },
  grass: { tint: { hue: radians(135), chroma: 0.15, lightness: 0.6 }, depth: 2, drip: 1 },
  vines: { tint: { hue: radians(142), chroma: 0.12, lightness: 0.48 }, depth: 2, drip: 12 },
  ivy: { tint: { hue: radians(142), chroma: 0.12, lightness: 0.48 }, depth: 2, drip: 12 },
  leaves: { tint: { hue: radians(135), chroma: 0.14, lightness: 0.55 }, depth: 2, drip: 3 },
  slime: { tint: { hue: radians(135), chroma: 0.18, lightness: 0.68 }, depth: 2, drip: 5 },
  mud: { tint: { hue: radians(60), chroma: 0.06, lightness: 0.38 }, depth: 2, drip: 2 },
  blood: { tint: { hue: radians(26), chroma: 0.18, lightness: 0.42 }, depth: 1, drip: 4 },
  dust: { tint: { hue: radians(80), chroma: 0.03, lightness: 0.68 }, depth: 1, drip: 1 },
  sand: { tint: { hue: radians(85), chroma: 0.08, lightness: 0.78 }, depth: 2, drip: 1 },
  honey: { tint: { hue: radians(78), chroma: 0.15, lightness: 0.72 }, depth: 2, drip: 5 },
  chocolate: { tint: { hue: radians(50), chroma: 0.07, lightness: 0.38 }, depth: 3, drip: 4 },
  lava: { tint: { hue: radians(45), chroma: 0.2, lightness: 0.64 }, depth: 2, drip: 4 },
  gold: { tint: { hue: radians(88), chroma: 0.15, lightness: 0.74 }, depth: 2, drip: 2 },
};

/** Darker pixels are outline. */
const LINE = 0.3;

/**
 * Covers the upper surfaces of a thing with a material ("snow", "moss", "vines"), or with the main ramp of `drawing`
 * if the word is not known: caps on every edge that faces upward, light above and dark below, with a ragged lower
 * border. Outlines stay. Returns null if there is neither a known material nor a drawing.
 */
export function coverIn(image: PixelImage, material: string, drawing: PixelImage | null): PixelImage | null {
  const covering = coveringOf(material, drawing);
  if (covering === null) return null;
  const { width, height } = image;
  const scale = Math.max(1, Math.max(width, height) / 32);
  const data = image.data.slice();
  const [dark, middle, light] = covering.colors as [number, number, number];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const start = capStart(image, x, y);
      if (start === null) continue;
      const hang =
        hash(x, start) % (covering.drip > 6 ? 2 : 3) === 0
          ? 1 + (hash(start, x) % Math.max(1, covering.drip))
          : 0;
      const wave = hash(x >> 1, 7) % 2;
      const depth = Math.round((covering.depth + wave) * scale) + hang;
      let end = start;
      while (end < start + depth && end < height && isBody(image, x, end)) end++;
      for (let row = start; row < end; row++) {
        const isLast = row === end - 1 && end - start > 1;
        setColor(data, 4 * (row * width + x), isLast ? dark : row === start ? light : middle);
      }
      y = Math.max(y, end);
    }
  }
  return { width, height, data };
}

/** The first row of a cap if the edge at x, y faces upward: below the outline if there is one. */
function capStart(image: PixelImage, x: number, y: number): number | null {
  if (!isDrawn(image, x, y) || isDrawn(image, x, y - 1)) return null;
  for (let row = y; row < Math.min(image.height, y + 3); row++) if (isBody(image, x, row)) return row;
  return null;
}

function isDrawn({ width, height, data }: PixelImage, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < width && y < height && data[4 * (y * width + x) + 3] !== 0;
}

function isBody(image: PixelImage, x: number, y: number): boolean {
  return isDrawn(image, x, y) && toOklab(colorAt(image.data, 4 * (y * image.width + x))).l >= LINE;
}

function coveringOf(material: string, drawing: PixelImage | null): Covering | null {
  const known = TINTS[material.toLowerCase()] ?? TINTS[`${material.toLowerCase()}s`];
  if (known !== undefined) {
    const span = { mean: { l: 0.5, c: 0.1, h: 0 }, low: 0.3, high: 0.7 };
    const to = shadingOf(known.tint);
    const colors = [0.36, 0.5, 0.62].map((l) => fromOklch(shade({ l, c: 0.1, h: 0 }, span, to)));
    return { colors, depth: known.depth, drip: known.drip };
  }
  const ramp = drawing && findRamps(drawing).find(({ kind }) => kind !== "outline");
  if (!ramp) return null;
  const at = (share: number): number => ramp.colors[Math.floor(share * (ramp.colors.length - 1))]!;
  return { colors: [at(0.2), at(0.5), at(0.9)], depth: 2, drip: 2 };
}

/** A number that looks random and is the same for the same place. */
function hash(x: number, y: number): number {
  let value = Math.imul(x + 1, 374761393) + Math.imul(y + 1, 668265263);
  value = Math.imul(value ^ (value >>> 13), 1274126177);
  return (value ^ (value >>> 16)) >>> 0;
}
