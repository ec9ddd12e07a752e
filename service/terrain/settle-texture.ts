import { countColors } from "../pixel/count-colors.ts";
import type { PixelImage } from "../pixel/image.ts";
import { kCentroid } from "../pixel/k-centroid.ts";
import { choosePalette } from "../pixel/limit-colors.ts";
import { createNearestColor } from "../pixel/nearest-color.ts";
import { fromOklab, type Oklab, squaredDistance, toOklab } from "../pixel/oklab.ts";
import { parseHex } from "../pixel/parse-hex.ts";
import { sampleCells } from "../pixel/sample-cells.ts";
import { colorOn, mapPixels } from "./torus.ts";

/** Rounds in which isolated pixels join a neighbor. */
const CLUSTER_ROUNDS = 3;
/** Standard deviation of the lightness of a ground that is neither flat nor too busy to stand on. */
const CONTRAST = { least: 0.03, most: 0.065 } as const;
/** Mean lightness of a ground whose usual color is unknown. */
const LIGHTNESS = { least: 0.34, most: 0.9 } as const;
/** OKLab distance up to which a drawing counts as having its usual color; from twice this on, it is moved there entirely. */
const NEAR = 0.07;

export interface SettleOptions {
  width: number;
  height: number;
  /** Maximum number of colors of the texture, >= 1. */
  colorCount: number;
  /** Hex color that its colors end up around, or null: as it was drawn. */
  usualColor: string | null;
}

/**
 * Turns a seamless drawing into a ground as pixel artists draw it: at the size of the tile, with a few colors in clusters
 * instead of single pixels, and calm enough for what stands on it. It stays seamless: each step wraps around the edges.
 */
export function settleTexture(
  drawing: PixelImage,
  { width, height, colorCount, usualColor }: SettleOptions,
): PixelImage {
  const sized = tone(resize(drawing, width, height), usualColor);
  const smooth = medianOnTorus(sized);
  const nearest = createNearestColor(choosePalette(smooth, colorCount));
  let texture = mapPixels(smooth, (x, y) => nearest(colorOn(smooth, x, y)));
  for (let round = 0; round < CLUSTER_ROUNDS; round++) texture = joinLonePixels(texture);
  return texture;
}

/** A tile larger than the drawing repeats it, so that all pixels stay the same size. */
function resize(drawing: PixelImage, width: number, height: number): PixelImage {
  const repeat = Math.ceil(Math.max(width / drawing.width, height / drawing.height));
  if (width % repeat !== 0 || height % repeat !== 0) return sampleCells(drawing, width, height);
  const [w, h] = [width / repeat, height / repeat];
  const part = w === drawing.width && h === drawing.height ? drawing : kCentroid(drawing, w, h);
  return repeat === 1 ? part : mapPixels({ width, height }, (x, y) => colorOn(part, x, y));
}

/**
 * Moves a drawing onto its usual color if it is far from it, and its lightness into the range in which steps are
 * visible; lowers its contrast if it is too busy, and raises it if nothing of it would be visible.
 */
function tone(image: PixelImage, usualColor: string | null): PixelImage {
  const counts = [...countColors(image)].map(([color, count]) => ({ lab: toOklab(color), count }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const meanOf = (value: (lab: Oklab) => number): number =>
    counts.reduce((sum, { lab, count }) => sum + value(lab) * count, 0) / total;
  const mean: Oklab = { l: meanOf(({ l }) => l), a: meanOf(({ a }) => a), b: meanOf(({ b }) => b) };
  const deviation = Math.sqrt(meanOf(({ l }) => (l - mean.l) ** 2));
  const wanted = Math.max(CONTRAST.least, Math.min(CONTRAST.most, deviation));
  const stretch = deviation === 0 ? 1 : Math.min(3, wanted / deviation);
  const middle = middleColor(mean, usualColor);
  const hue = Math.min(1, stretch);
  const tonedColor = (color: number): number => {
    const { l, a, b } = toOklab(color);
    return fromOklab({
      l: Math.max(0.08, Math.min(0.97, middle.l + (l - mean.l) * stretch)),
      a: middle.a + (a - mean.a) * hue,
      b: middle.b + (b - mean.b) * hue,
    });
  };
  const toned = new Map<number, number>();
  return mapPixels(image, (x, y) => {
    const color = colorOn(image, x, y);
    if (!toned.has(color)) toned.set(color, tonedColor(color));
    return toned.get(color)!;
  });
}

function middleColor(mean: Oklab, usualColor: string | null): Oklab {
  if (usualColor === null) return { ...mean, l: Math.max(LIGHTNESS.least, Math.min(LIGHTNESS.most, mean.l)) };
  const usual = toOklab(parseHex(usualColor));
  const distance = Math.sqrt(squaredDistance(mean, usual));
  const share = Math.max(0, Math.min(1, (distance - NEAR) / NEAR));
  return {
    l: mean.l + (usual.l - mean.l) * share,
    a: mean.a + (usual.a - mean.a) * share,
    b: mean.b + (usual.b - mean.b) * share,
  };
}

/** Gives each pixel the color of median lightness among its nine: noise goes, edges stay. */
function medianOnTorus(image: PixelImage): PixelImage {
  const colors = [...countColors(image).keys()].map((color) => ({ color, l: toOklab(color).l }));
  colors.sort((one, other) => one.l - other.l || one.color - other.color);
  const rankOf = new Map(colors.map(({ color }, rank) => [color, rank]));
  const { width, height } = image;
  const ranks = Uint16Array.from(
    { length: width * height },
    (_, i) => rankOf.get(colorOn(image, i % width, Math.floor(i / width)))!,
  );
  // A typed array sorts numbers without a comparison function, which matters once per pixel.
  const around = new Uint16Array(9);
  return mapPixels(image, (x, y) => {
    for (let i = 0; i < 9; i++) {
      const column = (x + (i % 3) - 1 + width) % width;
      const row = (y + Math.floor(i / 3) - 1 + height) % height;
      around[i] = ranks[row * width + column]!;
    }
    return colors[around.sort()[4]!]!.color;
  });
}

/** A pixel without a neighbor of its own color above, below, left or right takes the most common color around it. */
function joinLonePixels(image: PixelImage): PixelImage {
  return mapPixels(image, (x, y) => {
    const own = colorOn(image, x, y);
    const touching = [
      colorOn(image, x, y - 1),
      colorOn(image, x - 1, y),
      colorOn(image, x + 1, y),
      colorOn(image, x, y + 1),
    ];
    return touching.includes(own) ? own : commonest(touching, own);
  });
}

function commonest(colors: readonly number[], own: number): number {
  const lightness = toOklab(own).l;
  let best = { color: own, count: 0, distance: 0 };
  for (const color of colors) {
    const count = colors.filter((other) => other === color).length;
    const distance = Math.abs(toOklab(color).l - lightness);
    if (count > best.count || (count === best.count && distance < best.distance))
      best = { color, count, distance };
  }
  return best.color;
}
