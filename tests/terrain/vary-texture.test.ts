import { describe, expect, test } from "vitest";
import { equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { makeTexture } from "../../service/terrain/choose-texture.ts";
import { colorOn, colorStep, mapPixels } from "../../service/terrain/torus.ts";
import { varyTexture } from "../../service/terrain/vary-texture.ts";
import { noisyDrawing } from "./textures.ts";

/** The plain formula: every shift compared with every pixel of the patch, color by color. */
function varySlowly(texture: PixelImage, seed: number): PixelImage {
  const { width, height } = texture;
  const random = seededRandom(seed);
  const waves = [2, 3, 4].map((count) => ({ count, turn: random(), size: random() / count }));
  const margin = Math.max(2, Math.round(0.14 * Math.min(width, height)));
  const isPatch = (x: number, y: number): boolean => {
    if (Math.min(x, width - 1 - x, y, height - 1 - y) < margin) return false;
    const [u, v] = [(x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5];
    const bend = ({ count, turn, size }: (typeof waves)[number]): number =>
      0.12 * size * Math.sin(count * Math.atan2(v, u) + 2 * Math.PI * turn);
    return Math.hypot(u, v) < waves.reduce((sum, wave) => sum + bend(wave), 0.4);
  };
  const places = Array.from({ length: width * height }, (_, i) => ({
    x: i % width,
    y: Math.floor(i / width),
  }));
  const patch = places.filter(({ x, y }) => isPatch(x, y));
  const isRim = ({ x, y }: { x: number; y: number }): boolean =>
    !isPatch(x - 1, y) || !isPatch(x + 1, y) || !isPatch(x, y - 1) || !isPatch(x, y + 1);
  const [rim, inside] = [patch.filter(isRim), patch.filter((place) => !isRim(place))];
  const difference = (among: typeof places, dx: number, dy: number): number =>
    among.reduce(
      (sum, { x, y }) => sum + colorStep(colorOn(texture, x, y), colorOn(texture, x + dx, y + dy)),
      0,
    ) / Math.max(1, among.length);
  const shifts = places
    .map(({ x: dx, y: dy }) => ({
      dx,
      dy,
      change: difference(inside, dx, dy),
      seam: difference(rim, dx, dy),
    }))
    .filter(({ change }) => change > 0)
    .map(({ dx, dy, change, seam }) => ({ dx, dy, cost: seam / (1 + change) }))
    .sort((one, other) => one.cost - other.cost || one.dy - other.dy || one.dx - other.dx);
  const chosen = shifts[Math.floor(random() * Math.max(1, 0.04 * shifts.length))];
  if (!chosen) return texture;
  return mapPixels(texture, (x, y) =>
    isPatch(x, y) ? colorOn(texture, x + chosen.dx, y + chosen.dy) : colorOn(texture, x, y),
  );
}

const settled = (seed: number, edge: number, colorCount = 6): PixelImage =>
  makeTexture(noisyDrawing([90, 130, 70], seed), {
    width: edge,
    height: edge,
    colorCount,
    usualColor: null,
    palette: null,
  });

const oblong = mapPixels({ width: 24, height: 10 }, (x, y) => ((x * x + 3 * y) % 5) * 0x102030);

describe("a variation equals the plain formula, byte for byte", () => {
  test.each([
    ["the smallest tile", settled(1, 8)],
    ["a tile of 16x16", settled(2, 16)],
    ["a tile of 32x32 in twelve colors", settled(3, 32, 12)],
    ["a tile that is not square", oblong],
    ["a given texture of hundreds of colors", noisyDrawing([120, 110, 90], 4, 24)],
  ])("%s", (_, texture) => {
    for (const seed of [0, 7, 4294967295]) {
      const varied = varyTexture(texture, seed);
      expect(equalImages(varied, varySlowly(texture, seed))).toBe(true);
      expect(equalImages(varied, texture)).toBe(false);
    }
  });
});

test("a texture of one color has no other part to show", () => {
  const flat = mapPixels({ width: 16, height: 16 }, () => 0x336699);
  expect(equalImages(varyTexture(flat, 3), flat)).toBe(true);
});
