import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AssetPackage, PackageTileset } from "../../service/asset/asset-package.ts";
import { type Random, seededRandom } from "../../service/pixel/random.ts";
import type { TileInfo } from "../../shared/asset.ts";
import { DRAWN_TILESETS } from "../asset/drawn-tileset.ts";
import { LOWER_ONLY, maskAt, SAMPLE_TILESETS, sampleTileset } from "../asset/sample-tilesets.ts";
import { outputBytes, writeFiles } from "./output-bytes.ts";
import { describeWith, findGodot } from "./programs.ts";
import { GODOT_PROJECT, runGodot } from "./run-godot.ts";

interface SeenData {
  terrain_set: number;
  terrain: number;
  bits: Record<string, number>;
  polygons: [number, number][][];
  probability: number;
  name: string;
}

interface SeenTileSet {
  tile_size: [number, number];
  terrain_sets: number;
  mode: number;
  terrains: { name: string; color: string }[];
  physics_layers: number;
  custom_layer: string;
  sources: number;
  texture: string;
  tiles: {
    at: [number, number];
    frames: { seconds: number; rgba: string }[];
    animation_mode: number;
    alternatives: SeenData[];
  }[];
}

type SeenCell = [x: number, y: number, column: number, row: number];

interface Report {
  tile_sets: Record<string, SeenTileSet>;
  maps: Record<string, Record<string, unknown> & { cells: SeenCell[] }>;
  paintings: SeenCell[][];
}

type Type = PackageTileset["info"]["type"];

interface Stroke {
  terrain: number;
  cells: [number, number][];
}

interface Painting {
  title: string;
  type: Type;
  tile_set: string;
  strokes: Stroke[];
  /** What lies in the middle of each cell after the strokes: true = upper; absent = nothing was painted there. */
  painted: Map<string, boolean>;
}

const WIDTH = 14;
const HEIGHT = 11;
const SHAPES = 25;

const HOSTILE = 'evil"]\n[ext_resource type="Script" path="res://evil.gd" id="x"]';
const ASSETS: { place: string; asset: AssetPackage }[] = [
  ...Object.values({ ...SAMPLE_TILESETS, ...DRAWN_TILESETS }).map((make) => ({
    place: "art/tiles",
    asset: make(),
  })),
  {
    place: "art/hostile",
    asset: sampleTileset("wang16", { name: "hostile", terrainNames: [HOSTILE, "Gras ä"] }),
  },
];

const pathOf = ({ place, asset }: (typeof ASSETS)[number], file: string) =>
  `res://${place}/${asset.name}${file}`;
const base64 = (data: Uint8Array) => Buffer.from(data).toString("base64");

const allCells = Array.from({ length: WIDTH * HEIGHT }, (_, i): [number, number] => [
  i % WIDTH,
  Math.floor(i / WIDTH),
]);

/** What Godot has bits for: the corners of a corner set, the edges of an edge set, both of a blob. */
function jointsOf(type: Type, { corners, edges }: TileInfo) {
  if (type === "blob47") return { ...corners, ...edges };
  return type === "edge16" ? edges : corners;
}

/** Whether a set's tiles stand on nothing: the lower terrain is air, or has no tile. */
function hasNoLower({ tileset }: AssetPackage): boolean {
  const { type, tiles } = tileset!.info;
  const isCells = type === "blob47" || type === "edge16";
  return type === "sidescroller" || (isCells && !tiles.some(({ mask }) => mask === LOWER_ONLY));
}

