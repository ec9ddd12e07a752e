/** `set_0123456789abcdef.wang_15`: a tile of a set; the id of an asset alone is its first picture. */
const TILE_ID = /^([a-z]{3}_[0-9a-z]{16})(?:\.([a-z0-9_-]{1,64}))?$/;

/** Names a tile of a set, for requests that go on from it. */
export function tileId(assetId: string, tile: string): string {
  return `${assetId}.${tile}`;
}

/** Whether a text is the id of a tile, rather than base64 of a picture. */
export function isTileId(text: string): boolean {
  return TILE_ID.test(text);
}

/** Takes an id apart; `tile` is undefined for the id of an asset alone, `asset` is "" for what is no id. */
export function splitTileId(id: string): { asset: string; tile: string | undefined } {
  const [, asset = "", tile] = TILE_ID.exec(id) ?? [];
  return { asset, tile };
}
