import type { TileInfo, TilesetInfo } from "../../shared/asset.ts";
import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { jsonText } from "./json-text.ts";
import { sheetPng } from "./picture-files.ts";
import { tilesInOrder } from "./tileset-grid.ts";
import { jointMode, paintedRoles, type TerrainRole, terrainOf, tileJoints } from "./tileset-joints.ts";
import type { AssetWriter } from "./writer.ts";

/** The version of Tiled's JSON format that is written: https://doc.mapeditor.org/en/stable/reference/json-map-format/ */
export const TILED_VERSION = "1.10";

/**
 * Writes a Tiled tileset with a terrain set (a "wangset"), probabilities, animations and collision shapes. If the
 * lower terrain cannot be painted (air, or a set without a tile for it), its places stay unset, which is how Tiled says
 * that nothing is there.
 */
export const tiledTileset: AssetWriter = {
  id: "tiled-tileset",
  title: "Tiled tileset",
  engine: "tiled",
  kinds: ["tileset"],
  write: (asset) =>
    asset.tileset
      ? [
          {
            path: tiledTilesetFile(asset),
            role: "tiled_tileset",
            mediaType: "application/json",
            content: jsonText({
              type: "tileset",
              version: TILED_VERSION,
              ...describeTiledTileset(asset, asset.tileset),
            }),
          },
        ]
      : [],
};

/** Returns the file name of an asset's Tiled tileset. */
export function tiledTilesetFile(asset: Pick<AssetPackage, "name">): string {
  return `${asset.name}.tsj`;
}

/** Describes a set as Tiled does inside a map; a separate file also needs "type" and "version". */
export function describeTiledTileset(asset: AssetPackage, tileset: PackageTileset) {
  const { info } = tileset;
  return {
    name: asset.name,
    image: sheetPng(asset),
    imagewidth: asset.sheet.image.width,
    imageheight: asset.sheet.image.height,
    tilewidth: info.tile_size.width,
    tileheight: info.tile_size.height,
    columns: info.columns,
    tilecount: info.columns * info.rows,
    margin: info.margin,
    spacing: info.spacing,
    tiles: tilesInOrder(info).map((tile) => describeTile(tile, tileset)),
    wangsets: [describeWangSet(asset.name, info)],
  };
}

function describeTile(tile: TileInfo, { polygons }: PackageTileset) {
  const shapes = polygons[tile.index] ?? [];
  const collides = shapes.length > 0 ? [{ name: "collides", type: "bool", value: true }] : [];
  return {
    id: tile.index,
    ...(tile.probability === 1 ? {} : { probability: tile.probability }),
    ...(tile.animation
      ? {
          animation: tile.animation.map(({ index, duration_ms }) => ({
            tileid: index,
            duration: duration_ms,
          })),
        }
      : {}),
    ...(shapes.length > 0 ? { objectgroup: describeShapes(shapes) } : {}),
    properties: [...collides, { name: "name", type: "string", value: tile.name }],
  };
}

function describeShapes(shapes: PackageTileset["polygons"][number]) {
  return {
    type: "objectgroup",
    name: "",
    draworder: "index",
    opacity: 1,
    visible: true,
    x: 0,
    y: 0,
    objects: shapes.map((shape, i) => {
      // Tiled wants the position of an object, and its corners relative to that.
      const [start = { x: 0, y: 0 }] = shape;
      return {
        id: i + 1,
        name: "",
        type: "",
        x: start.x,
        y: start.y,
        width: 0,
        height: 0,
        rotation: 0,
        visible: true,
        polygon: shape.map(({ x, y }) => ({ x: x - start.x, y: y - start.y })),
      };
    }),
  };
}

/** The tile that represents a terrain in Tiled's list: the pure one, the most likely one if there are several. */
function faceOf(info: TilesetInfo, role: TerrainRole): number {
  const pure = tilesInOrder(info)
    .filter((tile) => !isIsland(info, tile))
    .filter((tile) => tileJoints(info, tile).every((joint) => joint === null || joint === role))
    .toSorted((a, b) => b.probability - a.probability);
  return pure[0]?.index ?? -1;
}

/**
 * Whether a tile is upper terrain that connects to none. In Tiled, tiles have only edges and corners, no center, so its
 * brush cannot tell this tile from the pure lower one, and would scatter islands where lower terrain is painted.
 */
function isIsland(info: TilesetInfo, { mask }: TileInfo): boolean {
  return jointMode(info) !== "corner" && mask === 0;
}

function describeWangSet(name: string, info: TilesetInfo) {
  const roles = paintedRoles(info);
  const colors = roles.map((role) => {
    const terrain = terrainOf(info, role);
    return { name: terrain.name, color: terrain.color, probability: 1, tile: faceOf(info, role) };
  });
  const wangtiles = tilesInOrder(info)
    .filter((tile) => !isIsland(info, tile))
    .map((tile) => ({
      tileid: tile.index,
      // Colors start at 1; 0 is "none".
      wangid: tileJoints(info, tile).map((joint) => (joint === null ? 0 : roles.indexOf(joint) + 1)),
    }))
    // To Tiled, a tile that connects to nothing is not part of a terrain set.
    .filter(({ wangid }) => wangid.some((color) => color !== 0));
  return { name, type: jointMode(info), tile: faceOf(info, "upper"), colors, wangtiles };
}
