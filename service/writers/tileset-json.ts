import type { AssetPackage, PackageTileset } from "../asset/asset-package.ts";
import { jsonText } from "./json-text.ts";
import { sheetPng } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes what is known of a terrain set as JSON of our own: the TilesetInfo of the answer, the sheet's file,
 * collision polygons by cell and the sample map. For games and tools that read none of the other formats.
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
  return { name: asset.name, image: sheetPng(asset), ...info, collision, polygons, sample };
}
