/** `set_0123456789abcdef.wang_15` is a tile of a set. The id of an asset alone means its first picture. */
const TILE_ID = /^([a-z]{3}_[0-9a-z]{16})(?:\.([a-z0-9_-]{1,64}))?$/;

/** Makes the id of a tile in a set, for requests that build on it. */
export function tileId(assetId: string, tile: string): string {
  return `${assetId}.${tile}`;
}

/** Whether text is the id of a tile rather than base64 of a picture. */
export function isTileId(text: string): boolean {
  return TILE_ID.test(text);
}

/** Splits an id. `tile` is undefined for the id of an asset alone; `asset` is "" for anything else. */
export function splitTileId(id: string): { asset: string; tile: string | undefined } {
  const [, asset = "", tile] = TILE_ID.exec(id) ?? [];
  return { asset, tile };
}
