import { toOklab } from "../pixel/oklab.ts";

/** Anything darker than this (OKLab lightness) is outline: it keeps its color. */
const OUTLINE = 0.25;
/** Less chroma than this is gray. */
const GRAY = 0.035;
/** Hues farther apart than this (radians) are different ramps. */
const HUE_GAP = 0.6;

/**
 * Groups colors (0xRRGGBB) into ramps of similar hue, each from dark to light; grays are one ramp. Outlines are in none.
 */
export function findRamps(colors: readonly number[]): number[][] {
  const known = colors.map((color) => {
    const { l, a, b } = toOklab(color);
    return { color, l, chroma: Math.hypot(a, b), hue: Math.atan2(b, a) };
  });
  const inside = known.filter(({ l }) => l >= OUTLINE);
  const hued = inside.filter(({ chroma }) => chroma >= GRAY).sort((one, other) => one.hue - other.hue);
  const ramps = [inside.filter(({ chroma }) => chroma < GRAY)];
  for (const [i, entry] of hued.entries()) {
    const before = hued[i - 1];
    if (before && entry.hue - before.hue <= HUE_GAP) ramps.at(-1)?.push(entry);
    else ramps.push([entry]);
  }
  return ramps
    .filter((ramp) => ramp.length > 0)
    .map((ramp) => ramp.sort((one, other) => one.l - other.l).map(({ color }) => color));
}

/** Moves every color this many places along its ramp, turning back at the ends; colors without a ramp stay. */
export function cycleColors(ramps: readonly (readonly number[])[], steps: number): Map<number, number> {
  const moved = new Map<number, number>();
  for (const ramp of ramps) {
    const period = Math.max(1, 2 * (ramp.length - 1));
    for (const [i, color] of ramp.entries()) {
      const at = (((i + steps) % period) + period) % period;
      moved.set(color, ramp[at < ramp.length ? at : period - at] ?? color);
    }
  }
  return moved;
}

/** Moves every color this many places toward the light end of its ramp. */
export function glowColors(ramps: readonly (readonly number[])[], steps: number): Map<number, number> {
  const moved = new Map<number, number>();
  for (const ramp of ramps) {
    for (const [i, color] of ramp.entries())
      moved.set(color, ramp[Math.min(ramp.length - 1, i + steps)] ?? color);
  }
  return moved;
}

/** Gives every color except outlines the lightest one: the flash of a hit, within the existing palette. */
export function flashColors(colors: readonly number[]): Map<number, number> {
  const light = [...colors].sort((one, other) => toOklab(other).l - toOklab(one).l)[0];
  const inside = colors.filter((color) => toOklab(color).l >= OUTLINE);
  return new Map(inside.map((color) => [color, light ?? color]));
}
