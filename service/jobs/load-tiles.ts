import type { AssetManifest } from "../../shared/asset.ts";
import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import { decodeBase64Image } from "../codecs/decode-image.ts";
import type { Root } from "../library/paths.ts";
import { findManifest, openAssetFile } from "../library/read.ts";
import { crop, type PixelImage } from "../pixel/image.ts";

/** `set_0123456789abcdef.wang_15`: a tile of a set; the id of an asset alone is its first picture. */
const TILE_ID = /^([a-z]{3}_[0-9a-z]{16})(?:\.([a-z0-9_-]{1,64}))?$/;

/** Finds tiles that were published before. */
export interface TileLoader {
  /** Gives the picture of a tile. `field` is named in errors. Throws `invalid-request` when there is none. */
  tile(id: string, field: string): Promise<PixelImage>;
  /** Gives all frames of tiles of a set, by name. Throws `invalid-request`. */
  tiles(setId: string, names: readonly string[]): Promise<Map<string, PixelImage[]>>;
}

/** Names a tile of a set for requests that go on from it. */
export function tileId(assetId: string, tile: string): string {
  return `${assetId}.${tile}`;
}

/** Whether a text is the id of a tile, rather than base64 of a picture. */
export function isTileId(text: string): boolean {
  return TILE_ID.test(text);
}

/** Makes a loader over a library, or one that finds nothing where there is none (the command line). */
export function createTileLoader(library: Root | null): TileLoader {
  const find = async (id: string, field: string, given: string): Promise<AssetManifest> => {
    const manifest = library && (await findManifest(library, id));
    if (manifest) return manifest;
    const where = library ? "the id of a published tile" : "a tile of a running service (--service)";
    throw invalidParameter(field, describeValue(given), where);
  };
  const sheetOf = async ({ id, images }: AssetManifest): Promise<PixelImage> => {
    const file = images[0]?.file ?? "";
    if (!library) throw new ServiceError("internal", `Expected a library for ${id} but received none.`);
    const { bytes } = await openAssetFile(library, id, file);
    return decodeBase64Image(Buffer.from(bytes).toString("base64"), file);
  };
  return {
    async tile(id, field) {
      const [, asset = "", name] = TILE_ID.exec(id) ?? [];
      const manifest = await find(asset, field, id);
      const sheet = await sheetOf(manifest);
      if (!manifest.tileset) return sheet;
      const tile = manifest.tileset.tiles.find((one) => one.name === name);
      if (!tile)
        throw invalidParameter(
          field,
          describeValue(id),
          `a tile of ${asset}, such as ${manifest.tileset.base_tile_ids.upper}`,
        );
      const { x, y, width, height } = tile.bounding_box;
      return crop(sheet, x, y, width, height);
    },
    async tiles(setId, names) {
      const manifest = await find(setId, "base_tileset_id", setId);
      const { tileset } = manifest;
      if (!tileset) throw invalidParameter("base_tileset_id", describeValue(setId), "the id of a tileset");
      const sheet = await sheetOf(manifest);
      return new Map(
        names.map((name) => {
          const tile = tileset.tiles.find((one) => one.name === name);
          if (!tile) throw invalidParameter("locked", describeValue(name), `names of tiles of ${setId}`);
          return [name, framesOf(sheet, tile, tileset)];
        }),
      );
    },
  };
}

type Tileset = NonNullable<AssetManifest["tileset"]>;

function framesOf(sheet: PixelImage, tile: Tileset["tiles"][number], { spacing }: Tileset): PixelImage[] {
  const { x, y, width, height } = tile.bounding_box;
  const count = tile.animation?.length ?? 1;
  return Array.from({ length: count }, (_, i) => crop(sheet, x + i * (width + spacing), y, width, height));
}
