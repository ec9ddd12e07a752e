import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { jsonText } from "./json-text.ts";
import { TILED_VERSION, tiledTilesetFile } from "./tiled-tileset.ts";
import { sampleTiles } from "./tileset-grid.ts";
import type { AssetWriter } from "./writer.ts";

/** The only layer of a sample map. */
const LAYER = "ground";

/** Writes a Tiled map of the sample, which refers to the tileset file next to it. */
export const tiledMap: AssetWriter = {
  id: "tiled-map",
  title: "Tiled map",
  engine: "tiled",
  kinds: ["tileset"],
  write: (asset) =>
    asset.tileset
      ? [
          {
            path: `${asset.name}.tmj`,
            role: "tiled_map",
            mediaType: "application/json",
            content: jsonText(describeTiledMap(asset.tileset, { source: tiledTilesetFile(asset) })),
          },
        ]
      : [],
};

/** Describes the sample map; `tileset` is a reference to a tileset file, or a whole tileset to embed. */
export function describeTiledMap(
  packaged: PackageTileset,
  tileset: { source: string } | { name: AssetPackage["name"] },
) {
  const { sample, info } = packaged;
  return {
    type: "map",
    version: TILED_VERSION,
    orientation: "orthogonal",
    renderorder: "right-down",
    width: sample.columns,
    height: sample.rows,
    tilewidth: info.tile_size.width,
    tileheight: info.tile_size.height,
    infinite: false,
    compressionlevel: -1,
    nextlayerid: 2,
    nextobjectid: 1,
    layers: [
      {
        id: 1,
        name: LAYER,
        type: "tilelayer",
        width: sample.columns,
        height: sample.rows,
        x: 0,
        y: 0,
        opacity: 1,
        visible: true,
        // Tile numbers start at 1; 0 is an empty cell.
        data: sampleTiles(packaged).map((tile) => (tile ? tile.index + 1 : 0)),
      },
    ],
    tilesets: [{ firstgid: 1, ...tileset }],
  };
}
