import { expect, test } from "vitest";
import { readSheet } from "../../plugins/web/src/sheet.ts";
import { withTileset } from "../../plugins/web/src/tiled-map.ts";
import { readTiles } from "../../plugins/web/src/tiles.ts";
import { asepriteJson } from "../../service/writers/aseprite-json.ts";
import { blinkPackage, potionPackage } from "../asset/sample-packages.ts";

const jsonOf = (asset: Parameters<typeof asepriteJson.write>[0]): unknown =>
  JSON.parse(String(asepriteJson.write(asset, { folder: "" })[0]!.content));

test("what the writer says is what a game reads: places, times, and tags in the order of playing", () => {
  const sheet = readSheet(jsonOf(blinkPackage()));
  expect(sheet.frames.map(({ durationMs }) => durationMs)).toEqual([100, 250, 100, 80, 200]);
  expect(sheet.frames[1]).toMatchObject({ x: 8, y: 0, width: 8, height: 8 });
  expect(sheet.tags).toEqual([
    { name: "blink", order: [0, 1, 2], pingPong: false, times: 0 },
    { name: "back", order: [2, 1, 0], pingPong: false, times: 1 },
    { name: "swing", order: [0, 1, 2, 3], pingPong: true, times: 0 },
    { name: "swing-back", order: [4, 3, 2, 1], pingPong: true, times: 0 },
  ]);
});

test("the ground point is a share of the frame", () => {
  const { pivot } = readSheet(jsonOf(potionPackage(1)));
  expect(pivot).toEqual({ x: 0.5, y: 7 / 8 });
});

test("a sheet of Aseprite's own has no ground point, 100 ms a frame, and repeats as a number", () => {
  const frame = { x: 0, y: 0, w: 4, h: 4 };
  const frameTags = [{ name: "a", from: 0, to: 0, direction: "forward", repeat: 3 }];
  const sheet = readSheet({ frames: [{ frame }], meta: { size: { w: 4, h: 4 }, frameTags } });
  expect(sheet).toMatchObject({ pivot: null, frames: [{ durationMs: 100 }], tags: [{ times: 3 }] });
});

test.each([null, {}, { frames: {}, meta: { size: { w: 1, h: 1 } } }, { frames: [{}], meta: {} }])(
  "%j is no sheet",
  (json) => {
    expect(() => readSheet(json)).toThrow("This is not Aseprite JSON in array form.");
  },
);

test("tiles lie row by row, with margin and spacing between them", () => {
  const tileset = { imagewidth: 30, imageheight: 20, tilewidth: 8, tileheight: 8, columns: 3, tilecount: 5 };
  expect(readTiles({ ...tileset, margin: 1, spacing: 2 }).frames).toMatchObject([
    { x: 1, y: 1, width: 8, height: 8 },
    { x: 11, y: 1 },
    { x: 21, y: 1 },
    { x: 1, y: 11 },
    { x: 11, y: 11 },
  ]);
  expect(() => readTiles({ tilewidth: 8 })).toThrow(/columns or tilecount/);
});

test("a tileset goes into the map that named its file, and keeps its first id", () => {
  const map = {
    layers: [],
    tilesets: [
      { firstgid: 1, name: "inside" },
      { firstgid: 17, source: "g.tsj" },
    ],
  };
  expect(withTileset(map, { name: "g", columns: 4 })).toEqual({
    layers: [],
    tilesets: [
      { firstgid: 1, name: "inside" },
      { firstgid: 17, name: "g", columns: 4 },
    ],
  });
  expect(map.tilesets[1]).toEqual({ firstgid: 17, source: "g.tsj" });
});
