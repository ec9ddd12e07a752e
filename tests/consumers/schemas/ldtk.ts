// What LDtk 1.5.3 says of its project files, restated for the parts that a tileset project has: names, types, which
// fields must be there, and that there are no others. The source is the JSON schema that LDtk publishes
// (https://ldtk.io/files/JSON_SCHEMA.json; LDtk is MIT, Copyright (c) Sébastien Bénard). Parts that a tileset project
// leaves empty (entities, enums, fields, worlds, table of contents) are held to be empty.

type Schema = Record<string, unknown>;

/** Field names by the type that they have; "?" = or null. Fields that end with "~" may be left out. */
type Fields = Partial<Record<`${"integer" | "number" | "string" | "boolean"}${"" | "?"}`, string>>;

function object(fields: Fields, others: Record<string, Schema> = {}, isOpen = false): Schema {
  const simple = Object.entries(fields).flatMap(([type, names]) =>
    names.split(" ").map((name) => ({ name, schema: typeSchema(type) })),
  );
  const all = [...simple, ...Object.entries(others).map(([name, schema]) => ({ name, schema }))];
  const plain = (name: string) => name.replace("~", "");
  return {
    type: "object",
    additionalProperties: isOpen,
    required: all.map(({ name }) => name).filter((name) => !name.endsWith("~")),
    properties: Object.fromEntries(all.map(({ name, schema }) => [plain(name), schema])),
  };
}

function typeSchema(type: string): Schema {
  return type.endsWith("?") ? { type: [type.slice(0, -1), "null"] } : { type };
}

const list = (items: Schema): Schema => ({ type: "array", items });
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const oneOf = (...values: (string | null)[]): Schema => ({ enum: values });
const orNull = (schema: Schema): Schema => ({ oneOf: [{ type: "null" }, schema] });
const integers = list({ type: "integer" });
const strings = list({ type: "string" });
const empty: Schema = { type: "array", maxItems: 0 };

const LAYOUTS = ["Free", "GridVania", "LinearHorizontal", "LinearVertical", null];

