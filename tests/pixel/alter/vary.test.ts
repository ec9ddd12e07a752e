import { expect, test } from "vitest";
import { matchStyle, outlineStyleOf } from "../../../service/pixel/alter/match-style.ts";
import { moveDetails } from "../../../service/pixel/alter/move-details.ts";
import { recolorThing } from "../../../service/pixel/alter/recolor-thing.ts";
import { stretch } from "../../../service/pixel/alter/stretch.ts";
import { vary } from "../../../service/pixel/alter/vary.ts";
import {
  createImage,
  drawnBounds,
  equalImages,
  type PixelImage,
  place,
} from "../../../service/pixel/image.ts";
import { toOklab } from "../../../service/pixel/oklab.ts";
import { seededRandom } from "../../../service/pixel/random.ts";
import { alphaOf, colorsIn, KNIGHT, lettersOf, POTION, SLIME, SWORD, sprite, TINTS } from "./sprites.ts";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const sibling = (image: PixelImage, variation: number, seed: number, more = {}) =>
  vary(image, { variation, seed, mirrors: true, keepsMainColor: false, ...more });

test("no variation gives the same picture for every seed", () => {
  for (const seed of SEEDS) expect(sibling(SLIME, 0, seed)).toBe(SLIME);
});

test.each([0.25, 0.5, 1])(
  "variation %s: every seed gives another picture, with no more colors and hard alpha",
  (variation) => {
    const made = SEEDS.map((seed) => sibling(POTION, variation, seed));
    for (const [i, one] of made.entries()) {
      expect(equalImages(one, POTION)).toBe(false);
      for (const other of made.slice(i + 1)) expect(equalImages(one, other)).toBe(false);
      expect(colorsIn(one).size).toBeLessThanOrEqual(colorsIn(POTION).size);
      expect(new Set(alphaOf(one))).toEqual(new Set([0, 255]));
      expect(sibling(POTION, variation, SEEDS[i]!)).toEqual(one);
    }
  },
);

test("things with a reading direction are not mirrored, others are for some seeds", () => {
  const faces = (image: PixelImage) => {
    const rows = lettersOf(image).map((row) => row.replace(/[^.k]/g, "x"));
    return rows[1]!.trim().indexOf("k") > 8;
  };
  const mirrored = SEEDS.filter((seed) => !faces(sibling(SWORD, 0.2, seed)));
  expect(mirrored.length).toBeGreaterThan(1);
  expect(mirrored.length).toBeLessThan(8);
  expect(SEEDS.every((seed) => faces(sibling(SWORD, 0.2, seed, { mirrors: false })))).toBe(true);
});

test("an asked main color stays that color at low variation", () => {
  const thing = { head: "slime", category: null };
  for (const seed of SEEDS) {
    const image = sibling(SLIME, 0.25, seed, { keepsMainColor: true });
    expect(recolorThing({ image, thing, colors: [TINTS.green!] }).changed).toBe(false);
  }
});

test("more variation changes the proportions", () => {
  const boxes = SEEDS.map(
    (seed) => drawnBounds(sibling(place(KNIGHT, createImage(24, 24), 4, 4), 0.6, seed))!,
  );
  expect(new Set(boxes.map(({ width, height }) => `${width}x${height}`)).size).toBeGreaterThan(2);
});

test("stretching doubles or leaves out one row, and everything else stays in order", () => {
  const rows = lettersOf(SWORD);
  const column = sprite([
    ".....",
    ".kkk.",
    ".kgk.",
    ".kfk.",
    ".kfk.",
    ".kfk.",
    ".kfk.",
    ".kek.",
    ".kek.",
    ".kkk.",
  ]);
  expect(lettersOf(stretch(column, { axis: "y", by: 1, pick: 0 }))).toEqual([
    ".kkk.",
    ".kgk.",
    ".kfk.",
    ".kfk.",
    ".kfk.",
    ".kfk.",
    ".kfk.",
    ".kek.",
    ".kek.",
    ".kkk.",
  ]);
  expect(lettersOf(stretch(column, { axis: "y", by: -1, pick: 0 }))).toEqual([
    ".....",
    ".....",
    ".kkk.",
    ".kgk.",
    ".kfk.",
    ".kfk.",
    ".kfk.",
    ".kek.",
    ".kek.",
    ".kkk.",
  ]);
  expect(lettersOf(stretch(SWORD, { axis: "x", by: 1, pick: 0 }))).toEqual(rows);
});

