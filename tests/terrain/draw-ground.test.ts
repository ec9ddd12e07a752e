import { describe, expect, test } from "vitest";
import { countColors } from "../../service/pixel/count-colors.ts";
import { equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { measureImages } from "../../service/pixel/measure.ts";
import { toOklab } from "../../service/pixel/oklab.ts";
import { drawGround } from "../../service/terrain/draw-ground.ts";
import { meanColor } from "../../service/terrain/make-ground.ts";

const draw = (words: string, size = 16, seed = 1): PixelImage => {
  const ground = drawGround(words, { width: size, height: size, seed });
  if (!ground) throw new Error(`Expected a ground for ${words}.`);
  return ground;
};

const NAMES =
  `grass, cobblestone, roof tiles, planks, stone floor, water, sand, lava, snow, dirt, brick wall, stone wall,
  marble floor, cave floor, ice, mud, gravel, forest, moss, swamp, path, stone, checkered floor`.split(
    /,\s+/,
  );

describe.each(NAMES)("%s", (name) => {
  test.each([16, 24, 32, 64])("is drawn in few colors without a visible seam at %i pixels", (size) => {
    const ground = draw(name, size);
    const checks = measureImages([ground], null, { tileX: true, tileY: true });
    expect(Math.max(checks.seam_ratio_x ?? 9, checks.seam_ratio_y ?? 9)).toBeLessThanOrEqual(0.6);
    expect(checks.colors).toBeGreaterThan(1);
    expect(checks.colors).toBeLessThanOrEqual(5);
  });

  test("is the same for the same seed and another one for another", () => {
    expect(equalImages(draw(name), draw(name))).toBe(true);
    expect([2, 3, 4].some((seed) => !equalImages(draw(name), draw(name, 16, seed)))).toBe(true);
  });
});

test("takes a color and a shade that the words name", () => {
  const { a, b } = meanColor(draw("blue brick wall"));
  expect(b).toBeLessThan(-0.03);
  expect(a).toBeLessThan(0.05);
  expect(meanColor(draw("dark grass")).l).toBeLessThan(meanColor(draw("grass")).l - 0.08);
});

test("shows what covers it in patches, and the ground between them", () => {
  const colorsIn = (words: string) => [...countColors(draw(words, 32)).keys()];
  const covered = new Set(colorsIn("mossy stone floor"));
  for (const part of ["moss", "stone floor"])
    expect(colorsIn(part).filter((one) => covered.has(one)).length).toBeGreaterThan(1);
  const checks = measureImages([draw("snowy roof tiles", 16)], null, { tileX: true, tileY: true });
  expect(Math.max(checks.seam_ratio_x ?? 9, checks.seam_ratio_y ?? 9)).toBeLessThanOrEqual(0.6);
});

test("is its usual color for the most part", () => {
  const [most] = [...countColors(draw("sand"))].sort((one, other) => other[1] - one[1]);
  expect(toOklab(most![0])).toEqual(toOklab(0xdcc07c));
});

test.each([
  "bloody cobblestone",
  "mossy alien floor",
  "mossy",
  "grass with flowers",
  "thatched roof",
  "carpet",
  "",
])("leaves %j to what draws more than plain grounds", (words) => {
  expect(drawGround(words, { width: 16, height: 16, seed: 1 })).toBeNull();
});
