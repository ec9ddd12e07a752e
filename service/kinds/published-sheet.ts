import type { TilesetInfo } from "../../shared/asset.ts";

/** A published asset that a request goes on from, as the service sends it to a worker. */
export interface PublishedSheet {
  id: string;
  /** Null where it is no tileset. */
  tileset: TilesetInfo | null;
  /** Bytes of its first picture: the sheet of a set. */
  picture: Uint8Array;
}