test("a style reference gives its palette and leaves shape and shading", () => {
  const styled = matchStyle(SLIME, POTION);
  expect(alphaOf(styled)).toEqual(alphaOf(SLIME));
  const palette = colorsIn(POTION);
  expect([...colorsIn(styled)].filter((color) => !palette.has(color))).toEqual([]);
  const lightOf = (letter: string) => {
    const p = lettersOf(SLIME).join("").indexOf(letter);
    return toOklab((styled.data[4 * p]! << 16) | (styled.data[4 * p + 1]! << 8) | styled.data[4 * p + 2]!).l;
  };
  expect(lightOf("a")).toBeLessThanOrEqual(lightOf("b"));
  expect(lightOf("b")).toBeLessThanOrEqual(lightOf("c"));
  expect(lightOf("a")).toBeLessThan(lightOf("c"));
  expect(matchStyle(SLIME, SLIME)).toEqual(SLIME);
});

test("a style reference gives its kind of outline", () => {
  const bare = sprite([
    "........",
    "..bbbb..",
    ".bccccb.",
    ".bccccb.",
    ".bccccb.",
    ".bccccb.",
    "..bbbb..",
    "........",
  ]);
  expect([outlineStyleOf(SLIME), outlineStyleOf(bare)]).toEqual(["color", "selective"]);
  const lined = matchStyle(bare, SLIME);
  expect(outlineStyleOf(lined)).toBe("color");
  expect(outlineStyleOf(matchStyle(SLIME, bare))).not.toBe("color");
  expect(equalImages(matchStyle(SLIME, createImage(4, 4)), SLIME)).toBe(true);
});

test("an outline is added to what has an inside, and leaves thin parts their colors", () => {
  const staff = sprite([
    "bb......",
    "cc......",
    "bb......",
    "cc..bbbb",
    "bb..bccb",
    "cc..bccb",
    "bb..bccb",
    "cc..bbbb",
  ]);
  const styled = lettersOf(matchStyle(staff, SLIME));
  const line = styled[3]?.[4];
  expect(outlineStyleOf(SLIME)).toBe("color");
  expect(styled.slice(3).map((row) => row[4])).toEqual([line, line, line, line, line]);
  expect(styled.every((row) => row[0] !== line && row[1] !== line)).toBe(true);
});

test("spots move within the region around them, and their number does not fall", () => {
  const rows = ["kkkkkkkkkkkk", ...Array.from({ length: 10 }, () => "kssssssssssk"), "kkkkkkkkkkkk"];
  rows[5] = "kssnsssssssk";
  rows[8] = "ksssssssnssk";
  const shield = sprite(rows);
  const spots = (image: PixelImage) =>
    [...lettersOf(image).join("").matchAll(/n/g)].map(({ index }) => index);
  const moved = SEEDS.map((seed) => moveDetails(shield, { random: seededRandom(seed), most: 4 }));
  expect(moved.some((image) => `${spots(image)}` !== `${spots(shield)}`)).toBe(true);
  for (const image of moved) {
    expect(spots(image).length).toBeGreaterThanOrEqual(2);
    expect(lettersOf(image).map((row) => row.replaceAll("n", "s"))).toEqual(
      rows.map((row) => row.replaceAll("n", "s")),
    );
  }
  const calm = moveDetails(SLIME, { random: seededRandom(1), most: 0 });
  expect(calm).toEqual(SLIME);
});
