import type { PixelImage } from "./image.ts";
import { fromOklab, type Oklab, squaredDistance, toOklab } from "./oklab.ts";
import { colorAt, setColor } from "./parse-hex.ts";

export interface FlattenOptions {
  /**
   * Price of one pixel edge of border, as a share of the picture's own contrast (the variance of its OKLab colors), so
   * that calm water keeps its ripples while a bright dragon loses its grain. Higher: fewer and larger areas.
   * 0 changes nothing; 0.2 removes the grain of a network's drawing and keeps eyes and highlights.
   */
  scale: number;
  /** Whether the edges of an axis meet, so that areas of a tile continue across them. */
  wrapX: boolean;
  wrapY: boolean;
}

/** Levels of the scale, from fine to coarse: similar pixels join before less similar ones do. */
const LEVELS = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];

/** Pixels of one color, which is the mean of what they were. */
interface Area {
  pixels: number;
  color: Oklab;
  /** Pixel edges shared with each neighboring area. */
  borders: Map<number, number>;
}

/**
 * Turns a picture into flat areas with hard edges. Neighboring areas, single pixels at first, are joined as long as that
 * makes the picture simpler (fewer pixel edges of border, at the price of `scale` each) by more than it changes the
 * picture (squared difference of the pixels). Grain goes; whatever clearly differs stays, even a single pixel.
 * Source: Koepfler, Lopez and Morel, "A multiscale algorithm for image segmentation by variational method" (1994), the
 * piecewise constant Mumford-Shah functional by merging; here in OKLab. Transparent pixels take no part. Needs binary alpha.
 */
export function flatten(image: PixelImage, { scale, wrapX, wrapY }: FlattenOptions): PixelImage {
  const { width, height } = image;
  const areas = new Map<number, Area>();
  const owner = new Int32Array(width * height).fill(-1);
  for (let i = 0; i < owner.length; i++) {
    if (image.data[4 * i + 3] === 0) continue;
    owner[i] = i;
    areas.set(i, { pixels: 1, color: toOklab(colorAt(image.data, 4 * i)), borders: new Map() });
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = y * width + x;
      if (x + 1 < width || wrapX) touch(areas, here, y * width + ((x + 1) % width));
      if (y + 1 < height || wrapY) touch(areas, here, ((y + 1) % height) * width + x);
    }
  }
  const price = scale * variance([...areas.values()].map(({ color }) => color));
  for (const level of LEVELS) joinAreas(areas, owner, price * level);
  const data = image.data.slice();
  for (let i = 0; i < owner.length; i++) {
    if (owner[i]! < 0) continue;
    setColor(data, 4 * i, fromOklab(areas.get(rootOf(owner, i))!.color));
  }
  return { width, height, data };
}

/** Mean squared distance from the mean color; 0 if there are no colors. */
function variance(colors: readonly Oklab[]): number {
  const mean = { l: 0, a: 0, b: 0 };
  for (const { l, a, b } of colors) {
    mean.l += l / colors.length;
    mean.a += a / colors.length;
    mean.b += b / colors.length;
  }
  return colors.reduce((sum, color) => sum + squaredDistance(color, mean) / Math.max(1, colors.length), 0);
}

function touch(areas: Map<number, Area>, a: number, b: number): void {
  const [one, other] = [areas.get(a), areas.get(b)];
  if (!one || !other || a === b) return;
  one.borders.set(b, (one.borders.get(b) ?? 0) + 1);
  other.borders.set(a, (other.borders.get(a) ?? 0) + 1);
}

/** Joins each area to the neighbor it gains most from, until no area gains at this scale. */
function joinAreas(areas: Map<number, Area>, owner: Int32Array, scale: number): void {
  let joined = true;
  while (joined) {
    joined = false;
    for (const id of [...areas.keys()]) {
      const area = areas.get(id);
      const partner = area && bestPartner(areas, area, scale);
      if (partner === undefined) continue;
      join(areas, id, partner);
      owner[id] = partner;
      joined = true;
    }
  }
}

function bestPartner(areas: Map<number, Area>, area: Area, scale: number): number | undefined {
  let best: number | undefined;
  let gain = 0;
  for (const [id, sides] of area.borders) {
    const other = areas.get(id)!;
    const weight = (area.pixels * other.pixels) / (area.pixels + other.pixels);
    const saved = scale * sides - weight * squaredDistance(area.color, other.color);
    if (saved > gain) [best, gain] = [id, saved];
  }
  return best;
}

/** Lets `into` absorb `from`: its pixels, its color by weight, and its borders. */
function join(areas: Map<number, Area>, from: number, into: number): void {
  const [gone, kept] = [areas.get(from)!, areas.get(into)!];
  const pixels = gone.pixels + kept.pixels;
  const mean = (a: number, b: number) => (a * gone.pixels + b * kept.pixels) / pixels;
  kept.color = {
    l: mean(gone.color.l, kept.color.l),
    a: mean(gone.color.a, kept.color.a),
    b: mean(gone.color.b, kept.color.b),
  };
  kept.pixels = pixels;
  for (const [id, sides] of gone.borders) {
    const neighbor = areas.get(id)!;
    neighbor.borders.delete(from);
    if (id === into) continue;
    neighbor.borders.set(into, (neighbor.borders.get(into) ?? 0) + sides);
    kept.borders.set(id, (kept.borders.get(id) ?? 0) + sides);
  }
  areas.delete(from);
}

function rootOf(owner: Int32Array, index: number): number {
  let root = index;
  while (owner[root] !== root) root = owner[root]!;
  return root;
}
