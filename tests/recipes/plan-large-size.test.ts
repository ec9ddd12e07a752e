import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planLargeSize } from "../../service/recipes/plan-large-size.ts";
import type { SizePlan, SizeQuestion } from "../../service/recipes/plan-size.ts";

const SIZES = [512, 768, 1024];

function plan(changes: Partial<SizeQuestion>): SizePlan {
  return planLargeSize({
    ...{ width: 32, height: 32, columns: 1, rows: 1, sizes: SIZES },
    ...{ surface: false, wrapX: false, wrapY: false, hasBounds: false, margin: 1, anchor: "center" },
    ...changes,
  });
}

describe("a large picture of a drawing", () => {
  test.each([
    [32, 32, 512, 512],
    [48, 48, 768, 768],
    [48, 32, 768, 512],
    [64, 64, 512, 512],
    [96, 96, 768, 768],
    [128, 128, 1024, 1024],
    [24, 24, 768, 768],
  ])("of %i x %i has a canvas on which its pixels are whole ones", (width, height, ...canvas) => {
    const { canvas: chosen, composition, warnings } = plan({ width, height });
    expect([chosen.width, chosen.height]).toEqual(canvas);
    expect(composition).toMatchObject({ pixelate: { width, height }, enlarge: 1, fit: "exact" });
    expect(warnings).toEqual([]);
  });

  test("is enlarged as pixel art where the canvas has less than four pixels for each of its pixels", () => {
    const { composition, warnings } = plan({ width: 128, height: 128, sizes: [256] });
    expect(composition).toMatchObject({ pixelate: { width: 64, height: 64 }, enlarge: 2, fit: "exact" });
    expect(warnings).toEqual([expect.stringContaining("64x64 drawing enlarged 2 times")]);
  });

  test("stands on its lowest row if its style says so, and may be told its box", () => {
    const { bounds, composition } = plan({ anchor: "bottom", hasBounds: true });
    expect(composition).toMatchObject({ fit: "pad", anchor: "bottom" });
    expect(bounds).toEqual({ x: 16, y: 16, width: 480, height: 480 });
  });

  test("is one cell of a sheet", () => {
    const { canvas, composition } = plan({ width: 96, height: 64, columns: 3, rows: 2 });
    expect(canvas).toEqual({ width: 512, height: 512 });
    expect(composition).toMatchObject({ width: 96, height: 64, pixelate: { width: 32, height: 32 } });
  });

  test("has square pixels and never sticks out of its cell, whatever the size", () => {
    const edge = fc.integer({ min: 8, max: 128 });
    const sizes = fc.constantFrom([256], [512], SIZES, [512, 576, 640, 704, 768]);
    fc.assert(
      fc.property(edge, edge, sizes, (width, height, canvases) => {
        const { canvas, composition } = plan({ width, height, sizes: canvases });
        const grid = composition.pixelate!;
        expect(canvases).toContain(canvas.width);
        expect(canvases).toContain(canvas.height);
        expect(grid.width * composition.enlarge).toBeLessThanOrEqual(width);
        expect(grid.height * composition.enlarge).toBeLessThanOrEqual(height);
        // Half a pixel of rounding at each end is all that separates the pitches of the axes.
        const skew = grid.width / grid.height / (canvas.width / canvas.height);
        expect(Math.abs(Math.log(skew))).toBeLessThan(1 / Math.min(grid.width, grid.height));
      }),
    );
  });
});

describe("a large picture of a surface", () => {
  const surface = { surface: true, wrapX: true, wrapY: true, hasBounds: true };

  test("is stretched to the asked size, so that its edges still join, and has no box", () => {
    const { bounds, composition, warnings } = plan({ ...surface, width: 40, height: 32, sizes: [512] });
    expect(bounds).toBeNull();
    expect(composition).toMatchObject({ pixelate: { width: 40, height: 32 }, fit: "exact", enlarge: 1 });
    expect(warnings).toEqual([]);
  });

  test("is sampled, and says so, where it would have to be enlarged by a fraction", () => {
    const { composition, warnings } = plan({ ...surface, width: 127, height: 127, sizes: [256] });
    expect(composition).toMatchObject({ pixelate: { width: 64, height: 64 }, fit: "sample", enlarge: 1 });
    expect(warnings).toEqual([expect.stringContaining("some rows or columns stand twice")]);
  });
});
