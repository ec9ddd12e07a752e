import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { godotPath, godotString } from "./godot-text.ts";
import { tileSetFile } from "./godot-tile-set.ts";
import { cellPlace, sampleTiles } from "./tileset-grid.ts";
import type { AssetWriter } from "./writer.ts";

/** Writes a scene to drag into a level: a TileMapLayer with nearest filtering that shows the sample map. */
export const godotTileMap: AssetWriter = {
  id: "godot-tile-map",
  title: "Godot TileMapLayer",
  engine: "godot",
  kinds: ["tileset"],
  write: (asset, { folder }) =>
    asset.tileset
      ? [
          {
            path: `${asset.name}_map.tscn`,
            role: "godot_tile_map",
            mediaType: "text/plain; charset=utf-8",
            content: describeScene(asset, asset.tileset, folder),
          },
        ]
      : [],
};

/** CanvasItem.TextureFilter.TEXTURE_FILTER_NEAREST */
const NEAREST = 1;

function describeScene(asset: AssetPackage, tileset: PackageTileset, folder: string): string {
  return `[gd_scene format=3]

[ext_resource type="TileSet" path=${godotPath(tileSetFile(asset), folder)} id="tiles"]

[node name=${godotString(asset.name)} type="TileMapLayer"]
texture_filter = ${NEAREST}
tile_map_data = PackedByteArray(${describeCells(tileset).join(", ")})
tile_set = ExtResource("tiles")
`;
}

/**
 * The cells as TileMapLayer stores them, little-endian: a 16-bit format number, 0; then for each cell
 * x, y, source, column, row and alternative, 16 bits each. Empty cells are omitted.
 */
function describeCells(tileset: PackageTileset): number[] {
  const words = sampleTiles(tileset).flatMap((tile, i) => {
    if (!tile) return [];
    const { column, row } = cellPlace(tileset.info, tile.index);
    const x = i % tileset.sample.columns;
    const y = Math.floor(i / tileset.sample.columns);
    return [x, y, 0, column, row, 0];
  });
  return [0, ...words].flatMap((word) => [word & 255, word >> 8]);
}
