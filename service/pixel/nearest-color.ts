import { type Oklab, squaredDistance, toOklab } from "./oklab.ts";

/** Finds the index in `palette` of the color that looks most like `target`; the first one wins a tie. */
export function nearestIndex(target: Oklab, palette: readonly Oklab[]): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < palette.length; i++) {
    const distance = squaredDistance(target, palette[i]!);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = i;
    }
  }
  return best;
}

/**
 * Makes a function that maps a color, 0xRRGGBB, to the palette color that looks most like it (OKLab).
 * Results are cached: a picture has far fewer colors than pixels. `palette` has at least one color.
 */
export function createNearestColor(palette: readonly number[]): (color: number) => number {
  const labs = palette.map(toOklab);
  const known = new Map<number, number>(palette.map((color) => [color, color]));
  return (color) => {
    const found = known.get(color);
    if (found !== undefined) return found;
    const nearest = palette[nearestIndex(toOklab(color), labs)]!;
    known.set(color, nearest);
    return nearest;
  };
}
