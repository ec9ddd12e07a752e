import type { PixelImage } from "../image.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import type { Tint } from "../tint.ts";
import { fromOklch, type Oklch, toOklch } from "./oklch.ts";
import { type Shading, type Span, shade, shadingOf } from "./shading.ts";

/**
 * Moves pixels of a sprite to a color: hue and chroma are replaced, the order of lightness is kept, shadows and lights
 * lean in hue as pixel artists shade that color. All other pixels stay. Colors that differ keep differing, from each
 * other and from the rest of the sprite.
 */
export function recolorPart(
  image: PixelImage,
  part: { readonly pixels: readonly number[] },
  color: Tint,
): PixelImage {
  const counts = new Map<number, number>();
  const chosen = new Set(part.pixels);
  const taken = new Set<number>();
  for (let p = 0; p < image.width * image.height; p++) {
    if (image.data[4 * p + 3] === 0) continue;
    const own = colorAt(image.data, 4 * p);
    if (chosen.has(p)) counts.set(own, (counts.get(own) ?? 0) + 1);
    else taken.add(own);
  }
  const swapped = swapRamp(counts, shadingOf(color), taken);
  const data = image.data.slice();
  for (const p of part.pixels) {
    if (data[4 * p + 3] !== 0) setColor(data, 4 * p, swapped.get(colorAt(data, 4 * p))!);
  }
  return { width: image.width, height: image.height, data };
}

/** Maps each color of a ramp to its shade of a material, all different and none of them `taken`. */
export function swapRamp(
  counts: ReadonlyMap<number, number>,
  to: Shading,
  taken: ReadonlySet<number>,
): Map<number, number> {
  const colors = [...counts]
    .map(([color, count]) => ({ color, count, lch: toOklch(color) }))
    .sort((a, b) => a.lch.l - b.lch.l || a.color - b.color);
  const span = spanOf(colors);
  const used = new Set(taken);
  const swapped = new Map<number, number>();
  for (const { color, lch } of colors) {
    const made = freeColor(fromOklch(shade(lch, span, to)), used);
    used.add(made);
    swapped.set(color, made);
  }
  return swapped;
}

function spanOf(colors: readonly { count: number; lch: Oklch }[]): Span {
  let [l, c, a, b, total] = [0, 0, 0, 0, 0];
  for (const { count, lch } of colors) {
    l += count * lch.l;
    c += count * lch.c;
    a += count * lch.c * Math.cos(lch.h);
    b += count * lch.c * Math.sin(lch.h);
    total += count;
  }
  const divisor = Math.max(1, total);
  return {
    mean: { l: l / divisor, c: c / divisor, h: Math.atan2(b, a) },
    low: colors[0]?.lch.l ?? 0,
    high: colors.at(-1)?.lch.l ?? 1,
  };
}

/** The color itself if it is free, else the free one nearest to it along small, invisible steps. */
export function freeColor(color: number, used: ReadonlySet<number>): number {
  for (let step = 0; step < 64; step++) {
    for (const sign of [1, -1]) {
      // Green weighs most in lightness, so it moves last.
      const move = (shift: number, steps: number): number =>
        Math.max(0, Math.min(255, ((color >> shift) & 255) + sign * steps)) << shift;
      const third = Math.floor(step / 3);
      const near =
        move(16, third + (step % 3 > 0 ? 1 : 0)) | move(0, third + (step % 3 > 1 ? 1 : 0)) | move(8, third);
      if (!used.has(near)) return near;
    }
  }
  return color;
}