const definitions: Record<string, Schema> = {
  TilesetRect: object({ integer: "h tilesetUid w x y" }),
  Definitions: object(
    {},
    {
      entities: empty,
      enums: empty,
      externalEnums: empty,
      layers: list(ref("LayerDef")),
      levelFields: empty,
      tilesets: list(ref("TilesetDef")),
    },
  ),
  TilesetDef: object(
    {
      integer: "__cHei __cWid padding pxHei pxWid spacing tileGridSize uid",
      "integer?": "tagsSourceEnumUid~",
      string: "identifier",
      "string?": "relPath~",
    },
    {
      "cachedPixelData~": { type: ["object", "null"] },
      customData: list(ref("TileCustomMetadata")),
      enumTags: empty,
      savedSelections: list({ type: "object" }),
      tags: strings,
      "embedAtlas~": oneOf("LdtkIcons", null),
    },
  ),
  TileCustomMetadata: object({ integer: "tileId", string: "data" }),
  LayerDef: object(
    {
      string: "__type identifier",
      "string?": "uiColor~ doc~",
      integer: "gridSize pxOffsetX pxOffsetY uid guideGridHei guideGridWid",
      "integer?": "tilesetDefUid~ autoSourceLayerDefUid~ biomeFieldUid~ autoTilesKilledByOtherLayerUid~",
      number: "displayOpacity parallaxFactorX parallaxFactorY inactiveOpacity tilePivotX tilePivotY",
      boolean:
        "parallaxScaling canSelectWhenInactive hideFieldsWhenInactive hideInList renderInWorldView useAsyncRender",
    },
    {
      intGridValues: list(ref("IntGridValueDef")),
      intGridValuesGroups: empty,
      autoRuleGroups: list(ref("AutoLayerRuleGroup")),
      excludedTags: strings,
      requiredTags: strings,
      uiFilterTags: strings,
      type: oneOf("IntGrid", "Entities", "Tiles", "AutoLayer"),
    },
  ),
  IntGridValueDef: object(
    { string: "color", "string?": "identifier~", integer: "groupUid value" },
    { "tile~": orNull(ref("TilesetRect")) },
  ),
  AutoLayerRuleGroup: object(
    {
      boolean: "active isOptional usesWizard",
      integer: "biomeRequirementMode uid",
      string: "name",
      "string?": "color~",
    },
    { "icon~": orNull(ref("TilesetRect")), requiredBiomeValues: strings, rules: list(ref("AutoRuleDef")) },
  ),
  AutoRuleDef: object(
    {
      boolean: "active breakOnMatch flipX flipY invalidated perlinActive",
      number: "alpha chance perlinOctaves perlinScale perlinSeed pivotX pivotY",
      integer:
        "size tileRandomXMax tileRandomXMin tileRandomYMax tileRandomYMin tileXOffset tileYOffset uid xModulo xOffset yModulo yOffset",
      "integer?": "outOfBoundsValue~",
    },
    {
      checker: oneOf("None", "Horizontal", "Vertical"),
      tileMode: oneOf("Single", "Stamp"),
      pattern: integers,
      tileRectsIds: list(integers),
    },
  ),
  Level: object(
    {
      string: "__bgColor identifier iid __smartColor",
      "string?": "externalRelPath~ bgColor~ bgRelPath~",
      integer: "pxHei pxWid uid worldDepth worldX worldY",
      number: "bgPivotX bgPivotY",
      boolean: "useAutoIdentifier",
    },
    {
      __neighbours: empty,
      fieldInstances: empty,
      "__bgPos~": { type: "null" },
      "bgPos~": oneOf("Unscaled", "Contain", "Cover", "CoverDirty", "Repeat", null),
      "layerInstances~": list(ref("LayerInstance")),
    },
  ),
  LayerInstance: object(
    {
      integer:
        "__cHei __cWid __gridSize __pxTotalOffsetX __pxTotalOffsetY layerDefUid levelId pxOffsetX pxOffsetY seed",
      "integer?": "__tilesetDefUid~ overrideTilesetUid~",
      number: "__opacity",
      string: "__identifier __type iid",
      "string?": "__tilesetRelPath~",
      boolean: "visible",
    },
    {
      autoLayerTiles: list(ref("Tile")),
      entityInstances: empty,
      gridTiles: list(ref("Tile")),
      intGridCsv: integers,
      optionalRules: integers,
    },
  ),
  Tile: object({ number: "a", integer: "f t" }, { px: integers, src: integers, d: integers }),
};

/** The project file itself, for ajv; it may hold further fields, such as `__header__`. */
export const LDTK_SCHEMA: Schema = {
  ...object(
    {
      string: "bgColor iid jsonVersion defaultLevelBgColor dummyWorldIid levelNamePattern",
      "string?": "pngFilePattern~ tutorialDesc~ backupRelPath~",
      boolean: "externalLevels backupOnSave exportLevelBg exportTiled minifyJson simplifiedExport",
      integer: "backupLimit defaultEntityHeight defaultEntityWidth defaultGridSize nextUid",
      "integer?": "worldGridWidth~ worldGridHeight~ defaultLevelWidth~ defaultLevelHeight~",
      number: "appBuildId defaultPivotX defaultPivotY",
    },
    {
      defs: ref("Definitions"),
      levels: list(ref("Level")),
      toc: empty,
      worlds: empty,
      customCommands: empty,
      flags: strings,
      identifierStyle: oneOf("Capitalize", "Uppercase", "Lowercase", "Free"),
      imageExportMode: oneOf("None", "OneImagePerLayer", "OneImagePerLevel", "LayersAndLevels"),
      "worldLayout~": oneOf(...LAYOUTS),
    },
    true,
  ),
  definitions,
};
