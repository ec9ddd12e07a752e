import { expect, test } from "vitest";
import {
  emptyTerrain,
  mapSize,
  maskAt,
  paintLine,
  paintTerrain,
  randomTerrain,
  solveMap,
  type TerrainGrid,
} from "../../plugins/studio/pure/terrain.ts";
import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";
import { TILESET_TYPES } from "../../shared/asset.ts";

/** A grid out of rows of "#" (upper) and "." (lower). */
function gridOf(...lines: string[]): TerrainGrid {
  const upper = Uint8Array.from(lines.join(""), (mark) => (mark === "#" ? 1 : 0));
  return { columns: lines[0]?.length ?? 0, rows: lines.length, upper };
}

const tileOf = (mask: number, name = `t${mask}`, probability = 1): TileInfo => ({
  index: 0,
  name,
  mask,
  corners: { NW: null, NE: null, SW: null, SE: null },
  edges: { N: null, E: null, S: null, W: null },
  bounding_box: { x: 0, y: 0, width: 16, height: 16 },
  probability,
  animation: null,
});

test("a corner tile counts its corners as NW*8 + NE*4 + SW*2 + SE", () => {
  for (let mask = 0; mask < 16; mask++) {
    const mark = (bit: number): string => ((mask & bit) === 0 ? "." : "#");
    const grid = gridOf(mark(8) + mark(4), mark(2) + mark(1));
    expect(maskAt("wang16", grid, { x: 0, y: 0 })).toBe(mask);
  }
});

test("an edge tile counts the neighbors along its edges, and lower ground is the pure lower tile", () => {
  const grid = gridOf("...", ".##", ".#.");
  expect(maskAt("edge16", grid, { x: 1, y: 1 })).toBe(4 + 2);
  expect(maskAt("edge16", grid, { x: 0, y: 0 })).toBe(-1);
});

test("a path that reaches the border of the map goes on beyond it", () => {
  expect(maskAt("edge16", gridOf("...", "###", "..."), { x: 0, y: 1 })).toBe(4 + 1);
});

test("a blob tile counts a corner only between two neighbors that are there", () => {
  expect(maskAt("blob47", gridOf("###", "###", "###"), { x: 1, y: 1 })).toBe(255);
  expect(maskAt("blob47", gridOf("#.#", ".#.", "#.#"), { x: 1, y: 1 })).toBe(0);
  expect(maskAt("blob47", gridOf(".##", ".##", "..."), { x: 1, y: 1 })).toBe(1 + 2 + 4);
  expect(maskAt("blob47", gridOf("###", "#.#", "###"), { x: 1, y: 1 })).toBe(-1);
});

test("all 256 neighborhoods of a cell come down to the 47 masks of a blob set", () => {
  const masks = new Set<number>();
  for (let code = 0; code < 256; code++) {
    const upper = Uint8Array.from({ length: 9 }, (_, i) => (i === 4 ? 1 : (code >> (i > 4 ? i - 1 : i)) & 1));
    masks.add(maskAt("blob47", { columns: 3, rows: 3, upper }, { x: 1, y: 1 }));
  }
  expect(masks.size).toBe(47);
});

test("painting sets the values around a place and leaves the grid that it was given as it is", () => {
  const grid = emptyTerrain("blob47", { columns: 4, rows: 3 });
  const painted = paintTerrain(grid, { x: 0, y: 0 }, { value: 1, radius: 1 });
  expect([...painted.upper]).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  expect(grid.upper.every((value) => value === 0)).toBe(true);
});

test("a stroke paints every place between its ends", () => {
  const grid = emptyTerrain("blob47", { columns: 5, rows: 3 });
  const ends = [
    { x: 0, y: 0 },
    { x: 4, y: 2 },
  ] as const;
  const { upper } = paintLine(grid, ends, { value: 1 });
  expect([...upper].join("").match(/.{5}/g)).toEqual(["10000", "01100", "00011"]);
});

test("a map of corner tiles has one more point than tiles each way", () => {
  const grid = emptyTerrain("wang16", { columns: 5, rows: 4 });
  expect([grid.columns, grid.rows]).toEqual([6, 5]);
  expect(mapSize("wang16", grid)).toEqual({ columns: 5, rows: 4 });
});

test.each(TILESET_TYPES)("a random terrain of %s is the same for its seed and shows both grounds", (type) => {
  const empty = emptyTerrain(type, { columns: 18, rows: 11 });
  const grid = randomTerrain(type, empty, 7);
  expect(randomTerrain(type, empty, 7)).toEqual(grid);
  expect(randomTerrain(type, empty, 8)).not.toEqual(grid);
  expect(new Set(grid.upper).size).toBe(2);
});

test("tiles are chosen by mask; a mask that the set lacks leaves its cell empty", () => {
  const tileset: Pick<TilesetInfo, "type" | "tiles"> = { type: "wang16", tiles: [tileOf(0), tileOf(15)] };
  expect(solveMap(tileset, gridOf("##.", "##.")).map((tile) => tile?.name)).toEqual(["t15", undefined]);
});

test("variants come by their probability, and painting elsewhere does not change them", () => {
  const tiles = [tileOf(0, "plain", 3), tileOf(0, "flower", 1), tileOf(15)];
  const grid = emptyTerrain("wang16", { columns: 40, rows: 40 });
  const names = solveMap({ type: "wang16", tiles }, grid).map((tile) => tile?.name);
  const flowers = names.filter((name) => name === "flower").length / names.length;
  expect(flowers).toBeGreaterThan(0.2);
  expect(flowers).toBeLessThan(0.3);
  const painted = paintTerrain(grid, { x: 40, y: 40 }, { value: 1 });
  const after = solveMap({ type: "wang16", tiles }, painted).map((tile) => tile?.name);
  expect(after.slice(0, 39 * 40)).toEqual(names.slice(0, 39 * 40));
});
