import { floodFill } from "./flood-fill.ts";
import type { PixelImage } from "./image.ts";
import { toOklab } from "./oklab.ts";
import { colorAt } from "./parse-hex.ts";

/** The background is flat if at least this share of it has exactly one color. */
const FLAT = 0.9;
/** OKLab chroma from which a color is a key: lime and magenta have 0.3, white and the usual grays nothing. */
const KEY_CHROMA = 0.2;
/** Smaller holes are as likely a glint of the subject. */
const LEAST_PIXELS = 4;

/**
 * Clears the holes of a drawing through which its background shows: areas closed in by the drawing that have exactly
 * the color of the background. `cut` is `image` without the background that reaches its border.
 * A hole cannot be told from a white eye on white paper, so it is cleared only if the background was a flat key color,
 * which a subject hardly has, and if it has at least four pixels. Otherwise `cut` is returned.
 */
export function removeEnclosed(image: PixelImage, cut: PixelImage): PixelImage {
  const key = keyColor(image, cut);
  if (key === null) return cut;
  const { width, height } = cut;
  const data = cut.data.slice();
  const belongs = (pixel: number): boolean => data[4 * pixel + 3] !== 0 && colorAt(data, 4 * pixel) === key;
  const seen = new Uint8Array(width * height);
  for (let pixel = 0; pixel < seen.length; pixel++) {
    if (seen[pixel] || !belongs(pixel)) continue;
    const hole = floodFill([pixel], { width, height, belongs, seen });
    if (hole.length < LEAST_PIXELS) continue;
    for (const one of hole) data.fill(0, 4 * one, 4 * one + 4);
  }
  return { width, height, data };
}

/** The one vivid color of what was cut away, or null. */
function keyColor(image: PixelImage, cut: PixelImage): number | null {
  const counts = new Map<number, number>();
  let cleared = 0;
  for (let i = 0; i < cut.data.length; i += 4) {
    if (cut.data[i + 3] !== 0 || image.data[i + 3] === 0) continue;
    const color = colorAt(image.data, i);
    counts.set(color, (counts.get(color) ?? 0) + 1);
    cleared++;
  }
  for (const [color, count] of counts) {
    const { a, b } = toOklab(color);
    if (count >= FLAT * cleared && Math.hypot(a, b) >= KEY_CHROMA) return color;
  }
  return null;
}
