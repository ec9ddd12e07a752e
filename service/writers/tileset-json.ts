import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { jsonText } from "./json-text.ts";
import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes everything known about a terrain set as our own JSON: the TilesetInfo of the answer, the file name of the sheet,
 * collision polygons by cell, and the sample map. For games and tools that read none of the other formats.
 * The library ids of its tiles are left out: they differ from job to job, but the files of one request must not.
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
