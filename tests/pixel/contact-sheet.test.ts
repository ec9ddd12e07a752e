import { describe, expect, test } from "vitest";
import { drawContactSheet } from "../../service/pixel/contact-sheet.ts";
import { crop, equalImages } from "../../service/pixel/image.ts";
import { colorAt } from "../../service/pixel/parse-hex.ts";
import { forEachInk, textWidth } from "../../service/pixel/tiny-font.ts";
import { draw, GOBLIN } from "./ascii-image.ts";

const entry = (caption: string) => ({ image: draw(GOBLIN), caption });

describe("drawContactSheet", () => {
  test("puts entries into as many rows as the columns need", () => {
    const one = drawContactSheet([entry("a")], { scale: 2, columns: 3 });
    const four = drawContactSheet([entry("a"), entry("b"), entry("c"), entry("d")], { scale: 2, columns: 3 });
    const step = one.width - 3 * 2;
    expect(four.width).toBe(3 * step + 6);
    expect(four.height).toBe(2 * (one.height - 6) + 6);
  });

  test("shows every pixel of a picture as a square of its color", () => {
    const scale = 4;
    const sheet = drawContactSheet([entry("")], { scale, columns: 1 });
    const picture = draw(GOBLIN);
    const left = (3 + 2) * scale;
    for (let y = 0; y < picture.height; y++) {
      for (let x = 0; x < picture.width; x++) {
        if (picture.data[4 * (y * 12 + x) + 3] === 0) continue;
        const square = crop(sheet, left + x * scale, left + y * scale, scale, scale);
        const wanted = colorAt(picture.data, 4 * (y * 12 + x));
        for (let i = 0; i < square.data.length; i += 4) expect(colorAt(square.data, i)).toBe(wanted);
      }
    }
  });

  test("is opaque, and differs where captions differ", () => {
    const sheet = drawContactSheet([entry("red dragon")], { scale: 3, columns: 1 });
    for (let i = 3; i < sheet.data.length; i += 4) expect(sheet.data[i]).toBe(255);
    expect(equalImages(sheet, drawContactSheet([entry("red dragoo")], { scale: 3, columns: 1 }))).toBe(false);
    expect(equalImages(sheet, drawContactSheet([entry("RED DRAGON")], { scale: 3, columns: 1 }))).toBe(true);
  });

  test("cuts captions that are too long instead of drawing over the card", () => {
    const long = drawContactSheet([entry("a very long caption ".repeat(9))], { scale: 3, columns: 1 });
    const word = drawContactSheet([entry("w".repeat(200))], { scale: 3, columns: 1 });
    expect(long.width).toBe(word.width);
    // Outside of the card there is ground only, to the last pixel.
    for (const sheet of [long, word]) {
      for (let y = 0; y < sheet.height; y++) {
        for (const x of [0, sheet.width - 1]) {
          expect(colorAt(sheet.data, 4 * (y * sheet.width + x))).toBe(colorAt(sheet.data, 0));
        }
      }
    }
  });

  test("draws a sheet without entries", () => {
    expect(drawContactSheet([], { scale: 2, columns: 4 }).width).toBeGreaterThan(0);
  });
});

describe("the tiny font", () => {
  test("has a glyph of five equally wide rows for every printable ASCII character that captions need", () => {
    for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;-_'\"!?/()+=#%&*") {
      const inked: number[][] = [];
      forEachInk(letter, (x, y) => inked.push([x, y]));
      expect(inked.length).toBeGreaterThan(0);
      for (const [x, y] of inked) {
        expect(x).toBeLessThan(textWidth(letter));
        expect(y).toBeLessThan(5);
      }
    }
  });

  test("draws every letter and digit differently", () => {
    const shapes = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].map((letter) => {
      const inked: string[] = [];
      forEachInk(letter, (x, y) => inked.push(`${x},${y}`));
      return inked.join(" ");
    });
    expect(new Set(shapes).size).toBe(36);
  });
});
