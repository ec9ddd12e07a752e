import { expect, test } from "vitest";
import { frameRect } from "../../service/asset/asset-package.ts";
import { crop, equalImages } from "../../service/pixel/image.ts";
import { AnimationInfo } from "../../shared/asset.ts";
import { goblinOnCanvas, walkPackage } from "./sample-animations.ts";

test("rows of the sheet are directions, and every frame is where the package says", () => {
  const asset = walkPackage();
  expect([asset.sheet.columns, asset.sheet.rows]).toEqual([4, 2]);
  const info = AnimationInfo.parse(asset.animation);
  for (const [i, { image }] of asset.frames.entries()) {
    const { x, y, width, height } = frameRect(asset, i);
    expect(info.frames[i]!.frame).toEqual({ x, y, w: width, h: height });
    expect(equalImages(crop(asset.sheet.image, x, y, width, height), image)).toBe(true);
  }
  expect(info.frames.map(({ frame }) => frame.y)).toEqual([0, 0, 0, 0, 20, 20, 20, 20]);
});

test("a strip is one row, a packed sheet close to square; the order of the frames stays", () => {
  const names = walkPackage().frames.map(({ name }) => name);
  const strip = walkPackage({ layout: "strip" });
  const packed = walkPackage({ layout: "packed" });
  expect([strip.sheet.columns, strip.sheet.rows]).toEqual([8, 1]);
  expect(Math.max(packed.sheet.image.width, packed.sheet.image.height)).toBeLessThan(96);
  for (const asset of [strip, packed]) expect(asset.frames.map(({ name }) => name)).toEqual(names);
});

test("each direction is a tag; a single direction is named after its motion", () => {
  expect(walkPackage().tags).toEqual([
    { name: "walk_west", from: 0, to: 3, direction: "forward", loop: true, action: "walk" },
    { name: "walk_east", from: 4, to: 7, direction: "forward", loop: true, action: "walk" },
  ]);
  const alone = walkPackage({
    directions: [{ direction: "south-east", frames: [goblinOnCanvas(), goblinOnCanvas()] }],
  });
  expect(alone.tags.map(({ name }) => name)).toEqual(["walk"]);
  expect(alone.frames.map(({ name }) => name)).toEqual(["walk_south_east_0", "walk_south_east_1"]);
});

test("all frames share one anchor, and durations repeat in every direction", () => {
  const { frames, animation } = walkPackage();
  for (const { pivot } of frames) expect(pivot).toEqual({ x: 12, y: 19 });
  expect(frames.map(({ durationMs }) => durationMs)).toEqual([100, 125, 100, 250, 100, 125, 100, 250]);
  expect(animation).toMatchObject({
    anchor: { x: 12, y: 19 },
    mirrored: { west: "east" },
    motion: "procedural",
  });
});

test("a single frame is a picture with the asset's own name", () => {
  const still = walkPackage({ directions: [{ direction: "south", frames: [goblinOnCanvas()] }] });
  expect(still.frames.map(({ name }) => name)).toEqual(["goblin"]);
});
