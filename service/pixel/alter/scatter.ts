import { drawnBounds, type PixelImage } from "../image.ts";
import { toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import type { Tint } from "../tint.ts";
import { clamp, fromOklch, radians } from "./oklch.ts";
import { shadingOf } from "./shading.ts";

/** The share of a drawing's height, from its top, on which things grow or lie. */
const ZONE = 0.62;
/** Darker pixels are outline. */
const LINE = 0.3;

/**
 * Paints small round things of one color over the upper part of a thing: apples in a tree, the dots of a mushroom. They
 * stand in rows, each moved a little, where all of their pixels lie within the thing. Null if there is no room for two.
 */
export function scatter(image: PixelImage, color: Tint): PixelImage | null {
  const box = drawnBounds(image);
  if (box === null) return null;
  // An even edge: three pixels without their corners would be a plus.
  const size = 2 * Math.max(1, Math.floor(Math.max(box.width, box.height) / 20));
  const step = 2 * size + 1;
  const [dark, light] = shadesOf(color);
  const data = image.data.slice();
  let count = 0;
  for (let row = 0; row * step < ZONE * box.height; row++) {
    const offset = (row % 2) * Math.ceil(step / 2);
    for (let x = box.x + offset; x < box.x + box.width; x += step) {
      const y = box.y + row * step + (Math.floor(x / step) % 2);
      if (!hasRoom(image, { x, y, size })) continue;
      paint({ ...image, data }, { x, y, size }, [dark, light]);
      count += 1;
    }
  }
  return count < 2 ? null : { width: image.width, height: image.height, data };
}

interface Spot {
  x: number;
  y: number;
  size: number;
}

/** Full in its color, or it would be lost among leaves. */
function shadesOf(color: Tint): [dark: number, light: number] {
  const { lightness, chroma, hue } = shadingOf(color);
  const at = (l: number) => fromOklch({ l: clamp(l, 0.15, 0.96), c: chroma, h: radians(hue) });
  return [at(lightness - 0.12), at(lightness + 0.05)];
}

/** Whether a square with a border of one pixel lies within the thing, off its outline. */
function hasRoom({ width, height, data }: PixelImage, { x, y, size }: Spot): boolean {
  if (x < 1 || y < 1 || x + size >= width || y + size >= height) return false;
  for (let v = y - 1; v <= y + size; v++) {
    for (let u = x - 1; u <= x + size; u++) {
      const p = v * width + u;
      const isInner = u >= x && v >= y && u < x + size && v < y + size;
      if (data[4 * p + 3] === 0 || (isInner && toOklab(colorAt(data, 4 * p)).l < LINE)) return false;
    }
  }
  return true;
}

/** A spot of three pixels and more has no corners; light falls on its upper left. */
function paint({ width, data }: PixelImage, { x, y, size }: Spot, [dark, light]: [number, number]): void {
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      const isCorner = size > 2 && (u === 0 || u === size - 1) && (v === 0 || v === size - 1);
      if (!isCorner) setColor(data, 4 * ((y + v) * width + x + u), u + v < size ? light : dark);
    }
  }
}