/** Strokes of random cells, some thick and some thin; on a set with two terrains also of the lower one. */
function paintAtRandom(entry: (typeof ASSETS)[number], random: Random, title: string): Painting {
  const { type } = entry.asset.tileset!.info;
  const isEmptyAround = hasNoLower(entry.asset);
  const [lower, upper] = isEmptyAround ? [-1, 0] : [0, 1];
  const painted = new Map<string, boolean>();
  const strokes: Stroke[] = [];
  const paint = (terrain: number, cells: [number, number][]) => {
    if (cells.length === 0) return;
    strokes.push({ terrain, cells });
    for (const [x, y] of cells) painted.set(`${x},${y}`, terrain === upper);
  };
  // Sets of cells are also painted on an empty map; a corner set has no tiles for its own rim there.
  const isCells = type === "blob47" || type === "edge16";
  if (!isEmptyAround && !(isCells && random() < 0.5)) paint(lower, allCells);
  const count = 1 + Math.floor(random() * 4);
  for (let i = 0; i < count; i++) {
    const density = 0.1 + 0.7 * random();
    const terrain = i % 2 === 0 ? upper : lower;
    // The outermost cells stay free: the brush draws a ring around, and what lies beyond the map confuses it.
    const cells = allCells.filter(([x, y]) => {
      const isFree = x === 0 || y === 0 || x === WIDTH - 1 || y === HEIGHT - 1;
      return !isFree && random() < density;
    });
    paint(terrain, cells);
  }
  return { title, type, tile_set: pathOf(entry, ".tres"), strokes, painted };
}

/** The mask that our own rule gives each cell: see the writer. */
function expectedMask({ type, painted }: Painting, x: number, y: number): number {
  const centerIsUpper = (cx: number, cy: number) => painted.get(`${cx},${cy}`) === true;
  if (type === "edge16" || type === "blob47") return maskAt(type, { x, y }, centerIsUpper);
  const around = [
    [0, 0],
    [-1, 0],
    [0, -1],
    [-1, -1],
  ] as const;
  return maskAt(type, { x, y }, (vx, vy) => around.some(([dx, dy]) => centerIsUpper(vx + dx, vy + dy)));
}

