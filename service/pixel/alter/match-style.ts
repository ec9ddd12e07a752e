import type { PixelImage } from "../image.ts";
import { type Oklab, squaredDistance, toOklab } from "../oklab.ts";
import { colorAt, setColor } from "../parse-hex.ts";
import { darkestOf } from "./attach.ts";
import { clamp, turn } from "./oklch.ts";
import { findRamps, isGray, type Ramp } from "./ramps.ts";
import { neighborsOf, swatchesOf } from "./swatches.ts";

export type OutlineStyle = "none" | "color" | "selective";

/** Share of the rim that is outline color from which a sprite has an outline all around. */
const OUTLINED = 0.6;
/** Shading is lightness: in a foreign palette it counts for more than hue. */
const LIGHT_WEIGHT = 5;
/** Rim that is this much darker than the inside is a selective outline: darker shades of what it surrounds. */
const DARKER = 0.12;

/**
 * Draws a sprite in the style of another: with its palette (ramps keep their order of lightness), its kind of outline,
 * and its contrast of shades. The shape stays, but for an outline that is added within it.
 */
export function matchStyle(image: PixelImage, reference: PixelImage): PixelImage {
  const palette = paletteOf(reference);
  if (palette.length === 0) return image;
  return withOutline(withPalette(image, reference), outlineStyleOf(reference), {
    from: outlineStyleOf(image),
    line: darkestOf(reference),
    palette,
  });
}

/** Whether a sprite has an outline in one dark color, one of darker shades, or none. */
export function outlineStyleOf(image: PixelImage): OutlineStyle {
  const outline = new Set(
    findRamps(image)
      .filter(({ kind }) => kind === "outline")
      .flatMap(({ colors }) => colors),
  );
  let [rim, lined, rimLight, insideLight, inside] = [0, 0, 0, 0, 0];
  for (const { color, l, rim: atRim, count } of swatchesOf(image).values()) {
    rim += atRim;
    if (outline.has(color)) lined += atRim;
    rimLight += l * atRim;
    insideLight += l * (count - atRim);
    inside += count - atRim;
  }
  if (rim === 0) return "none";
  if (lined >= OUTLINED * rim) return "color";
  return insideLight / Math.max(1, inside) - rimLight / rim >= DARKER ? "selective" : "none";
}

function paletteOf(image: PixelImage): number[] {
  return findRamps(image).flatMap(({ colors }) => colors);
}

/** Maps each ramp onto the colors of the reference nearest to it, light on light and dark on dark. */
function withPalette(image: PixelImage, reference: PixelImage): PixelImage {
  const targets = findRamps(reference);
  const contrast = contrastOf(reference) / Math.max(0.02, contrastOf(image));
  const swapped = new Map<number, number>();
  for (const ramp of findRamps(image))
    mapRamp(ramp, { targets, contrast: clamp(contrast, 0.6, 1.6), swapped });
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] !== 0) setColor(data, i, swapped.get(colorAt(data, i))!);
  }
  return { width: image.width, height: image.height, data };
}

interface Mapping {
  targets: readonly Ramp[];
  contrast: number;
  swapped: Map<number, number>;
}

function mapRamp(ramp: Ramp, { targets, contrast, swapped }: Mapping): void {
  const inner = targets.filter(({ kind }) => kind !== "outline");
  const own = targets.filter((target) => isAlike(ramp, target));
  const colors = (own.length > 0 ? own : inner.length > 0 ? inner : targets).flatMap(
    (target) => target.colors,
  );
  const lights = colors.map((color) => toOklab(color).l);
  const shades = ramp.colors.map((color) => toOklab(color));
  const [low, high] = [shades[0]!.l, shades.at(-1)!.l];
  const [least, most] = [Math.min(...lights), Math.max(...lights)];
  let floor = -1;
  for (const [i, color] of ramp.colors.entries()) {
    const lab = shades[i]!;
    const kept = ramp.mean.l + (lab.l - ramp.mean.l) * contrast;
    // Half way to the whole range of the reference, so that few shades are spread instead of becoming one.
    const spread = high - low < 0.04 ? kept : least + ((lab.l - low) / (high - low)) * (most - least);
    const wanted = { ...lab, l: clamp((kept + spread) / 2, 0, 1) };
    // Within a ramp, lightness never falls from one shade to the next.
    const rising = colors.filter((candidate) => toOklab(candidate).l >= floor - 1e-9);
    const best = nearestOf(rising.length > 0 ? rising : colors, wanted, LIGHT_WEIGHT);
    floor = Math.max(floor, toOklab(best).l);
    swapped.set(color, best);
  }
}

