import { expect, test } from "vitest";
import { createImage, equalImages } from "../../service/pixel/image.ts";
import {
  continueNeighbors,
  edgeMask,
  edgeRatio,
  matchEdges,
  SIDES,
} from "../../service/terrain/match-edges.ts";
import { noisyDrawing } from "./textures.ts";

const tile = noisyDrawing([120, 120, 120], 1, 16);
const neighbor = noisyDrawing([60, 160, 60], 2, 16);

test.each(SIDES)(
  "the seam with a neighbor on the %s is exact, and the far side is the tile's own",
  (side) => {
    const axis = side === "left" || side === "right" ? "x" : "y";
    const fitted = matchEdges(tile, { [side]: neighbor }, 4);
    expect(edgeRatio(tile, { [side]: neighbor }, axis)).toBeGreaterThan(1);
    expect(edgeRatio(fitted, { [side]: neighbor }, axis)).toBe(0);
    expect(edgeRatio(fitted, {}, axis)).toBeNull();
    const changed = Array.from({ length: 256 }, (_, i) => i).filter((i) => {
      return [0, 1, 2].some((channel) => fitted.data[4 * i + channel] !== tile.data[4 * i + channel]);
    });
    const away = (i: number) =>
      ({ left: i % 16, right: 15 - (i % 16), top: i >> 4, bottom: 15 - (i >> 4) })[side];
    expect(changed.length).toBeGreaterThanOrEqual(16);
    for (const i of changed) expect(away(i)).toBeLessThan(4);
  },
);

test("four neighbors fit at once, except at corners that two of them claim", () => {
  const all = Object.fromEntries(SIDES.map((side, i) => [side, noisyDrawing([60, 160, 60], i + 3, 16)]));
  const fitted = matchEdges(tile, all, 4);
  expect(edgeRatio(fitted, all, "x")).toBeLessThan(0.3);
  expect(edgeRatio(fitted, all, "y")).toBeLessThan(0.3);
});

test("no color is added", () => {
  const colors = (data: Uint8Array) => new Set(new Uint32Array(data.slice().buffer));
  const given = new Set([...colors(tile.data), ...colors(neighbor.data)]);
  for (const color of colors(matchEdges(tile, { left: neighbor }, 4).data)) expect(given).toContain(color);
});

test("the model has to keep the strip along the known edges", () => {
  const mask = edgeMask(tile, { top: neighbor }, 4);
  expect(mask.filter((value) => value === 0)).toHaveLength(64);
  expect(mask.slice(0, 64).every((value) => value === 0)).toBe(true);
  const start = continueNeighbors({ width: 16, height: 16 }, { top: neighbor });
  expect([...start.data.subarray(0, 64)]).toEqual([...neighbor.data.subarray(64 * 15)]);
  expect(equalImages(start, createImage(16, 16))).toBe(false);
});
