import type { TilesetInfo } from "../../shared/asset.ts";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { decodeImage } from "../codecs/decode-image.ts";
import { crop, type PixelImage } from "../pixel/image.ts";
import type { PublishedSheet } from "./published-sheet.ts";
import { splitTileId } from "./tile-id.ts";

/** Finds published tiles. */
export interface TileLoader {
  /** Gives the picture of a tile. Throws `invalid-request`, which names `field`, if there is none. */
  tile(id: string, field: string): Promise<PixelImage>;
  /** Gives all frames of some tiles of a set, by name. Throws `invalid-request`. */
  tiles(setId: string, names: readonly string[]): Promise<Map<string, PixelImage[]>>;
}

/** Makes a loader for the sheets that came with a request; `sheets` is null without a library (on the command line). */
export function createTileLoader(sheets: readonly PublishedSheet[] | null): TileLoader {
  const find = (id: string, field: string, given: string): PublishedSheet => {
    const found = sheets?.find((sheet) => sheet.id === id);
    if (found) return found;
    const expected = sheets
      ? "the id of a published tile or asset"
      : "a tile or asset of a running service (--service)";
    throw invalidParameter(field, describeValue(given), expected);
  };
  return {
    async tile(id, field) {
      const { asset, tile: name } = splitTileId(id);
      const { tileset, picture } = find(asset, field, id);
      const image = await decodeImage(picture, field);
      if (!tileset) return image;
      const tile = tileset.tiles.find((one) => one.name === name);
      if (!tile) {
        const expected = `a tile of ${asset}, such as ${tileset.base_tile_ids.upper}`;
        throw invalidParameter(field, describeValue(id), expected);
      }
      const { x, y, width, height } = tile.bounding_box;
      return crop(image, x, y, width, height);
    },
    async tiles(setId, names) {
      const { tileset, picture } = find(setId, "base_tileset_id", setId);
      if (!tileset) throw invalidParameter("base_tileset_id", describeValue(setId), "the id of a tileset");
      const sheet = await decodeImage(picture, "base_tileset_id");
      return new Map(
        names.map((name) => {
          const tile = tileset.tiles.find((one) => one.name === name);
          if (!tile) throw invalidParameter("locked", describeValue(name), `names of tiles in ${setId}`);
          return [name, framesOf(sheet, tile, tileset)];
        }),
      );
    },
  };
}

function framesOf(
  sheet: PixelImage,
  tile: TilesetInfo["tiles"][number],
  { spacing }: TilesetInfo,
): PixelImage[] {
  const { x, y, width, height } = tile.bounding_box;
  const count = tile.animation?.length ?? 1;
  return Array.from({ length: count }, (_, i) => crop(sheet, x + i * (width + spacing), y, width, height));
}
