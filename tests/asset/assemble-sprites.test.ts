import { expect, test } from "vitest";
import { assembleSprites, type SpriteParts } from "../../service/asset/assemble-sprites.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { SafeName } from "../../shared/requests.ts";
import { drawPotion, drawRows } from "./sample-packages.ts";

function assemble(images: PixelImage[], parts: Partial<SpriteParts> = {}) {
  const pictures = images.map((image, i) => ({ image, seed: 40 + i, exemplars: [] }));
  const palette = { name: null, colors: [], locked: false };
  return assembleSprites({ name: "dragon", pictures, palette, text: { Title: "dragon" }, ...parts });
}

test("one picture is one frame with the asset's own name", () => {
  const asset = assemble([drawPotion([1, 2, 3])]);
  expect(asset).toMatchObject({ kind: "sprite", name: "dragon", tags: [], text: { Title: "dragon" } });
  expect(asset.frames.map((frame) => frame.name)).toEqual(["dragon"]);
});

test("several pictures are numbered from 1 and keep their seeds; they are not an animation", () => {
  const asset = assemble([drawPotion([1, 2, 3]), drawPotion([4, 5, 6]), drawPotion([7, 8, 9])]);
  expect(asset.frames.map(({ name, seed }) => [name, seed])).toEqual([
    ["dragon-1", 40],
    ["dragon-2", 41],
    ["dragon-3", 42],
  ]);
  expect(asset.tags).toEqual([]);
  expect(asset.sheet).toMatchObject({ columns: 2, rows: 2 });
});

test("frame names stay safe and distinct even for the longest asset name", () => {
  const name = "n".repeat(64);
  const { frames } = assemble(
    Array.from({ length: 16 }, () => createImage(8, 8)),
    { name },
  );
  expect(frames.every((frame) => SafeName.safeParse(frame.name).success)).toBe(true);
  expect(new Set(frames.map((frame) => frame.name)).size).toBe(16);
});

test("the pivot is the center of the drawing on the line under its lowest row", () => {
  const image = drawRows(["......", ".xxx..", ".x....", "......"], { x: [9, 9, 9] });
  expect(assemble([image]).frames[0]!.pivot).toEqual({ x: 2, y: 3 });
});

test("an empty picture stands on its own bottom edge", () => {
  expect(assemble([createImage(10, 6)]).frames[0]!.pivot).toEqual({ x: 5, y: 6 });
});

test("no picture at all is an error that says so", () => {
  expect(() => assemble([])).toThrow("There is no picture");
});
