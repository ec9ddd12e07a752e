import { jsonText } from "./json-text.ts";
import { describeTiledMap } from "./tiled-map.ts";
import { describeTiledTileset } from "./tiled-tileset.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes the sample as a Tiled map with its tileset embedded, the only form that Phaser's
 * `load.tilemapTiledJSON` takes: given an external tileset it warns and then throws.
 * `map.addTilesetImage(NAME, textureKey)`, then `map.createLayer("ground", tileset)`.
 */
export const phaserTilemap: AssetWriter = {
  id: "phaser-tilemap",
  title: "Phaser tilemap",
  engine: "phaser",
  kinds: ["tileset"],
  write: (asset) =>
    asset.tileset
      ? [
          {
            path: `${asset.name}.phaser.tmj`,
            role: "phaser_tilemap",
            mediaType: "application/json",
            content: jsonText(describeTiledMap(asset.tileset, describeTiledTileset(asset, asset.tileset))),
          },
        ]
      : [],
};
