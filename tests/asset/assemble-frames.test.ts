import { expect, test } from "vitest";
import { assembleFrames } from "../../service/asset/assemble-frames.ts";
import { draw } from "../pixel/ascii-image.ts";

const HOP = [draw(["....", ".rr.", ".rr."]), draw([".rr.", ".rr.", "...."]), draw(["....", "....", "...."])];
const parts = { name: "hop", palette: { name: null, colors: [], locked: false }, text: {} };

test("an animation has one tag, its durations, and one pivot for all frames", () => {
  const asset = assembleFrames({
    ...parts,
    frames: HOP,
    animation: { durationsMs: [100, 250, 40], loop: true },
    columns: null,
  });
  expect(asset.kind).toBe("animation");
  expect(asset.tags).toEqual([{ name: "hop", from: 0, to: 2, direction: "forward", loop: true }]);
  expect(asset.frames.map(({ name, durationMs, pivot, seed }) => [name, durationMs, pivot, seed])).toEqual([
    ["hop-1", 100, { x: 2, y: 3 }, null],
    ["hop-2", 250, { x: 2, y: 3 }, null],
    ["hop-3", 40, { x: 2, y: 3 }, null],
  ]);
});

test("cells of a sheet are stills that stay where they were", () => {
  const asset = assembleFrames({ ...parts, frames: HOP, animation: null, columns: 3 });
  expect(asset).toMatchObject({ kind: "sprite", tags: [], sheet: { columns: 3, rows: 1, cellWidth: 4 } });
  expect(asset.sheet.image.width).toBe(12);
  expect(asset.frames[0]?.pivot).toEqual({ x: 2, y: 3 });
  expect(asset.frames[1]?.pivot).toEqual({ x: 2, y: 2 });
});

test("a single frame has the asset's name and is its own sheet", () => {
  const asset = assembleFrames({ ...parts, frames: HOP.slice(0, 1), animation: null, columns: null });
  expect(asset.frames.map(({ name }) => name)).toEqual(["hop"]);
  expect(asset.sheet.image).toEqual(HOP[0]);
});

test("an animation in which nothing is drawn stands on its bottom edge", () => {
  const frames = [HOP[2]!, HOP[2]!];
  const asset = assembleFrames({
    ...parts,
    frames,
    animation: { durationsMs: [100, 100], loop: false },
    columns: null,
  });
  expect(asset.frames[0]?.pivot).toEqual({ x: 2, y: 3 });
  expect(asset.tags[0]?.loop).toBe(false);
});
