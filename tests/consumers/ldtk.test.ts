import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { ldtkProject } from "../../service/writers/ldtk-project.ts";
import { DRAWN_TILESETS } from "../asset/drawn-tileset.ts";
import { LOWER_ONLY, maskAt, SAMPLE_TILESETS, sampleTileset } from "../asset/sample-tilesets.ts";
import { LDTK_SCHEMA } from "./schemas/ldtk.ts";

interface Rule {
  uid: number;
  pattern: number[];
  chance: number;
  breakOnMatch: boolean;
  tileRectsIds: number[][];
  outOfBoundsValue: number | null;
}

interface Tile {
  px: [number, number];
  src: [number, number];
  t: number;
  d: number[];
}

interface Layer {
  __identifier: string;
  __cWid: number;
  __cHei: number;
  __pxTotalOffsetX: number;
  intGridCsv: number[];
  autoLayerTiles: Tile[];
  gridTiles: Tile[];
}

/** As far as these tests look. */
interface Project {
  defs: {
    layers: {
      identifier: string;
      uid: number;
      autoRuleGroups: { rules: Rule[] }[];
      intGridValues: { value: number }[];
    }[];
    tilesets: {
      __cWid: number;
      __cHei: number;
      padding: number;
      spacing: number;
      pxWid: number;
      pxHei: number;
    }[];
  };
  levels: { pxWid: number; pxHei: number; layerInstances: Layer[] }[];
}

const projectOf = (asset: AssetPackage): Project =>
  JSON.parse(ldtkProject.write(asset, { folder: "" })[0]!.content as string);
const layerOf = (project: Project, name: string) =>
  project.levels[0]!.layerInstances.find((layer) => layer.__identifier === name)!;
const rulesOf = (project: Project) =>
  project.defs.layers.find(({ identifier }) => identifier === "Auto")!.autoRuleGroups[0]!.rules;

/** LDtk's own way with rules, from its manual: the first that matches and breaks wins. `chances` decides each chance. */
function solve(
  rules: readonly Rule[],
  grid: { columns: number; rows: number; values: readonly number[] },
  chances: () => number,
): (number | null)[] {
  const valueAt = (x: number, y: number, outside: number | null) => {
    const isInside = x >= 0 && y >= 0 && x < grid.columns && y < grid.rows;
    return isInside ? grid.values[y * grid.columns + x]! : outside;
  };
  return grid.values.map((_, cell) => {
    const x = cell % grid.columns;
    const y = Math.floor(cell / grid.columns);
    const rule = rules.find(({ pattern, chance, outOfBoundsValue }) => {
      const matches = pattern.every((wanted, i) => {
        if (wanted === 0) return true;
        const value = valueAt(x + (i % 3) - 1, y + Math.floor(i / 3) - 1, outOfBoundsValue);
        if (value === null) return false;
        return wanted > 0 ? value === wanted : value !== -wanted;
      });
      return matches && (chance === 1 || chances() < chance);
    });
    return rule ? rule.tileRectsIds[0]![0]! : null;
  });
}

const SQUARE = Object.entries({ ...SAMPLE_TILESETS, ...DRAWN_TILESETS }).filter(
  ([title]) => !title.includes("not square"),
);

