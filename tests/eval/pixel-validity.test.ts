import { expect, test } from "vitest";
import { measureValidity, orphanShare, pixelDifference } from "../../scripts/eval/pixel-validity.ts";
import { createImage } from "../../service/pixel/image.ts";
import { draw } from "../pixel/ascii-image.ts";

test("a pixel alone in its color is an orphan; one that touches its like at a corner is not", () => {
  expect(orphanShare(draw(["rr..", "rr.b", "...."]))).toBeCloseTo(1 / 5);
  expect(orphanShare(draw(["r...", ".r..", "...."]))).toBe(0);
});

test("transparent ground is no neighbor and no orphan", () => {
  expect(orphanShare(draw(["...", ".r.", "..."]))).toBe(1);
  expect(orphanShare(createImage(4, 4))).toBe(0);
});

test("empty and full canvases, colors and half-transparent pixels are counted", () => {
  const half = draw(["rb", "rb", "..", ".."]);
  half.data[3] = 128;
  const full = draw(["rr", "rr", "rr", "rr"]);
  expect(measureValidity([half, full, createImage(2, 4)])).toMatchObject({
    mostColors: 2,
    meanColors: 1,
    partialAlpha: 1,
    empty: 1,
    full: 1,
  });
});

test("the difference of two pictures is the share of drawn pixels that are not alike", () => {
  expect(pixelDifference(draw(["rr", ".."]), draw(["rr", ".."]))).toBe(0);
  expect(pixelDifference(draw(["rr", ".."]), draw(["rb", "b."]))).toBeCloseTo(2 / 3);
  expect(pixelDifference(createImage(2, 2), createImage(2, 2))).toBe(0);
});
