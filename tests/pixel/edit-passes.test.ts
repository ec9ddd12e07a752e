import { describe, expect, test } from "vitest";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { kCentroid } from "../../service/pixel/k-centroid.ts";
import { measureImages } from "../../service/pixel/measure.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { repairSeam } from "../../service/pixel/repair-seam.ts";
import { rotatePixels } from "../../service/pixel/rotate-pixels.ts";
import { runPassesTogether } from "../../service/pixel/run-passes-together.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { draw, GOBLIN, paint, rowsOf } from "./ascii-image.ts";

const goblin = draw(GOBLIN);
const alphas = ({ data }: PixelImage) => new Set(data.filter((_, i) => i % 4 === 3));

describe("rotatePixels", () => {
  test("rotates by quarter turns exactly, clockwise, and back to the same bytes", () => {
    const image = draw(["rg.", "kbw"]);
    expect(rowsOf(rotatePixels(image, 90))).toEqual(["kr", "bg", "w."]);
    expect(rowsOf(rotatePixels(image, 180))).toEqual(["wbk", ".gr"]);
    expect(rowsOf(rotatePixels(image, -90))).toEqual([".w", "gb", "rk"]);
    let turned = goblin;
    for (let i = 0; i < 4; i++) turned = rotatePixels(turned, 90);
    expect(turned).toEqual(goblin);
    expect(rotatePixels(goblin, 360)).toEqual(goblin);
    expect(rotatePixels(goblin, 0)).not.toBe(goblin);
  });

  test.each([1, 15, 30, 45, 77.5, 133, -20])(
    "by %d degrees adds no color and no partial alpha",
    (degrees) => {
      const turned = rotatePixels(goblin, degrees);
      const known = colorsOf(goblin);
      for (const color of colorsOf(turned)) expect(known).toContain(color);
      for (const alpha of alphas(turned)) expect([0, 255]).toContain(alpha);
    },
  );

  test("keeps every corner of a picture on its canvas", () => {
    const turned = rotatePixels(
      paint(20, 10, () => 0xd02030),
      45,
    );
    expect([turned.width, turned.height]).toEqual([22, 22]);
    const drawn = turned.data.filter((value, i) => i % 4 === 3 && value === 255).length;
    expect(Math.abs(drawn - 200)).toBeLessThanOrEqual(20);
  });

  test("draws a rotated line without gaps, where nearest-neighbor alone would break it", () => {
    const line = paint(21, 21, (_, y) => (y === 10 ? 0x000000 : 0xffffff));
    const turned = rotatePixels(line, 20);
    const columns = Array.from({ length: 15 }, (_, i) => i + 5);
    for (const x of columns) {
      const dark = Array.from({ length: turned.height }, (_, y) => turned.data[4 * (y * turned.width + x)]);
      expect(dark).toContain(0);
    }
  });
});

describe("kCentroid", () => {
  test("undoes an enlargement by any whole factor", () => {
    for (const factor of [1, 2, 3, 5, 8])
      expect(kCentroid(upscaleNearest(goblin, factor), 12, 12)).toEqual(goblin);
  });

  test("takes the color of the larger part of a cell and blends nothing", () => {
    const cells = draw(["rrkw", "rbkk", "wwgg", "wb.."]);
    expect(rowsOf(kCentroid(cells, 2, 2))).toEqual(["rk", "wg"]);
  });

  test("leaves a mostly empty cell empty", () => {
    expect(rowsOf(kCentroid(draw(["r.", ".."]), 1, 1))).toEqual(["."]);
  });

  test("throws for a size larger than the picture", () => {
    expect(() => kCentroid(goblin, 13, 12)).toThrow(RangeError);
    expect(() => kCentroid(goblin, 0, 12)).toThrow(RangeError);
  });
});

describe("repairSeam", () => {
  /** Speckled ground with a slope of brightness: its edges do not join. */
  const random = seededRandom(5);
  const slope = paint(32, 32, (x, y) => {
    const level = 60 + 3 * x + 2 * y + Math.floor(30 * random());
    return (level << 16) | ((level - 20) << 8) | 40;
  });
  const seams = (image: PixelImage) => {
    const checks = measureImages([image], null, { tileX: true, tileY: true });
    return [checks.seam_ratio_x ?? 0, checks.seam_ratio_y ?? 0];
  };

  test("makes both axes seamless at the same size, using only colors that were there", () => {
    const before = seams(slope);
    const tile = repairSeam(slope, { tileX: true, tileY: true, seamWidth: 8 });
    const [x, y] = seams(tile);
    expect(Math.min(...before)).toBeGreaterThan(1.5);
    expect(x).toBeLessThanOrEqual(1.25);
    expect(y).toBeLessThanOrEqual(1.25);
    expect([tile.width, tile.height]).toEqual([32, 32]);
    const known = new Set(colorsOf(slope));
    for (const color of colorsOf(tile)) expect(known.has(color)).toBe(true);
  });

  test("repairs one axis and leaves pixels farther from the seam than the seam width", () => {
    const tile = repairSeam(slope, { tileX: true, tileY: false, seamWidth: 6 });
    for (let y = 0; y < 32; y++) {
      const middle = [4 * (32 * y + 6), 4 * (32 * y + 26)] as const;
      expect(tile.data.slice(...middle)).toEqual(slope.data.slice(...middle));
    }
    expect(seams(tile)[0]).toBeLessThanOrEqual(1.25);
  });

  test("leaves a seamless tile as it is", () => {
    const once = repairSeam(slope, { tileX: true, tileY: true, seamWidth: 8 });
    expect(seams(once).every((ratio) => ratio <= 1)).toBe(true);
    expect(repairSeam(once, { tileX: true, tileY: true, seamWidth: 8 })).toBe(once);
  });

  test("takes tiles of any size, however wide the seam", () => {
    for (const [width, height] of [
      [1, 1],
      [3, 9],
      [4, 4],
      [5, 2],
      [17, 31],
    ] as const) {
      const tile = paint(width, height, (x, y) => (37 * x + 11 * y) & 255);
      const repaired = repairSeam(tile, { tileX: true, tileY: true, seamWidth: 64 });
      expect([repaired.width, repaired.height]).toEqual([width, height]);
    }
  });
});

test("frames that belong together share one palette, chosen from all of them", () => {
  const frames = [paint(4, 4, (x) => 0x100000 * x), paint(4, 4, (_, y) => 0x1000 * y), goblin].slice(0, 2);
  const limited = runPassesTogether(frames, [
    { pass: "limit-colors", colorCount: 4, dither: "none", ditherStrength: 0 },
  ]);
  expect(new Set(limited.flatMap(colorsOf)).size).toBeLessThanOrEqual(4);
  expect(frames[0]).toEqual(paint(4, 4, (x) => 0x100000 * x));
});
