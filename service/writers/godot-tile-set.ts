import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";
import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { parseHex } from "../pixel/parse-hex.ts";
import { godotFloat, godotPath, godotString } from "./godot-text.ts";
import { sheetPng } from "./picture-files.ts";
import { cellPlace, tilesInOrder } from "./tileset-grid.ts";
import {
  isPureLower,
  isPureUpper,
  jointMode,
  NEIGHBORS,
  type Neighbor,
  paintedRoles,
  paintsLower,
  type TerrainRole,
  terrainOf,
  tileJoints,
} from "./tileset-joints.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes a TileSet resource: one atlas source, one terrain set with the peering bits that Godot's own terrain brush
 * uses, animations, collision polygons, and the custom data layer "name".
 *
 * The brush never changes the center terrain of a cell it does not paint, so the centers decide what can be
 * painted. Corner sets: a corner is upper if any of the four cells around it was painted upper. Painted cells
 * are the full tile; all others have the lower terrain (for air, nothing) at their center, including the full tile
 * again, for a hole: this second meaning is an alternative of the tile. In the other sets a tile is a cell.
 */
export const godotTileSet: AssetWriter = {
  id: "godot-tile-set",
  title: "Godot TileSet",
  engine: "godot",
  kinds: ["tileset"],
  write: (asset, { folder }) =>
    asset.tileset
      ? [
          {
            path: tileSetFile(asset),
            role: "godot_tile_set",
            mediaType: "text/plain; charset=utf-8",
            content: describeTileSet(asset, asset.tileset, folder),
          },
        ]
      : [],
};

/** Returns the file name of an asset's TileSet. */
export function tileSetFile(asset: Pick<AssetPackage, "name">): string {
  return `${asset.name}.tres`;
}

/** TileSet.TerrainMode */
const TERRAIN_MODES = { mixed: 0, corner: 1, edge: 2 } as const;

/** Godot's names for the peering bits, in the order in which it saves them. */
const PEERING_BITS: readonly [name: string, neighbor: Neighbor][] = [
  ["right_side", "E"],
  ["bottom_right_corner", "SE"],
  ["bottom_side", "S"],
  ["bottom_left_corner", "SW"],
  ["left_side", "W"],
  ["top_left_corner", "NW"],
  ["top_side", "N"],
  ["top_right_corner", "NE"],
];

/** Variant.Type.TYPE_STRING */
const STRING_TYPE = 4;

function describeTileSet(asset: AssetPackage, tileset: PackageTileset, folder: string): string {
  const { info } = tileset;
  const { width, height } = info.tile_size;
  const isSpaced = info.margin > 0 || info.spacing > 0;
  const spacing = `margins = Vector2i(${info.margin}, ${info.margin})
separation = Vector2i(${info.spacing}, ${info.spacing})
`;
  const tiles = tilesInOrder(info).flatMap((tile) => describeTile(tile, tileset));
  return `[gd_resource type="TileSet" format=3]

[ext_resource type="Texture2D" path=${godotPath(sheetPng(asset), folder)} id="sheet"]

[sub_resource type="TileSetAtlasSource" id="atlas"]
resource_name = ${godotString(asset.name)}
texture = ExtResource("sheet")
${isSpaced ? spacing : ""}texture_region_size = Vector2i(${width}, ${height})
${tiles.join("\n")}

[resource]
tile_size = Vector2i(${width}, ${height})
${tileset.collision ? "physics_layer_0/collision_layer = 1\n" : ""}terrain_set_0/mode = ${TERRAIN_MODES[jointMode(info)]}
${describeTerrains(info).join("\n")}
custom_data_layer_0/name = "name"
custom_data_layer_0/type = ${STRING_TYPE}
sources/0 = SubResource("atlas")
`;
}

function describeTerrains(info: TilesetInfo): string[] {
  return paintedRoles(info).flatMap((role, i) => {
    const terrain = terrainOf(info, role);
    const color = parseHex(terrain.color);
    const channels = [color >> 16, (color >> 8) & 255, color & 255].map((value) => godotFloat(value / 255));
    return [
      `terrain_set_0/terrain_${i}/name = ${godotString(terrain.name)}`,
      `terrain_set_0/terrain_${i}/color = Color(${channels.join(", ")}, 1)`,
    ];
  });
}

/** Lists the center terrains under which a tile can be painted: the first is the tile's, a second one an alternative's. */
function centersOf(info: TilesetInfo, tile: TileInfo): TerrainRole[] {
  const isLower = isPureLower(info, tile);
  if (jointMode(info) !== "corner") return [isLower ? "lower" : "upper"];
  // To the brush, air is simply the empty cell.
  if (isLower && !paintsLower(info)) return [];
  return isPureUpper(info, tile) ? ["upper", "lower"] : ["lower"];
}

function describeTile(tile: TileInfo, tileset: PackageTileset): string[] {
  const { info } = tileset;
  const { column, row } = cellPlace(info, tile.index);
  const at = `${column}:${row}`;
  const centers = centersOf(info, tile);
  const shared = describeLooks(tile, tileset);
  const first = [
    `${at}/0 = 0`,
    ...prefix(`${at}/0/`, [...describeTerrain(info, tile, centers[0]), ...shared]),
  ];
  const others = centers
    .slice(1)
    .flatMap((center, i) => [
      `${at}/${i + 1} = ${i + 1}`,
      ...prefix(`${at}/${i + 1}/`, [...describeTerrain(info, tile, center), ...shared]),
    ]);
  return [...prefix(`${at}/`, describeAnimation(tile)), ...first, ...others];
}

function prefix(start: string, lines: string[]): string[] {
  return lines.map((line) => `${start}${line}`);
}

/** Godot plays the cells to the right of a tile, each for its own number of seconds at speed 1. */
function describeAnimation({ animation }: TileInfo): string[] {
  if (!animation) return [];
  return [
    `animation_columns = ${animation.length}`,
    ...animation.map(
      ({ duration_ms }, i) => `animation_frame_${i}/duration = ${godotFloat(duration_ms / 1000)}`,
    ),
  ];
}

/** The order matters: Godot rejects the bits of a tile without a terrain set. Absent terrains mean "nothing". */
function describeTerrain(info: TilesetInfo, tile: TileInfo, center: TerrainRole | undefined): string[] {
  if (center === undefined) return [];
  const roles = paintedRoles(info);
  const joints = tileJoints(info, tile);
  const bits = PEERING_BITS.flatMap(([name, neighbor]) => {
    const joint = joints[NEIGHBORS.indexOf(neighbor)];
    const terrain = joint ? roles.indexOf(joint) : -1;
    return terrain < 0 ? [] : [`terrains_peering_bit/${name} = ${terrain}`];
  });
  const own = roles.indexOf(center);
  return ["terrain_set = 0", ...(own < 0 ? [] : [`terrain = ${own}`]), ...bits];
}

/** What a tile and its alternatives share. Godot measures polygons from the center of the tile. */
function describeLooks(tile: TileInfo, { info, polygons, collision }: PackageTileset): string[] {
  const middle = { x: info.tile_size.width / 2, y: info.tile_size.height / 2 };
  const shapes = collision ? (polygons[tile.index] ?? []) : [];
  return [
    ...shapes.map((shape, i) => {
      const points = shape.flatMap(({ x, y }) => [x - middle.x, y - middle.y]);
      return `physics_layer_0/polygon_${i}/points = PackedVector2Array(${points.join(", ")})`;
    }),
    ...(tile.probability === 1 ? [] : [`probability = ${godotFloat(tile.probability)}`]),
    `custom_data_0 = ${godotString(tile.name)}`,
  ];
}
