import { describe, expect, test } from "vitest";
import { countColors } from "../../service/pixel/count-colors.ts";
import { drawnBounds, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { meanColor } from "../../service/terrain/make-ground.ts";
import { drawPart } from "../../service/ui-parts/draw-part.ts";

const draw = (prompt: string, width = 32, height = width, seed = 1) => {
  const part = drawPart(prompt, { width, height, seed });
  if (!part) throw new Error(`Expected a part for ${prompt}.`);
  return part;
};

const pixel = ({ width, data }: PixelImage, x: number, y: number): string =>
  data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4).join();

const STRETCHING = [
  "button",
  "pressed button",
  "panel",
  "dialog box",
  "gold frame",
  "window",
  "inventory slot",
];
const FIXED = ["health bar", "cursor", "checkbox"];

describe.each([...STRETCHING, ...FIXED])("a %s", (prompt) => {
  test.each([16, 32, 64])("has few colors and a hard alpha at %i pixels, and is the same again", (size) => {
    const { image } = draw(prompt, size);
    expect(countColors(image).size).toBeGreaterThan(1);
    expect(countColors(image).size).toBeLessThanOrEqual(12);
    expect(new Set(image.data.filter((_, i) => i % 4 === 3)).size).toBeLessThanOrEqual(2);
    expect(equalImages(image, draw(prompt, size).image)).toBe(true);
  });
});

describe.each(STRETCHING)("a %s", (prompt) => {
  test("stretches: within its insets, a row repeats along the middle of each edge", () => {
    for (const [width, height, seed] of [
      [32, 32, 1],
      [64, 32, 2],
      [48, 48, 3],
    ] as const) {
      const { image, nineSlice } = draw(prompt, width, height, seed);
      if (!nineSlice) throw new Error("Expected insets.");
      const { left, right } = nineSlice;
      for (let y = 0; y < height; y++) {
        const row = Array.from({ length: width - left - right }, (_, i) => pixel(image, left + i, y));
        expect(new Set(row).size).toBe(1);
      }
    }
  });
});

test.each(FIXED)("a %s does not stretch", (prompt) => {
  expect(draw(prompt).nineSlice).toBeNull();
});

test("takes the color of the prompt, and a border in another one", () => {
  expect(meanColor(draw("blue button").image).b).toBeLessThan(-0.1);
  expect(meanColor(draw("red panel").image).a).toBeGreaterThan(0.06);
  const plain = draw("stone button").image;
  const rimmed = draw("stone button with a gold border").image;
  expect(meanColor(rimmed).b).toBeGreaterThan(meanColor(plain).b + 0.02);
});

test("shows the state that the prompt names", () => {
  const differ = (one: string, other: string) => !equalImages(draw(one).image, draw(other).image);
  expect(differ("button", "pressed button")).toBe(true);
  expect(differ("checkbox", "unchecked checkbox")).toBe(true);
  expect(differ("empty health bar", "full health bar")).toBe(true);
  expect(drawnBounds(draw("pressed button").image)?.height).toBeLessThan(
    drawnBounds(draw("button").image)?.height ?? 0,
  );
});

test("looks different with other seeds", () => {
  expect([2, 3, 4].some((seed) => !equalImages(draw("panel").image, draw("panel", 32, 32, seed).image))).toBe(
    true,
  );
});

test.each([
  "heart icon",
  "ornate panel",
  "play button",
  "candy bar",
  "button and panel",
  "bar with wings",
  "",
])("leaves %j to what draws more than plain parts", (prompt) => {
  expect(drawPart(prompt, { width: 32, height: 32, seed: 1 })).toBeNull();
});
