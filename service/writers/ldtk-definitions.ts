import type { TilesetInfo } from "../../shared/asset.ts";
import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { intGridValues, type LdtkRule } from "./ldtk-rules.ts";
import { LDTK_UIDS } from "./ldtk-uids.ts";
import { sheetPng } from "./picture-files.ts";
import { tilesInOrder } from "./tileset-grid.ts";
import { jointMode, paintedRoles, terrainOf } from "./tileset-joints.ts";

/** Describes the layers, rules and tileset of a project. `outside` is the value that rules assume beyond the level. */
export function describeLdtkDefinitions(
  asset: AssetPackage,
  tileset: PackageTileset,
  { rules, outside }: { rules: readonly LdtkRule[]; outside: number | null },
) {
  const { info } = tileset;
  const size = info.tile_size.width;
  const { tiles, auto, terrain } = LDTK_UIDS;
  const shift = ldtkShift(info);
  const group = describeRuleGroup(asset.name, rules, outside);
  return {
    layers: [
      describeLayer(size, { type: "Tiles", name: "Tiles", uid: tiles, shift }),
      {
        ...describeLayer(size, { type: "AutoLayer", name: "Auto", uid: auto, shift }),
        autoSourceLayerDefUid: terrain,
        autoRuleGroups: [group],
      },
      {
        ...describeLayer(size, { type: "IntGrid", name: "Terrain", uid: terrain, shift: 0 }),
        intGridValues: describeIntGridValues(info),
      },
    ],
    entities: [],
    tilesets: [describeTilesetDefinition(asset, tileset)],
    enums: [],
    externalEnums: [],
    levelFields: [],
  };
}

/** The tiles of a corner set lie between the painted cells; LDtk places layers on whole pixels. */
export function ldtkShift(info: Pick<TilesetInfo, "type" | "tile_size">): number {
  return jointMode(info) === "corner" ? -Math.floor(info.tile_size.width / 2) : 0;
}

function describeIntGridValues(info: TilesetInfo) {
  const values = intGridValues(info);
  return paintedRoles(info).map((role) => {
    const { name, color } = terrainOf(info, role);
    const identifier = name.replace(/[^a-z0-9]+/gi, "_");
    return { value: values[role], identifier, color, tile: null, groupUid: 0 };
  });
}

function describeRuleGroup(name: string, rules: readonly LdtkRule[], outside: number | null) {
  return {
    uid: LDTK_UIDS.group,
    name,
    color: null,
    icon: null,
    active: true,
    isOptional: false,
    rules: rules.map((rule, i) => describeRule(rule, LDTK_UIDS.rule + i, outside)),
    usesWizard: false,
    requiredBiomeValues: [],
    biomeRequirementMode: 0,
  };
}

function describeTilesetDefinition(asset: AssetPackage, { info }: PackageTileset) {
  return {
    __cWid: info.columns,
    __cHei: info.rows,
    // An identifier starts with a capital letter or a digit and contains no dash.
    identifier: `${asset.name.charAt(0).toUpperCase()}${asset.name.slice(1).replaceAll("-", "_")}`,
    uid: LDTK_UIDS.tileset,
    relPath: sheetPng(asset),
    embedAtlas: null,
    pxWid: asset.sheet.image.width,
    pxHei: asset.sheet.image.height,
    tileGridSize: info.tile_size.width,
    spacing: info.spacing,
    padding: info.margin,
    tags: [],
    tagsSourceEnumUid: null,
    enumTags: [],
    customData: tilesInOrder(info).map(({ index, name, animation }) => ({
      tileId: index,
      data: JSON.stringify(animation ? { name, animation } : { name }),
    })),
    savedSelections: [],
    cachedPixelData: null,
  };
}

function describeLayer(
  size: number,
  { type, name, uid, shift }: { type: string; name: string; uid: number; shift: number },
) {
  return {
    __type: type,
    identifier: name,
    type,
    uid,
    doc: null,
    uiColor: null,
    gridSize: size,
    guideGridWid: 0,
    guideGridHei: 0,
    displayOpacity: 1,
    inactiveOpacity: 1,
    hideInList: false,
    hideFieldsWhenInactive: true,
    canSelectWhenInactive: true,
    renderInWorldView: true,
    pxOffsetX: shift,
    pxOffsetY: shift,
    parallaxFactorX: 0,
    parallaxFactorY: 0,
    parallaxScaling: true,
    requiredTags: [],
    excludedTags: [],
    autoTilesKilledByOtherLayerUid: null,
    uiFilterTags: [],
    useAsyncRender: false,
    intGridValues: [],
    intGridValuesGroups: [],
    autoRuleGroups: [],
    autoSourceLayerDefUid: null,
    tilesetDefUid: type === "IntGrid" ? null : LDTK_UIDS.tileset,
    tilePivotX: 0,
    tilePivotY: 0,
    biomeFieldUid: null,
  };
}

function describeRule({ tile, pattern, chance }: LdtkRule, uid: number, outOfBoundsValue: number | null) {
  return {
    uid,
    active: true,
    size: 3,
    tileRectsIds: [[tile.index]],
    alpha: 1,
    chance,
    breakOnMatch: true,
    pattern,
    flipX: false,
    flipY: false,
    xModulo: 1,
    yModulo: 1,
    xOffset: 0,
    yOffset: 0,
    tileXOffset: 0,
    tileYOffset: 0,
    tileRandomXMin: 0,
    tileRandomXMax: 0,
    tileRandomYMin: 0,
    tileRandomYMax: 0,
    checker: "None",
    tileMode: "Single",
    pivotX: 0,
    pivotY: 0,
    outOfBoundsValue,
    invalidated: false,
    perlinActive: false,
    perlinSeed: uid,
    perlinScale: 0.2,
    perlinOctaves: 2,
  };
}
