import { toOklab } from "../../pixel/oklab.ts";
import { rgbOf } from "./raster.ts";

const lightness = new Map<number, number>();

/** OKLab lightness of a pixel, 0 to 1. */
export function lightOf(pixel: number): number {
  const color = rgbOf(pixel);
  const known = lightness.get(color);
  if (known !== undefined) return known;
  const { l } = toOklab(color);
  if (lightness.size > 4096) lightness.clear();
  lightness.set(color, l);
  return l;
}
