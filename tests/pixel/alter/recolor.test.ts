import fc from "fast-check";
import { expect, test } from "vitest";
import { recolorPart } from "../../../service/pixel/alter/recolor-part.ts";
import { recolorThing } from "../../../service/pixel/alter/recolor-thing.ts";
import { splitParts } from "../../../service/pixel/alter/split-parts.ts";
import type { PixelImage } from "../../../service/pixel/image.ts";
import { toOklab } from "../../../service/pixel/oklab.ts";
import { colorAt } from "../../../service/pixel/parse-hex.ts";
import {
  alphaOf,
  colorsIn,
  INKS,
  KNIGHT,
  lettersOf,
  POTION,
  SLIME,
  SWORD,
  sprite,
  TINTS,
} from "./sprites.ts";

const SPRITES = { SLIME, POTION, SWORD, KNIGHT };
const labOf = (image: PixelImage, p: number) => toOklab(colorAt(image.data, 4 * p));
const hueOf = ({ a, b }: { a: number; b: number }) => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
const recolor = (image: PixelImage, head: string, ...colors: string[]) =>
  recolorThing({ image, thing: { head, category: null }, colors: colors.map((color) => TINTS[color]!) });

test("every drawn pixel is in exactly one part, and parts know where they lie", () => {
  const parts = splitParts(POTION);
  const pixels = parts.flatMap((part) => [...part.pixels]).sort((a, b) => a - b);
  expect(pixels).toEqual([...alphaOf(POTION).entries()].filter(([, alpha]) => alpha > 0).map(([p]) => p));
  const liquid = parts.find(({ ramp }) => ramp.kind === "color" && ramp.area > 30)!;
  expect([liquid.vertical, liquid.horizontal]).toEqual(["bottom", "center"]);
  expect(liquid.ramp.colors).toHaveLength(3);
  expect(parts.find(({ colors }) => colors.length === 2 && colors.every((c) => c < 0x900000))?.vertical).toBe(
    "top",
  );
  expect(parts.filter(({ ramp }) => ramp.kind === "outline").length).toBeGreaterThan(0);
});

test("an empty picture has no parts and cannot be recolored", () => {
  const empty = sprite(["..", ".."]);
  expect(splitParts(empty)).toEqual([]);
  expect(recolor(empty, "slime", "red")).toMatchObject({ changed: false, met: [false] });
});

test("a slime takes the color in its body; outline, eyes and highlight stay", () => {
  const { image, changed, met } = recolor(SLIME, "slime", "blue");
  expect([changed, met]).toEqual([true, [true]]);
  const before = lettersOf(SLIME).join("");
  const after = lettersOf(image).join("");
  for (const [i, letter] of [...before].entries()) {
    expect(after[i], `pixel ${i}`).toBe("abc".includes(letter) ? "?" : letter);
  }
  expect(Math.abs(hueOf(labOf(image, 10 * 16 + 6)) - 262)).toBeLessThan(20);
});

test("a potion takes the color in its liquid, not in glass or cork", () => {
  const before = lettersOf(POTION).join("");
  const after = lettersOf(recolor(POTION, "potion", "purple").image).join("");
  for (const [i, letter] of [...before].entries()) {
    expect(after[i], `pixel ${i}`).toBe("rst".includes(letter) ? "?" : letter);
  }
});

test("a sword takes the color in its blade, and in its handle where that is asked for", () => {
  const blade = lettersOf(recolor(SWORD, "sword", "red").image).join("");
  expect(blade).not.toMatch(/[fg]/);
  expect(blade).toMatch(/o.*p/);
  const thing = { head: "sword", category: "weapon" };
  const handle = recolorThing({ image: SWORD, thing, colors: [TINTS.red!], part: "handle" });
  expect(lettersOf(handle.image).join("")).not.toMatch(/[op]/);
  expect(lettersOf(handle.image).join("")).toMatch(/f.*g/);
});

test("a knight's cape is recolored alone, and a part that is not there is reported", () => {
  const thing = { head: "knight", category: null };
  const cape = recolorThing({ image: KNIGHT, thing, colors: [TINTS.blue!], part: "cape" });
  const before = lettersOf(KNIGHT).join("");
  const after = lettersOf(cape.image).join("");
  for (const [i, letter] of [...before].entries()) {
    expect(after[i], `pixel ${i}`).toBe("rst".includes(letter) ? "?" : letter);
  }
  const missing = recolorThing({ image: SLIME, thing, colors: [TINTS.blue!], part: "cape" });
  expect(missing).toMatchObject({ changed: false, met: [false], image: SLIME });
});

test("what already has the color stays as it is", () => {
  expect(recolor(SLIME, "slime", "green")).toEqual({ image: SLIME, changed: false, met: [true] });
  expect(recolor(POTION, "potion", "red")).toEqual({ image: POTION, changed: false, met: [true] });
});

test("two colors go to the two largest ramps, and the one that is there already stays", () => {
  const { image, met } = recolor(KNIGHT, "knight", "red", "gold");
  expect(met).toEqual([true, true]);
  const letters = lettersOf(image).join("");
  expect(letters).toMatch(/r/);
  expect(letters).not.toMatch(/[ef]/);
});

