import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { jsonText } from "./json-text.ts";
import { describeLdtkDefinitions } from "./ldtk-definitions.ts";
import { describeLdtkLevel } from "./ldtk-level.ts";
import { intGridValues, ldtkRules } from "./ldtk-rules.ts";
import { sampleTerrain } from "./ldtk-sample.ts";
import { LDTK_BACKGROUND, LDTK_UIDS, ldtkIid } from "./ldtk-uids.ts";
import { jointMode } from "./tileset-joints.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes an LDtk project: the tileset, an IntGrid layer to paint terrain on, an auto-layer with a rule for every
 * tile, a layer for manually placed tiles, and the sample as a level. Tiles in LDtk are square, so a set with other
 * tiles gets no project. LDtk has no animated tiles: frames are listed in the custom data of the tiles.
 * https://ldtk.io/json
 */
export const ldtkProject: AssetWriter = {
  id: "ldtk-project",
  title: "LDtk project",
  engine: "ldtk",
  kinds: ["tileset"],
  write: (asset) =>
    asset.tileset && asset.tileset.info.tile_size.width === asset.tileset.info.tile_size.height
      ? [
          {
            path: `${asset.name}.ldtk`,
            role: "ldtk_project",
            mediaType: "application/json",
            content: jsonText(describeProject(asset, asset.tileset)),
          },
        ]
      : [],
};

/** The version whose format is written, and its build: LDtk converts files from older ones. */
const VERSION = "1.5.3";
const BUILD = 473703;

/** What every LDtk file starts with. */
const HEADER = {
  fileType: "LDtk Project JSON",
  app: "LDtk",
  doc: "https://ldtk.io/json",
  schema: "https://ldtk.io/files/JSON_SCHEMA.json",
  appAuthor: "Sebastien 'deepnight' Benard",
  appVersion: VERSION,
  url: "https://ldtk.io",
} as const;

function describeProject(asset: AssetPackage, tileset: PackageTileset) {
  const size = tileset.info.tile_size.width;
  const rules = ldtkRules(tileset.info);
  const terrain = sampleTerrain(tileset);
  const level = describeLdtkLevel(asset, tileset, { rules, terrain });
  const isDual = jointMode(tileset.info) === "corner";
  const outside = terrain?.outside ?? (isDual ? null : intGridValues(tileset.info).lower);
  return {
    __header__: HEADER,
    iid: ldtkIid(0),
    jsonVersion: VERSION,
    appBuildId: BUILD,
    nextUid: LDTK_UIDS.rule + rules.length,
    identifierStyle: "Capitalize",
    toc: [],
    worldLayout: "Free",
    worldGridWidth: level.pxWid,
    worldGridHeight: level.pxHei,
    defaultLevelWidth: level.pxWid,
    defaultLevelHeight: level.pxHei,
    defaultPivotX: 0,
    defaultPivotY: 0,
    defaultGridSize: size,
    defaultEntityWidth: size,
    defaultEntityHeight: size,
    bgColor: LDTK_BACKGROUND,
    defaultLevelBgColor: LDTK_BACKGROUND,
    minifyJson: false,
    externalLevels: false,
    exportTiled: false,
    simplifiedExport: false,
    imageExportMode: "None",
    exportLevelBg: true,
    pngFilePattern: null,
    backupOnSave: false,
    backupLimit: 10,
    backupRelPath: null,
    levelNamePattern: "Level_%idx",
    tutorialDesc: null,
    customCommands: [],
    flags: [],
    defs: describeLdtkDefinitions(asset, tileset, { rules, outside }),
    levels: [level],
    worlds: [],
    dummyWorldIid: ldtkIid(1),
  };
}