describe("LDtk projects", () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(LDTK_SCHEMA);

  for (const [title, make] of SQUARE) {
    test(`the project of ${title} is valid by LDtk's schema`, () => {
      validate(projectOf(make()));
      expect(validate.errors ?? []).toEqual([]);
    });

    test(`the project of ${title} has numbers of its own for everything, and refers to what is there`, () => {
      const asset = make();
      const project = projectOf(asset);
      const uids = [
        ...project.defs.layers.map(({ uid }) => uid),
        ...rulesOf(project).map(({ uid }) => uid),
        ...project.defs.layers.flatMap(({ autoRuleGroups }) =>
          autoRuleGroups.map((group) => (group as unknown as { uid: number }).uid),
        ),
      ];
      expect(new Set(uids).size).toBe(uids.length);
      const { nextUid } = project as unknown as { nextUid: number };
      expect(Math.max(...uids)).toBeLessThan(nextUid);
      const [set] = project.defs.tilesets;
      const { info } = asset.tileset!;
      const { image } = asset.sheet;
      expect(set).toMatchObject({
        __cWid: info.columns,
        __cHei: info.rows,
        padding: info.margin,
        spacing: info.spacing,
      });
      expect([set!.pxWid, set!.pxHei]).toEqual([image.width, image.height]);
    });

    test(`the rules of ${title} give our masks for random terrain, 0 wrong`, () => {
      const asset = make();
      const { info } = asset.tileset!;
      const random = seededRandom(99);
      const maskOf = new Map(info.tiles.map((tile) => [tile.index, tile.mask]));
      const rules = rulesOf(projectOf(asset));
      const isCorner = info.type !== "edge16" && info.type !== "blob47";
      const values = projectOf(asset).defs.layers.find(
        ({ identifier }) => identifier === "Terrain",
      )!.intGridValues;
      const upper = Math.max(...values.map(({ value }) => value));
      const lower = upper - 1;
      const columns = 30;
      const rows = 30;
      const isUpper = Array.from({ length: columns * rows }, () => random() < 0.55);
      const grid = { columns, rows, values: isUpper.map((is) => (is ? upper : lower)) };
      const seen = solve(rules, grid, random);
      let looked = 0;
      for (let y = 1; y < rows - 1; y++) {
        for (let x = 1; x < columns - 1; x++) {
          const at = isCorner ? { x: x - 1, y: y - 1 } : { x, y };
          const mask = maskAt(info.type, at, (cx, cy) => isUpper[cy * columns + cx] === true);
          const got = seen[y * columns + x]!;
          expect(got === null ? LOWER_ONLY : maskOf.get(got)).toBe(mask);
          looked++;
        }
      }
      expect(looked).toBe(28 * 28);
    });

    test(`the level of ${title} is the sample, painted as terrain from which the rules give the same masks`, () => {
      const asset = make();
      const { info, sample } = asset.tileset!;
      const project = projectOf(asset);
      const size = info.tile_size.width;
      const [terrain, auto] = [layerOf(project, "Terrain"), layerOf(project, "Auto")];
      const start = terrain.__cWid - sample.columns;
      const known = new Set(info.tiles.map(({ index }) => index));
      const expected = sample.cells.flatMap((cell, i) =>
        known.has(cell)
          ? [{ t: cell, x: (i % sample.columns) + start, y: Math.floor(i / sample.columns) + start }]
          : [],
      );
      expect(auto.autoLayerTiles.map(({ t, px }) => ({ t, x: px[0] / size, y: px[1] / size }))).toEqual(
        expected,
      );
      for (const { t, src } of auto.autoLayerTiles) {
        const { x, y } = info.tiles.find(({ index }) => index === t)!.bounding_box;
        expect(src).toEqual([x, y]);
      }
      expect(auto.__pxTotalOffsetX).toBe(start === 1 ? -size / 2 : 0);
      const maskOf = new Map(info.tiles.map((tile) => [tile.index, tile.mask]));
      const grid = { columns: terrain.__cWid, rows: terrain.__cHei, values: terrain.intGridCsv };
      const solved = solve(rulesOf(project), grid, () => 0);
      const inside = solved.filter(
        (_, i) => i % grid.columns >= start && Math.floor(i / grid.columns) >= start,
      );
      expect(inside.map((tile) => (tile === null ? null : maskOf.get(tile)))).toEqual(
        sample.cells.map((cell) => maskOf.get(cell) ?? null),
      );
    });
  }

  test("variants come as often as their probability says", () => {
    const asset = sampleTileset("wang16", { variants: 2 });
    const names = new Map(asset.tileset!.info.tiles.map(({ index, name }) => [index, name]));
    const random = seededRandom(3);
    const values = new Array<number>(200 * 200).fill(2);
    const seen = solve(rulesOf(projectOf(asset)), { columns: 200, rows: 200, values }, random);
    const counts = new Map<string, number>();
    for (const tile of seen)
      if (tile !== null) counts.set(names.get(tile)!, (counts.get(names.get(tile)!) ?? 0) + 1);
    // Weights 1, 0.25 and 0.25.
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(counts.get("wang_15")! / all).toBeCloseTo(2 / 3, 1);
    expect(counts.get("wang_15_v1")! / all).toBeCloseTo(1 / 6, 1);
    expect(counts.get("wang_15_v2")! / all).toBeCloseTo(1 / 6, 1);
  });

  test("a map that no painting gives lies in the layer of tiles placed by hand", () => {
    const asset = sampleTileset("wang16");
    const { info, sample } = asset.tileset!;
    const [full, empty] = [15, 0].map((mask) => info.tiles.find((tile) => tile.mask === mask)!.index);
    const cells = sample.cells.map((_, i) => (i % 2 === 0 ? full! : empty!));
    const project = projectOf({ ...asset, tileset: { ...asset.tileset!, sample: { ...sample, cells } } });
    expect(layerOf(project, "Auto").autoLayerTiles).toEqual([]);
    expect(layerOf(project, "Tiles").gridTiles.map(({ t }) => t)).toEqual(cells);
    validate(project);
    expect(validate.errors ?? []).toEqual([]);
  });

  test("LDtk has square tiles only: a set of others has no project", () => {
    expect(
      ldtkProject.write(sampleTileset("wang16", { size: { width: 16, height: 24 } }), { folder: "" }),
    ).toEqual([]);
  });

  test("the schema refuses a project with a field too few, too many or of another type", () => {
    const project = projectOf(sampleTileset("wang16")) as unknown as Record<string, unknown>;
    const { iid: _iid, ...without } = project;
    expect(validate(without)).toBe(false);
    expect(validate({ ...project, nextUid: "7" })).toBe(false);
    expect(validate({ ...project, defs: { ...(project.defs as object), more: 1 } })).toBe(false);
  });
});
