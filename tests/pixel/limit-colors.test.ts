import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { countColors } from "../../service/pixel/count-colors.ts";
import { choosePalette, limitColors } from "../../service/pixel/limit-colors.ts";
import { formatHex, parseHex } from "../../service/pixel/parse-hex.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { COLORS, draw, GOBLIN, paint } from "./ascii-image.ts";

/** The goblin with noise on every color byte, as a network draws it. */
function noisyGoblin(amount: number) {
  const clean = draw(GOBLIN);
  const random = seededRandom(5);
  const data = clean.data.map((value, i) => {
    if (i % 4 === 3 || clean.data[i - (i % 4) + 3] === 0) return value;
    return Math.max(0, Math.min(255, Math.round(value + amount * (2 * random() - 1))));
  });
  return { ...clean, data };
}

describe("limitColors", () => {
  test("never leaves more colors than requested, whatever the image", () => {
    const images = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      bytes: fc.uint8Array({ minLength: 4, maxLength: 600 }),
      limit: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(images, ({ width, bytes, limit }) => {
        const height = Math.max(1, Math.floor(bytes.length / (4 * width)));
        const data = new Uint8Array(4 * width * height);
        data.set(bytes.subarray(0, data.length));
        const image = { width, height, data };
        const result = limitColors(image, limit);
        const own = new Set(colorsOf(image));
        expect(colorsOf(result).length).toBeLessThanOrEqual(limit);
        for (const color of colorsOf(result)) expect(own).toContain(color);
        expect(data.every((value, i) => i % 4 !== 3 || value === result.data[i])).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("returns an image with few enough colors unchanged, byte for byte", () => {
    const image = draw(GOBLIN);
    expect(limitColors(image, colorsOf(image).length).data).toEqual(image.data);
  });

  test("ignores transparent pixels", () => {
    const image = draw(["k.r", ".g."]);
    expect(limitColors(image, 3).data).toEqual(image.data);
  });

  test("finds the colors behind noise, including eyes, highlight and outline", () => {
    const image = noisyGoblin(8);
    const result = limitColors(image, 6);
    expect(countColors(image).size).toBeGreaterThan(50);
    const clean = draw(GOBLIN);
    const byLetter = new Map<number, Set<number>>();
    for (let i = 0; i < clean.data.length; i += 4) {
      if (clean.data[i + 3] === 0) continue;
      const truth = parseHex(
        formatHex((clean.data[i]! << 16) | (clean.data[i + 1]! << 8) | clean.data[i + 2]!),
      );
      const got = (result.data[i]! << 16) | (result.data[i + 1]! << 8) | result.data[i + 2]!;
      byLetter.set(truth, (byLetter.get(truth) ?? new Set()).add(got));
    }
    // Every color of the drawing became one color, and no two became the same.
    expect([...byLetter.values()].map((colors) => colors.size)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(new Set([...byLetter.values()].map((colors) => [...colors][0])).size).toBe(6);
  });

  test("keeps a one-pixel red eye and merges two indistinguishable greens", () => {
    const image = paint(16, 16, (x, y) => (x === 5 && y === 5 ? 0xd02030 : x < 8 ? 0x20a040 : 0x22a342));
    expect(choosePalette(image, 2)).toContain(0xd02030);
  });

  test("keeps a color unchanged if it makes up most of its cluster", () => {
    const image = paint(10, 10, (x, y) => (y === 0 ? 0x20a040 + x : x < 5 ? 0x20a040 : 0x2040c0));
    expect(choosePalette(image, 2)).toEqual([0x2040c0, 0x20a040]);
  });

  test("gives the same palette every time, no matter where a color appears", () => {
    const image = noisyGoblin(20);
    const mirrored = paint(image.width, image.height, () => 0);
    for (let i = 0; i < image.data.length; i += 4) {
      mirrored.data.set(image.data.subarray(i, i + 4), image.data.length - 4 - i);
    }
    expect(choosePalette(image, 7)).toEqual(choosePalette(image, 7));
    expect(choosePalette(mirrored, 7)).toEqual(choosePalette(image, 7));
  });

  test("refuses to reduce to zero colors", () => {
    expect(() => limitColors(draw(GOBLIN), 0)).toThrow("colorCount must be at least 1, not 0.");
  });

  test("copes with 16384 distinct colors", () => {
    const image = paint(128, 128, (x, y) => ((2 * x) << 16) | ((2 * y) << 8) | ((x * y) % 256));
    expect(colorsOf(limitColors(image, 64)).length).toBeLessThanOrEqual(64);
  });
});

test("colorsOf lists colors by frequency", () => {
  expect(colorsOf(draw(["rrk.", "rkg."]))).toEqual([COLORS.r, COLORS.k, COLORS.g]);
});