test.each(Object.entries(SPRITES))(
  "recoloring %s keeps its shape, its number of colors and its shading",
  (name, image) => {
    for (const [word, tint] of Object.entries(TINTS)) {
      const after = recolorThing({
        image,
        thing: { head: name.toLowerCase(), category: null },
        colors: [tint],
      }).image;
      expect(alphaOf(after), word).toEqual(alphaOf(image));
      expect(colorsIn(after).size, word).toBe(colorsIn(image).size);
      for (const part of splitParts(image)) {
        const order = [...part.pixels].sort((p, q) => labOf(image, p).l - labOf(image, q).l);
        for (const [i, p] of order.entries()) {
          if (i > 0) expect(labOf(after, p).l, word).toBeGreaterThan(labOf(after, order[i - 1]!).l - 0.012);
        }
      }
    }
  },
);

test("shadows of gold lean to orange, shadows of blue to purple, and black stays lighter than its outline", () => {
  const body = {
    pixels: [...lettersOf(SLIME).join("")].flatMap((letter, p) => ("abc".includes(letter) ? [p] : [])),
  };
  const at = (letter: string) => lettersOf(SLIME).join("").indexOf(letter);
  const gold = recolorPart(SLIME, body, TINTS.gold!);
  expect(hueOf(labOf(gold, at("a")))).toBeLessThan(hueOf(labOf(gold, at("b"))) - 5);
  const blue = recolorPart(SLIME, body, TINTS.blue!);
  expect(hueOf(labOf(blue, at("a")))).toBeGreaterThan(hueOf(labOf(blue, at("c"))) + 10);
  const black = recolorPart(SLIME, body, TINTS.black!);
  expect(labOf(black, at("a")).l).toBeGreaterThan(labOf(black, at("k")).l + 0.02);
  expect(labOf(black, at("c")).l).toBeLessThan(0.5);
});

test("only the pixels of the part change, even where others have the same color", () => {
  const [one] = [KNIGHT].map((image) => splitParts(image).find(({ horizontal }) => horizontal === "left")!);
  const after = recolorPart(KNIGHT, one!, TINTS.blue!);
  const chosen = new Set(one!.pixels);
  for (let p = 0; p < 256; p++) {
    if (!chosen.has(p)) expect(colorAt(after.data, 4 * p)).toBe(colorAt(KNIGHT.data, 4 * p));
    else expect(colorAt(after.data, 4 * p)).not.toBe(colorAt(KNIGHT.data, 4 * p));
  }
});

test("the same question gives the same bytes, and the input is not modified", () => {
  const copy = SLIME.data.slice();
  expect(recolor(SLIME, "slime", "gold")).toEqual(recolor(SLIME, "slime", "gold"));
  expect(SLIME.data).toEqual(copy);
});

test("any picture keeps its shape and its number of colors, whatever color it gets", () => {
  const inks = fc.constantFrom(".", ...Object.keys(INKS));
  const grids = fc
    .integer({ min: 1, max: 12 })
    .chain((width) =>
      fc.array(fc.array(inks, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    );
  const words = fc.constantFrom(...Object.keys(TINTS));
  fc.assert(
    fc.property(grids, words, fc.constantFrom("slime", "potion", "knight"), (grid, word, head) => {
      const image = sprite(grid.map((row) => row.join("")));
      const after = recolor(image, head, word).image;
      expect(alphaOf(after)).toEqual(alphaOf(image));
      expect(colorsIn(after).size).toBe(colorsIn(image).size);
    }),
    { numRuns: 60 },
  );
});

test("an animal of one color, asked in two, has the first on its back and the second below", () => {
  const cat = sprite(Array.from({ length: 12 }, () => "bbbbbbbbbbbb"));
  const colors = [TINTS.red!, TINTS.blue!];
  const { image, met } = recolorThing({ image: cat, thing: { head: "cat", category: "animal" }, colors });
  expect(met).toEqual([true, true]);
  expect(hueOf(labOf(image, 6))).toBeLessThan(60);
  expect(hueOf(labOf(image, 11 * 12 + 6))).toBeGreaterThan(220);
  const chair = recolorThing({ image: cat, thing: { head: "chair", category: "furniture" }, colors });
  expect(chair.met).toEqual([true, false]);
});

test.each([
  ["rim", [2 * 14 + 7, 7 * 14 + 2], [7 * 14 + 7]],
  ["roof", [2 * 14 + 7], [11 * 14 + 7]],
])("the %s of a thing of one ramp is found by where it lies", (part, changed, kept) => {
  const thing = sprite([
    "..............",
    ...Array.from({ length: 12 }, () => ".pppppppppppp."),
    "..............",
  ]);
  const { image } = recolorThing({
    image: thing,
    thing: { head: null, category: null },
    colors: [TINTS.blue!],
    part,
  });
  for (const p of changed) expect(colorAt(image.data, 4 * p)).not.toBe(colorAt(thing.data, 4 * p));
  for (const p of kept) expect(colorAt(image.data, 4 * p)).toBe(colorAt(thing.data, 4 * p));
});
