import type { Kind, KindRequest } from "../kinds/kind.ts";
import type { PublishedSheet } from "../kinds/published-sheet.ts";
import { splitTileId } from "../kinds/tile-id.ts";
import type { Root } from "../library/paths.ts";
import { findManifest, openAssetFile } from "../library/read.ts";

/** Reads the published assets that a request builds on; those that do not exist are left out. */
export async function readSheets(library: Root, kind: Kind, request: KindRequest): Promise<PublishedSheet[]> {
  const ids = (kind.publishedTiles?.(request) ?? []).map(({ id }) => splitTileId(id).asset);
  const sheets: PublishedSheet[] = [];
  for (const id of new Set(ids)) {
    const manifest = await findManifest(library, id);
    const file = manifest?.images[0]?.file;
    if (!manifest || file === undefined) continue;
    const { bytes } = await openAssetFile(library, id, file);
    sheets.push({ id, tileset: manifest.tileset ?? null, picture: bytes });
  }
  return sheets;
}