function isAlike(one: Ramp, other: Ramp): boolean {
  if (one.kind === "outline" || other.kind === "outline") return one.kind === other.kind;
  if (isGray(one.mean) || isGray(other.mean)) return isGray(one.mean) === isGray(other.mean);
  return Math.abs(turn(one.mean.h, other.mean.h)) < 40;
}

function nearestOf(colors: readonly number[], wanted: Oklab, lightWeight = 1): number {
  const far = (color: number): number => {
    const lab = toOklab(color);
    return squaredDistance(lab, wanted) + (lightWeight - 1) * (lab.l - wanted.l) ** 2;
  };
  return colors.reduce((best, color) => (far(color) < far(best) ? color : best));
}

/** Spread of lightness within the ramps of a sprite: the mean of their standard deviations by area. */
function contrastOf(image: PixelImage): number {
  const swatches = swatchesOf(image);
  let [sum, area] = [0, 0];
  for (const ramp of findRamps(image)) {
    if (ramp.kind === "outline") continue;
    for (const color of ramp.colors) {
      const { count, l } = swatches.get(color)!;
      sum += count * (l - ramp.mean.l) ** 2;
      area += count;
    }
  }
  return area === 0 ? 0 : Math.sqrt(sum / area);
}

interface Outline {
  from: OutlineStyle;
  line: number;
  palette: readonly number[];
}

/** Gives the rim of a drawing the outline of the reference: one dark color, darker shades, or the shades beside it. */
function withOutline(image: PixelImage, to: OutlineStyle, { from, line, palette }: Outline): PixelImage {
  if (to === from) return image;
  const data = image.data.slice();
  for (let p = 0; p < image.width * image.height; p++) {
    if (image.data[4 * p + 3] === 0 || !isRim(image, p)) continue;
    const color = colorAt(image.data, 4 * p);
    if (to === "color") {
      if (hasInside(image, p)) setColor(data, 4 * p, line);
    } else if (from === "color" || to === "selective") {
      const beside = innerColor(image, p) ?? color;
      setColor(data, 4 * p, to === "none" ? beside : darker(beside, palette));
    }
  }
  return { width: image.width, height: image.height, data };
}

function isRim(image: PixelImage, p: number): boolean {
  return neighborsOf(image, p).some((q) => q < 0 || image.data[4 * q + 3] === 0);
}

/** Whether the inside begins beside a pixel, corners included: what is thinner than that would be all outline. */
function hasInside(image: PixelImage, p: number): boolean {
  const [x, y] = [p % image.width, Math.floor(p / image.width)];
  for (let i = 0; i < 9; i++) {
    const [column, row] = [x + (i % 3) - 1, y + Math.floor(i / 3) - 1];
    if (column < 0 || row < 0 || column >= image.width || row >= image.height) continue;
    const q = row * image.width + column;
    if (image.data[4 * q + 3] !== 0 && !isRim(image, q)) return true;
  }
  return false;
}

/** The color of a neighbor that is not at the rim; null if there is none. */
function innerColor(image: PixelImage, p: number): number | null {
  for (const q of neighborsOf(image, p)) {
    if (q >= 0 && image.data[4 * q + 3] !== 0 && !isRim(image, q)) return colorAt(image.data, 4 * q);
  }
  return null;
}

/** The color of the palette that is nearest to a much darker shade of a color. */
function darker(color: number, palette: readonly number[]): number {
  const lab = toOklab(color);
  return nearestOf(palette, { ...lab, l: Math.max(0.12, lab.l - 0.25) });
}