describeWith(findGodot(), "Godot 4 reads terrain sets", (godot) => {
  let project = "";
  let output = "";
  let report: Report;
  const random = seededRandom(2024);
  const paintings = ASSETS.filter(({ place }) => place === "art/tiles").flatMap((entry) =>
    Array.from({ length: SHAPES }, (_, i) => paintAtRandom(entry, random, `${entry.asset.name} ${i}`)),
  );

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), "pixelkiln-godot-tiles-"));
    for (const { place, asset } of ASSETS)
      await writeFiles(join(project, place), await outputBytes(asset, place));
    const ask = {
      tile_sets: ASSETS.map((entry) => pathOf(entry, ".tres")),
      maps: ASSETS.map((entry) => pathOf(entry, "_map.tscn")),
      paintings: paintings.map(({ tile_set, strokes }) => ({ tile_set, strokes })),
    };
    await writeFiles(project, [
      ["project.godot", GODOT_PROJECT],
      ["ask.json", JSON.stringify(ask)],
      ["report.gd", await readFile(new URL("probes/report_tilesets.gd", import.meta.url))],
    ]);
    output = await runGodot(godot, project, ["--import"]);
    output += await runGodot(godot, project, ["--script", "res://report.gd"]);
    report = JSON.parse(await readFile(join(project, "report.json"), "utf8"));
  }, 300_000);

  afterAll(async () => {
    if (project !== "") await rm(project, { recursive: true, force: true });
  });

  test("importing, loading and painting print no error and no warning", () => {
    expect(output.split("\n").filter((line) => /ERROR|WARNING|Parse Error/.test(line))).toEqual([]);
  });

  for (const entry of ASSETS) {
    const { asset } = entry;
    const { info, polygons, collision, sample } = asset.tileset!;
    const hasAir = info.type === "sidescroller";
    const onNothing = hasNoLower(asset);
    const terrainNumber = { lower: onNothing ? -1 : 0, upper: onNothing ? 0 : 1 };

    describe(`${asset.name} (${info.type})`, () => {
      const seenSet = () => report.tile_sets[pathOf(entry, ".tres")]!;
      const seenTile = (tile: TileInfo) => {
        const at = [tile.index % info.columns, Math.floor(tile.index / info.columns)];
        return seenSet().tiles.find((seen) => String(seen.at) === String(at))!;
      };

      test("it has one terrain set of the right mode with names and colors, and as many tiles as the set", () => {
        const terrains = info.terrains.filter(({ role }) => terrainNumber[role] >= 0);
        expect(seenSet()).toMatchObject({
          tile_size: [info.tile_size.width, info.tile_size.height],
          terrain_sets: 1,
          mode: info.type === "blob47" ? 0 : info.type === "edge16" ? 2 : 1,
          terrains: terrains.map(({ name, color }) => ({ name, color })),
          physics_layers: collision ? 1 : 0,
          custom_layer: "name",
          sources: 1,
          texture: pathOf(entry, "-sheet.png"),
        });
        expect(seenSet().tiles).toHaveLength(info.tiles.length);
      });

      test("every tile and every frame of it has the pixels that were drawn, for its time", () => {
        for (const tile of info.tiles) {
          const cells = tile.animation ?? [{ index: tile.index, duration_ms: 1000 }];
          const { frames, animation_mode } = seenTile(tile);
          expect(frames.map(({ rgba }) => rgba)).toEqual(
            cells.map(({ index }) => base64(asset.frames[index]!.image.data)),
          );
          frames.forEach(({ seconds }, i) => {
            expect(seconds).toBeCloseTo(cells[i]!.duration_ms / 1000, 5);
          });
          // Tiles of one water move together.
          expect(animation_mode).toBe(0);
        }
      });

      test("every tile has its name, its probability, its polygons and every bit of its mask", () => {
        for (const tile of info.tiles) {
          const { alternatives } = seenTile(tile);
          const isAir = hasAir && tile.mask === 0;
          const joints = Object.entries(jointsOf(info.type, tile));
          const bits = Object.fromEntries(joints.map(([side, role]) => [side, terrainNumber[role!]]));
          const middle = { x: info.tile_size.width / 2, y: info.tile_size.height / 2 };
          for (const data of alternatives) {
            expect(data).toMatchObject({
              name: tile.name,
              terrain_set: isAir ? -1 : 0,
              bits: isAir ? {} : bits,
              polygons: polygons[tile.index]!.map((shape) =>
                shape.map(({ x, y }) => [x - middle.x, y - middle.y]),
              ),
            });
            expect(data.probability).toBeCloseTo(tile.probability, 6);
          }
        }
      });

      test("the map scene is a TileMapLayer with nearest filtering that shows the sample", () => {
        const known = new Set(info.tiles.map(({ index }) => index));
        const cells = sample.cells.flatMap((cell, i): SeenCell[] => {
          const x = i % sample.columns;
          const y = Math.floor(i / sample.columns);
          return known.has(cell) ? [[x, y, cell % info.columns, Math.floor(cell / info.columns)]] : [];
        });
        const seen = report.maps[pathOf(entry, "_map.tscn")]!;
        expect(seen).toMatchObject({
          name: asset.name,
          texture_filter: 1,
          script: false,
          children: 0,
          tile_set: pathOf(entry, ".tres"),
        });
        expect(new Set(seen.cells.map(String))).toEqual(new Set(cells.map(String)));
      });
    });
  }

  for (const { asset } of ASSETS.filter(({ place }) => place === "art/tiles")) {
    test(`Godot's terrain brush paints ${SHAPES} random shapes with ${asset.name} as our masks say, 0 wrong`, () => {
      const { info } = asset.tileset!;
      const isCorners = info.type !== "blob47" && info.type !== "edge16";
      const maskOf = new Map(info.tiles.map((tile) => [tile.index, tile.mask]));
      const wrong: string[] = [];
      let looked = 0;
      for (const [i, painting] of paintings.entries()) {
        if (!painting.title.startsWith(`${asset.name} `)) continue;
        const seen = new Map(
          report.paintings[i]!.map(([x, y, column, row]) => [`${x},${y}`, row * info.columns + column]),
        );
        for (const [x, y] of allCells) {
          const mask = expectedMask(painting, x, y);
          const isEmpty = hasNoLower(asset)
            ? mask === LOWER_ONLY || (isCorners && mask === 0)
            : !painting.painted.has(`${x},${y}`);
          const got = seen.get(`${x},${y}`);
          const gotMask = got === undefined ? null : maskOf.get(got);
          if (gotMask !== (isEmpty ? null : mask))
            wrong.push(`${painting.title} at ${x},${y}: ${gotMask}, not ${mask}`);
          looked++;
        }
      }
      expect(wrong).toEqual([]);
      expect(looked).toBe(SHAPES * WIDTH * HEIGHT);
    });
  }
});
