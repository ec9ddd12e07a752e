import { expect, test } from "vitest";
import { assembleCharacter, type CharacterParts } from "../../service/asset/assemble-character.ts";
import { frameRect } from "../../service/asset/asset-package.ts";
import { crop, equalImages } from "../../service/pixel/image.ts";
import { playedFrames } from "../../service/writers/played-frames.ts";
import { paint } from "../pixel/ascii-image.ts";

const frame = (shade: number) => paint(8, 8, () => shade);
const SIDES = ["south", "west"];

const parts = (): CharacterParts => ({
  name: "hero",
  role: "knight",
  outfit: { body: "masculine", skin: "light", parts: [] },
  motions: [
    {
      name: "walk",
      shown: "walk",
      timing: { fps: 12 },
      loop: true,
      runs: SIDES.map((side, i) => ({ directions: [side], frames: [1, 2, 3].map((n) => frame(10 * i + n)) })),
    },
    {
      name: "die",
      shown: "hurt",
      timing: { fps: 10 },
      loop: false,
      runs: [{ directions: SIDES, frames: [frame(99)] }],
    },
  ],
  directions: SIDES,
  anchor: { x: 4, y: 8 },
  palette: { name: null, colors: [], locked: false },
  text: {},
  seed: 1,
  pictures: [],
});

test("each run of frames has a row of its own, and directions that look the same share one", () => {
  const asset = assembleCharacter(parts());
  expect(asset.animation.sheet).toEqual({ columns: 3, rows: 3 });
  expect(asset.tags.map(({ name, from, to }) => [name, from, to])).toEqual([
    ["walk_south", 0, 2],
    ["walk_west", 3, 5],
    ["die_south", 6, 6],
    ["die_west", 6, 6],
  ]);
  for (const [i, { image }] of asset.frames.entries()) {
    const { x, y, width, height } = frameRect(asset, i);
    expect(equalImages(crop(asset.sheet.image, x, y, width, height), image)).toBe(true);
    expect(asset.animation.frames[i]!.frame).toEqual({ x, y, w: width, h: height });
  }
  expect(asset.animation.actions[1]!.tags.map(({ direction }) => direction)).toEqual(SIDES);
});

test("whole ms add up to the rate", () => {
  const ms = assembleCharacter(parts()).frames.map(({ durationMs }) => durationMs);
  expect(ms).toEqual([83, 84, 83, 83, 84, 83, 100]);
});

test("a picture file plays the actions one after the other, with the directions side by side, again and again", () => {
  const { frames, durationsMs, loop } = playedFrames(assembleCharacter(parts()));
  expect(frames.map(({ width, height }) => [width, height])).toEqual(Array(4).fill([16, 8]));
  expect([durationsMs, loop]).toEqual([[83, 84, 83, 100], 0]);
});
