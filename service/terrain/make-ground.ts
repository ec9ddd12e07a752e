import { countColors } from "../pixel/count-colors.ts";
import type { PixelImage } from "../pixel/image.ts";
import { fromOklab, type Oklab, squaredDistance, toOklab } from "../pixel/oklab.ts";
import { edgeColors } from "./edge-colors.ts";
import type { Ground } from "./ground.ts";
import type { TerrainNature } from "./terrain-words.ts";
import { colorOn, mapPixels } from "./torus.ts";

/** OKLab distance between the mean colors of two terrains below which players confuse them. */
export const APART = 0.12;

/** The air in a sidescroller: nothing is drawn. */
export const AIR: Ground = {
  texture: null,
  style: "soft",
  height: -1,
  colors: { line: 0, rim: 0, face: 0, shadow: 0, foam: 0 },
};

/** Makes a ground from a texture; `snap` moves the colors of its edges onto a palette. */
export function makeGround(
  texture: PixelImage,
  { style, height }: TerrainNature,
  snap: (color: number) => number = (color) => color,
): Ground {
  const { line, rim, face, shadow, foam } = edgeColors(texture, style);
  const colors = {
    line: snap(line),
    rim: snap(rim),
    face: snap(face),
    shadow: snap(shadow),
    foam: snap(foam),
  };
  return { texture, style, height, colors };
}

/** Mean color of a picture's drawn pixels in OKLab. */
export function meanColor(image: PixelImage): Oklab {
  let [l, a, b, total] = [0, 0, 0, 0];
  for (const [color, count] of countColors(image)) {
    const lab = toOklab(color);
    l += lab.l * count;
    a += lab.a * count;
    b += lab.b * count;
    total += count;
  }
  const all = Math.max(1, total);
  return { l: l / all, a: a / all, b: b / all };
}

/** OKLab distance between the mean colors of two pictures. */
export function distanceApart(one: PixelImage, other: PixelImage): number {
  return Math.sqrt(squaredDistance(meanColor(one), meanColor(other)));
}

/** Moves the lightness of a texture away from that of another one until players can tell the two apart. */
export function moveApart(texture: PixelImage, from: PixelImage): PixelImage {
  const own = meanColor(texture);
  const other = meanColor(from);
  const across = squaredDistance({ ...own, l: 0 }, { ...other, l: 0 });
  const needed = Math.sqrt(Math.max(0, APART ** 2 - across)) + 0.005;
  const goesUp = own.l === other.l ? own.l < 0.5 : own.l > other.l;
  // There is no room beyond black and white.
  const up = goesUp ? other.l + needed <= 0.93 : other.l - needed < 0.18;
  const shift = (up ? other.l + needed : other.l - needed) - own.l;
  return mapPixels(texture, (x, y) => {
    const { l, a, b } = toOklab(colorOn(texture, x, y));
    return fromOklab({ l: Math.max(0.04, Math.min(0.98, l + shift)), a, b });
  });
}
