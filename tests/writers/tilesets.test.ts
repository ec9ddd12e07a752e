import { describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { godotTextureImport } from "../../service/writers/godot-texture-import.ts";
import { godotTileMap } from "../../service/writers/godot-tile-map.ts";
import { godotTileSet } from "../../service/writers/godot-tile-set.ts";
import { jsonText } from "../../service/writers/json-text.ts";
import { ldtkProject } from "../../service/writers/ldtk-project.ts";
import { phaserTilemap } from "../../service/writers/phaser-tilemap.ts";
import { tiledMap } from "../../service/writers/tiled-map.ts";
import { tiledTileset } from "../../service/writers/tiled-tileset.ts";
import { tilesetJson } from "../../service/writers/tileset-json.ts";
import type { AssetWriter } from "../../service/writers/writer.ts";
import { TilesetInfo } from "../../shared/asset.ts";
import { potionPackage } from "../asset/sample-packages.ts";
import { SAMPLE_TILESETS, sampleTileset } from "../asset/sample-tilesets.ts";
import { describeWriter } from "../contract/writer-contract.ts";

const HOSTILE =
  '../../evil"]\n[ext_resource type="Script" path="res://evil.gd" id="x"]\r\n</script>\\ "}]\u0000';

const PACKAGES = {
  ...SAMPLE_TILESETS,
  "terrains with hostile names": () => sampleTileset("wang16", { terrainNames: [HOSTILE, HOSTILE] }),
};
const WRITERS = [
  tilesetJson,
  godotTileSet,
  godotTileMap,
  tiledTileset,
  tiledMap,
  phaserTilemap,
  ldtkProject,
] as const;

for (const writer of WRITERS) describeWriter(writer, PACKAGES);

const textOf = (writer: AssetWriter, asset: AssetPackage, folder = "") =>
  writer.write(asset, { folder })[0]!.content as string;
const jsonOf = (writer: AssetWriter, asset: AssetPackage) => JSON.parse(textOf(writer, asset));

/** The lines of one tile of a TileSet, its place cut off. */
function linesOf(text: string, asset: AssetPackage, name: string): string[] {
  const { columns, tiles } = asset.tileset!.info;
  const { index } = tiles.find((tile) => tile.name === name)!;
  const at = `${index % columns}:${Math.floor(index / columns)}/`;
  return text
    .split("\n")
    .filter((line) => line.startsWith(at))
    .map((line) => line.slice(at.length));
}

test("no terrain set writer writes anything for other packages", () => {
  for (const writer of WRITERS) expect(writer.write(potionPackage(2), { folder: "" })).toEqual([]);
});

test("the only import settings of a terrain set are those of its sheet", () => {
  const files = godotTextureImport.write(sampleTileset("wang16"), { folder: "" });
  expect(files.map(({ path }) => path)).toEqual(["terrain-sheet.png.import"]);
});

describe("Godot TileSet", () => {
  test("a corner tile has its four bits, and the full one occurs a second time for a hole in its terrain", () => {
    const asset = sampleTileset("wang16");
    const text = textOf(godotTileSet, asset, "art");
    expect(linesOf(text, asset, "wang_8")).toEqual([
      "0 = 0",
      "0/terrain_set = 0",
      "0/terrain = 0",
      "0/terrains_peering_bit/bottom_right_corner = 0",
      "0/terrains_peering_bit/bottom_left_corner = 0",
      "0/terrains_peering_bit/top_left_corner = 1",
      "0/terrains_peering_bit/top_right_corner = 0",
      '0/custom_data_0 = "wang_8"',
    ]);
    const full = linesOf(text, asset, "wang_15");
    expect(full).toEqual(expect.arrayContaining(["0/terrain = 1", "1 = 1", "1/terrain = 0"]));
    expect(full.filter((line) => line.endsWith("_corner = 1"))).toHaveLength(8);
    expect(text).toContain('path="res://art/terrain-sheet.png"');
    expect(text).toContain("terrain_set_0/mode = 1\n");
  });

  test("the air of a sidescroller is not a terrain: its bits are absent, and the pure air tile has none", () => {
    const asset = sampleTileset("sidescroller");
    const text = textOf(godotTileSet, asset);
    expect(linesOf(text, asset, "wang_3")).toEqual([
      "0 = 0",
      "0/terrain_set = 0",
      "0/terrains_peering_bit/bottom_right_corner = 0",
      "0/terrains_peering_bit/bottom_left_corner = 0",
      '0/custom_data_0 = "wang_3"',
    ]);
    expect(linesOf(text, asset, "wang_0")).toEqual(["0 = 0", '0/custom_data_0 = "wang_0"']);
    expect(text).not.toContain("terrain_set_0/terrain_1");
  });

  test("cells of blob and edge sets have upper terrain at their center, and the lower tile is lower all around", () => {
    for (const type of ["blob47", "edge16"] as const) {
      const asset = sampleTileset(type);
      const text = textOf(godotTileSet, asset);
      const name = type === "blob47" ? "blob" : "edge";
      expect(linesOf(text, asset, `${name}_0`)).toContain("0/terrain = 1");
      const lower = linesOf(text, asset, `${name}_lower`);
      expect(lower).toContain("0/terrain = 0");
      expect(lower.filter((line) => line.includes("peering_bit"))).toHaveLength(type === "blob47" ? 8 : 4);
      expect(lower.filter((line) => line.endsWith("= 1"))).toEqual([]);
      expect(text).toContain(`terrain_set_0/mode = ${type === "blob47" ? 0 : 2}\n`);
    }
  });

  test("an animated tile lists its frames before itself, each with its seconds; a static one lists none", () => {
    const asset = sampleTileset("wang16", { frames: 3 });
    const text = textOf(godotTileSet, asset);
    expect(linesOf(text, asset, "wang_0").slice(0, 5)).toEqual([
      "animation_columns = 3",
      "animation_frame_0/duration = 0.12",
      "animation_frame_1/duration = 0.16",
      "animation_frame_2/duration = 0.2",
      "0 = 0",
    ]);
    expect(text.match(/animation_columns/g)).toHaveLength(1);
  });

  test("polygons are relative to the center of the tile, and exist only where something collides", () => {
    const asset = sampleTileset("wang16", { collision: "upper" });
    const text = textOf(godotTileSet, asset);
    expect(linesOf(text, asset, "wang_9").filter((line) => line.includes("polygon"))).toEqual([
      "0/physics_layer_0/polygon_0/points = PackedVector2Array(-8, -8, 0, -8, 0, 0, -8, 0)",
      "0/physics_layer_0/polygon_1/points = PackedVector2Array(0, 0, 8, 0, 8, 8, 0, 8)",
    ]);
    expect(linesOf(text, asset, "wang_0").join()).not.toContain("polygon");
    expect(textOf(godotTileSet, sampleTileset("wang16"))).not.toContain("physics_layer");
  });

  test("an extruded sheet has margins and separation; probabilities are written where they are not 1", () => {
    const text = textOf(godotTileSet, sampleTileset("wang16", { extrude: 2, variants: 1 }));
    expect(text).toContain("margins = Vector2i(2, 2)\nseparation = Vector2i(4, 4)\ntexture_region_size");
    // Two variants, and the full one's alternative.
    expect(text.match(/probability = 0\.25/g)).toHaveLength(3);
    expect(textOf(godotTileSet, sampleTileset("wang16"))).not.toMatch(/margins|probability/);
  });
});

describe("Godot TileMapLayer", () => {
  test("cells are 12 bytes each after a format number, without the empty ones", () => {
    const asset = sampleTileset("wang16");
    const tile = asset.tileset!.info.tiles.find(({ mask }) => mask === 15)!;
    const sample = { columns: 2, rows: 2, cells: [-1, tile.index, tile.index, -1] };
    const text = textOf(godotTileMap, { ...asset, tileset: { ...asset.tileset!, sample } }, "maps");
    const bytes = /tile_map_data = PackedByteArray\((.*)\)/.exec(text)![1]!.split(", ").map(Number);
    const at = [tile.index % 4, 0, Math.floor(tile.index / 4), 0, 0, 0];
    expect(bytes).toEqual([0, 0, 1, 0, 0, 0, 0, 0, ...at, 0, 0, 1, 0, 0, 0, ...at]);
    expect(text).toContain('path="res://maps/terrain.tres"');
    expect(text).toContain("texture_filter = 1\n");
  });
});

describe("Tiled tileset", () => {
  test("wangids go clockwise from the top and number colors from 1", () => {
    const asset = sampleTileset("wang16");
    const [set] = jsonOf(tiledTileset, asset).wangsets;
    const tile = asset.tileset!.info.tiles.find(({ mask }) => mask === 8)!;
    expect(set.type).toBe("corner");
    expect(set.colors.map(({ name }: { name: string }) => name)).toEqual(["Deep water", "Grass"]);
    expect(set.wangtiles).toHaveLength(16);
    expect(set.wangtiles).toContainEqual({ tileid: tile.index, wangid: [0, 1, 0, 1, 0, 1, 0, 2] });
  });

  test("an island is not part of the terrain set: to Tiled it would be the lower tile", () => {
    for (const type of ["blob47", "edge16"] as const) {
      const asset = sampleTileset(type);
      const [set] = jsonOf(tiledTileset, asset).wangsets;
      const island = asset.tileset!.info.tiles.find(({ mask }) => mask === 0)!;
      const ids = set.wangtiles.map(({ tileid }: { tileid: number }) => tileid);
      expect(ids).not.toContain(island.index);
      expect(ids).toHaveLength(asset.tileset!.info.tiles.length - 1);
      const wangids = set.wangtiles.map(({ wangid }: { wangid: number[] }) => String(wangid));
      expect(new Set(wangids).size).toBe(ids.length);
      expect(set.type).toBe(type === "blob47" ? "mixed" : "edge");
    }
  });

  test("a terrain is represented by its pure, most likely tile", () => {
    const asset = sampleTileset("wang16", { variants: 2 });
    const indexOf = (name: string) => asset.tileset!.info.tiles.find((tile) => tile.name === name)!.index;
    const [set] = jsonOf(tiledTileset, asset).wangsets;
    expect(set.colors.map(({ tile }: { tile: number }) => tile)).toEqual([
      indexOf("wang_0"),
      indexOf("wang_15"),
    ]);
  });
});

describe("Tiled maps", () => {
  test("the map for Tiled refers to the tileset file, the one for Phaser embeds the whole set", () => {
    const asset = sampleTileset("wang16");
    expect(jsonOf(tiledMap, asset).tilesets).toEqual([{ firstgid: 1, source: "terrain.tsj" }]);
    const { type: _type, version: _version, ...set } = jsonOf(tiledTileset, asset);
    expect(jsonOf(phaserTilemap, asset).tilesets).toEqual([{ firstgid: 1, ...set }]);
    expect(jsonOf(phaserTilemap, asset).layers).toEqual(jsonOf(tiledMap, asset).layers);
  });

  test("a cell that shows no tile is empty", () => {
    const asset = sampleTileset("blob47", { withoutLower: true });
    const [layer] = jsonOf(tiledMap, asset).layers;
    expect(layer.data).toEqual(asset.tileset!.sample.cells.map((cell) => cell + 1));
    expect(layer.data).toContain(0);
  });
});

describe("Tileset JSON", () => {
  test("it is the TilesetInfo of the answer, with the sheet's file, the polygons and the sample", () => {
    const asset = sampleTileset("wang16", { variants: 1, frames: 2, extrude: 1, collision: "lower" });
    const { name, image, collision, polygons, sample, ...info } = jsonOf(tilesetJson, asset);
    expect({ name, image }).toEqual({ name: "terrain", image: "terrain-sheet.png" });
    // Ids in the library differ from job to job; the files of one request must not.
    const { base_tile_ids: _, ...terrains } = asset.tileset!.info;
    expect(TilesetInfo.omit({ base_tile_ids: true }).strict().parse(info)).toEqual(terrains);
    expect({ collision, polygons, sample }).toEqual({
      collision: "lower",
      polygons: asset.tileset!.polygons,
      sample: asset.tileset!.sample,
    });
  });
});

describe("JSON text", () => {
  test("lists of numbers stay on one line, and text that looks like one is unchanged", () => {
    expect(jsonText({ a: [1, -2.5, 3], b: ["[1,\n2]"], c: [], d: [[1, 2], [3]] })).toBe(`{
  "a": [1, -2.5, 3],
  "b": [
    "[1,\\n2]"
  ],
  "c": [],
  "d": [
    [1, 2],
    [3]
  ]
}
`);
  });
});
