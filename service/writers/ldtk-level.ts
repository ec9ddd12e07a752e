import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { ldtkShift } from "./ldtk-definitions.ts";
import type { LdtkRule } from "./ldtk-rules.ts";
import type { SampleTerrain } from "./ldtk-sample.ts";
import { LDTK_BACKGROUND, LDTK_UIDS, ldtkIid } from "./ldtk-uids.ts";
import { sheetPng } from "./picture-files.ts";
import { cellPlace, sampleTiles } from "./tileset-grid.ts";
import { jointMode } from "./tileset-joints.ts";

/** Describes the sample as painted terrain with its tiles, or, if no painting gives it, as manually placed tiles. */
export function describeLdtkLevel(
  asset: AssetPackage,
  tileset: PackageTileset,
  { rules, terrain }: { rules: readonly LdtkRule[]; terrain: SampleTerrain | null },
) {
  const { info, sample } = tileset;
  const size = info.tile_size.width;
  const start = firstCell(info);
  const layer = { size, columns: sample.columns + start, rows: sample.rows + start };
  const placed = placeTiles(tileset, terrain ? rules : null);
  const tilesOf = { relPath: sheetPng(asset), shift: ldtkShift(info) };
  const { tiles, auto, terrain: grid } = LDTK_UIDS;
  return {
    identifier: "Sample",
    iid: ldtkIid(2),
    uid: LDTK_UIDS.level,
    worldX: 0,
    worldY: 0,
    worldDepth: 0,
    pxWid: layer.columns * size,
    pxHei: layer.rows * size,
    __bgColor: LDTK_BACKGROUND,
    bgColor: null,
    useAutoIdentifier: false,
    bgRelPath: null,
    bgPos: null,
    bgPivotX: 0.5,
    bgPivotY: 0.5,
    __smartColor: "#adadb5",
    __bgPos: null,
    externalRelPath: null,
    fieldInstances: [],
    layerInstances: [
      {
        ...describeLayerInstance(layer, { type: "Tiles", name: "Tiles", uid: tiles, tilesOf }),
        gridTiles: terrain ? [] : placed,
      },
      {
        ...describeLayerInstance(layer, { type: "AutoLayer", name: "Auto", uid: auto, tilesOf }),
        autoLayerTiles: terrain ? placed : [],
      },
      {
        ...describeLayerInstance(layer, { type: "IntGrid", name: "Terrain", uid: grid, tilesOf: null }),
        intGridCsv: terrain?.values ?? new Array<number>(layer.columns * layer.rows).fill(0),
      },
    ],
    __neighbours: [],
  };
}

/** The tiles of a corner set start between the first two corners: one cell to the right and down. */
function firstCell(info: PackageTileset["info"]): number {
  return jointMode(info) === "corner" ? 1 : 0;
}

/** Places the tiles of the sample; with rules, as the result of the rules: each tile names its rule. */
function placeTiles(tileset: PackageTileset, rules: readonly LdtkRule[] | null) {
  const { info, sample } = tileset;
  const size = info.tile_size.width;
  const start = firstCell(info);
  const ruleOf = new Map(rules?.map(({ tile }, i) => [tile, LDTK_UIDS.rule + i]));
  return sampleTiles(tileset).flatMap((tile, i) => {
    if (!tile) return [];
    const x = (i % sample.columns) + start;
    const y = Math.floor(i / sample.columns) + start;
    const { x: left, y: top } = cellPlace(info, tile.index);
    const cell = y * (sample.columns + start) + x;
    const rule = ruleOf.get(tile);
    const data = rule === undefined ? [cell] : [rule, cell];
    return [{ px: [x * size, y * size], src: [left, top], f: 0, t: tile.index, d: data, a: 1 }];
  });
}

function describeLayerInstance(
  { size, columns, rows }: { size: number; columns: number; rows: number },
  {
    type,
    name,
    uid,
    tilesOf,
  }: { type: string; name: string; uid: number; tilesOf: { relPath: string; shift: number } | null },
) {
  return {
    __identifier: name,
    __type: type,
    __cWid: columns,
    __cHei: rows,
    __gridSize: size,
    __opacity: 1,
    __pxTotalOffsetX: tilesOf?.shift ?? 0,
    __pxTotalOffsetY: tilesOf?.shift ?? 0,
    __tilesetDefUid: tilesOf ? LDTK_UIDS.tileset : null,
    __tilesetRelPath: tilesOf?.relPath ?? null,
    iid: ldtkIid(10 + uid),
    levelId: LDTK_UIDS.level,
    layerDefUid: uid,
    pxOffsetX: 0,
    pxOffsetY: 0,
    visible: true,
    optionalRules: [],
    intGridCsv: [],
    autoLayerTiles: [],
    seed: 1,
    overrideTilesetUid: null,
    gridTiles: [],
    entityInstances: [],
  };
}
