import { lightOf } from "./light.ts";
import { around, partsOf } from "./parts.ts";
import type { Raster } from "./raster.ts";

/** Darker than this (OKLab lightness) is an outline. */
const DARK = 0.38;
/** A drawing is outlined if at least this share of its edge is dark. */
const OUTLINED = 0.9;
/** Torn-off parts up to this share of the drawing are dropped. */
const SPECK = 0.02;

/** What a drawing was like before its parts moved, to be kept so. */
export interface Look {
  parts: number;
  area: number;
  /** Color of its outline; null if it has none. */
  outline: number | null;
  hasHoles: boolean;
}

export function lookAt(raster: Raster): Look {
  const parts = partsOf(raster, raster.pixels);
  const edge = edgeOf(raster);
  const dark = edge.filter((i) => lightOf(raster.pixels[i]!) < DARK);
  return {
    parts: parts.length,
    area: parts.reduce((sum, { area }) => sum + area, 0),
    outline: dark.length >= OUTLINED * edge.length ? mostOf(dark.map((i) => raster.pixels[i]!)) : null,
    hasHoles: holesOf(raster).length > 0,
  };
}

/** Repairs what moving parts may have torn: closes the outline, fills single holes, drops specks. Changes the raster. */
export function cleanFrame(raster: Raster, look: Look): Raster {
  if (!look.hasHoles) for (const i of holesOf(raster)) raster.pixels[i] = raster.pixels[i - 1]!;
  dropSpecks(raster, look);
  const { outline } = look;
  if (outline !== null)
    for (const i of edgeOf(raster)) if (lightOf(raster.pixels[i]!) >= DARK) raster.pixels[i] = outline;
  return raster;
}

/** Whether more than specks has come off a drawing. */
export function isTorn(raster: Raster, look: Look): boolean {
  const parts = partsOf(raster, raster.pixels).filter(({ area }) => area > Math.max(2, SPECK * look.area));
  return parts.length > look.parts;
}

function dropSpecks(raster: Raster, look: Look) {
  const parts = partsOf(raster, raster.pixels).sort((one, other) => other.area - one.area);
  for (const { pixels, area } of parts.slice(look.parts))
    if (area <= Math.max(2, SPECK * look.area)) for (const i of pixels) raster.pixels[i] = 0;
}

/** Drawn pixels with a transparent one above, below or beside them. */
function edgeOf({ width, pixels }: Raster): number[] {
  const found: number[] = [];
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] === 0) continue;
    if (!pixels[i - 1] || !pixels[i + 1] || !pixels[i - width] || !pixels[i + width]) found.push(i);
  }
  return found;
}

/** Transparent pixels with drawn ones on all sides. */
function holesOf(raster: Raster): number[] {
  const found: number[] = [];
  const { pixels } = raster;
  for (let i = raster.width + 1; i < pixels.length - raster.width - 1; i++) {
    if (pixels[i] !== 0 || !pixels[i - 1] || !pixels[i + 1]) continue;
    if (around(i, raster).every((j) => pixels[j] !== 0)) found.push(i);
  }
  return found;
}

function mostOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
