import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromOklab, squaredDistance, toOklab } from "../../service/pixel/oklab.ts";
import { formatHex, parseHex } from "../../service/pixel/parse-hex.ts";

const color = fc.integer({ min: 0, max: 0xffffff });

describe("OKLab", () => {
  test("gives the published coordinates of white, red, green and blue", () => {
    const published = [
      [0xffffff, 1, 0, 0],
      [0xff0000, 0.628, 0.2249, 0.1258],
      [0x00ff00, 0.8664, -0.2339, 0.1795],
      [0x0000ff, 0.452, -0.0325, -0.3115],
    ] as const;
    for (const [hex, l, a, b] of published) {
      const lab = toOklab(hex);
      expect(lab.l).toBeCloseTo(l, 3);
      expect(lab.a).toBeCloseTo(a, 3);
      expect(lab.b).toBeCloseTo(b, 3);
    }
  });

  test("converts any color there and back", () => {
    fc.assert(
      fc.property(color, (hex) => fromOklab(toOklab(hex)) === hex),
      { numRuns: 2000 },
    );
  });

  test("clamps colors outside sRGB", () => {
    expect(formatHex(fromOklab({ l: 2, a: 0, b: 0 }))).toBe("#ffffff");
    expect(formatHex(fromOklab({ l: -1, a: 0, b: 0 }))).toBe("#000000");
  });

  test("puts black and white one apart", () => {
    expect(squaredDistance(toOklab(0), toOklab(0xffffff))).toBeCloseTo(1, 5);
  });
});

describe("hex colors", () => {
  test("survive a round trip", () => {
    fc.assert(fc.property(color, (value) => parseHex(formatHex(value)) === value));
  });

  test("may be uppercase and without #", () => {
    expect(parseHex("#1A1C2C")).toBe(0x1a1c2c);
    expect(parseHex("1a1c2c")).toBe(0x1a1c2c);
  });

  test.each(["", "#fff", "#1a1c2", "#1a1c2g", "red", "#1a1c2c00"])("refuse %j", (text) => {
    expect(() => parseHex(text)).toThrow(/^A color needs six hex digits/);
  });
});
