import type { TilesetInfo } from "../../shared/asset.ts";

/** A published asset that a request builds on, as the service sends it to a worker. */
export interface PublishedSheet {
  id: string;
  /** Null if it is not a tileset. */
  tileset: TilesetInfo | null;
  /** Bytes of its first picture; for a tileset, the sheet. */
  picture: Uint8Array;
}
