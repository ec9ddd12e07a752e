import { expect, test } from "vitest";
import { assembleTileset, type TilesetParts } from "../../service/asset/assemble-tileset.ts";
import { createImage, crop, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { noisyDrawing } from "../terrain/textures.ts";

const image = (seed: number): PixelImage => noisyDrawing([100, 100, 100], seed, 8);
const tile = (name: string, cell: number, frames: PixelImage[]): TilesetParts["tiles"][number] => ({
  name,
  mask: 0,
  corners: { NW: "lower", NE: "lower", SW: "lower", SE: "lower" },
  edges: { N: "lower", E: "lower", S: "lower", W: "lower" },
  probability: 1,
  cell,
  frames,
  polygons: [[{ x: 0, y: 0 }]],
});

const parts = (extrude: number): TilesetParts => ({
  name: "set",
  info: {
    type: "wang16",
    layout: "wang_4x4",
    columns: 4,
    rows: 2,
    tile_size: { width: 8, height: 8 },
    extrude,
    terrains: [],
    base_tile_ids: { lower: null, upper: "set_x.wang_15" },
  },
  tiles: [tile("wang_0", 0, [image(1), image(2)]), tile("wang_15", 4, [image(3)])],
  frameMs: 120,
  collision: "lower",
  sample: { columns: 1, rows: 1, cells: [0] },
  seed: 1,
  palette: { name: null, colors: [], locked: false },
  text: {},
});

test("frames are the cells of the sheet; cells without a tile are empty and not listed as tiles", () => {
  const { frames, tileset } = assembleTileset(parts(0));
  expect(frames.map(({ name }) => name)).toEqual([
    ...["wang_0", "wang_0_f1", "empty_2", "empty_3", "wang_15", "empty_5", "empty_6", "empty_7"],
  ]);
  expect(equalImages(frames[2]!.image, createImage(8, 8))).toBe(true);
  expect(tileset?.info.tiles.map(({ name, index }) => [name, index])).toEqual([
    ["wang_0", 0],
    ["wang_15", 4],
  ]);
  expect(tileset?.info.tiles[0]?.animation).toEqual([
    { index: 0, duration_ms: 120 },
    { index: 1, duration_ms: 120 },
  ]);
  expect(tileset?.info.tiles[1]?.animation).toBeNull();
  expect(tileset?.polygons.map((polygons) => polygons.length)).toEqual([1, 1, 0, 0, 1, 0, 0, 0]);
});

test.each([0, 1, 2])(
  "with extrude %i, bounding boxes hold the tiles, and edges are repeated around them",
  (extrude) => {
    const { sheet, tileset, frames } = assembleTileset(parts(extrude));
    expect([sheet.image.width, sheet.image.height]).toEqual([4 * (8 + 2 * extrude), 2 * (8 + 2 * extrude)]);
    expect(tileset?.info).toMatchObject({ margin: extrude, spacing: 2 * extrude, extrude });
    for (const { bounding_box: box, index } of tileset!.info.tiles) {
      const cut = crop(sheet.image, box.x, box.y, box.width, box.height);
      expect(equalImages(cut, frames[index]!.image)).toBe(true);
      for (let away = 1; away <= extrude; away++) {
        const beside = crop(sheet.image, box.x - away, box.y, 1, 8);
        expect(equalImages(beside, crop(cut, 0, 0, 1, 8))).toBe(true);
        const below = crop(sheet.image, box.x, box.y + 7 + away, 8, 1);
        expect(equalImages(below, crop(cut, 0, 7, 8, 1))).toBe(true);
      }
    }
  },
);
