import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { jsonText } from "./json-text.ts";
import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes what is known of a terrain set as JSON of our own: the TilesetInfo of the answer, the sheet's file,
 * collision polygons by cell and the sample map. For games and tools that read none of the other formats.
 * The ids of its tiles in the library stay out: they differ from job to job, and the files of one request must not.
 */
export const tilesetJson: AssetWriter = {
  id: "tileset-json",
  title: "Tileset JSON",
  engine: "always",
  kinds: ["tileset"],
  write: (asset) =>
    asset.tileset
      ? [
          {
            path: `${asset.name}.tileset.json`,
            role: "tileset_json",
            mediaType: "application/json",
            content: jsonText(describe(asset, asset.tileset)),
          },
        ]
      : [],
};

function describe(asset: AssetPackage, { info, collision, polygons, sample }: PackageTileset) {
  const { base_tile_ids: _, ...terrains } = info;
  return { name: asset.name, image: sheetPng(asset), ...terrains, collision, polygons, sample };
}
