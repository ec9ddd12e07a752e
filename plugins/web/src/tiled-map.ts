/** A map as written by Tiled: only the fields needed here. */
export interface TiledMap {
  layers: TiledLayer[];
  tilesets: TiledTileset[];
}

export interface TiledLayer {
  name: string;
  type: string;
  width: number;
  height: number;
  /** Global tile ids row by row, 0 = none; text if Tiled compressed them. */
  data?: readonly number[] | string;
}

export interface TiledTileset {
  firstgid: number;
  /** Path of an external tileset, relative to the map. */
  source?: string;
  name?: string;
}

/** Returns a map whose external tilesets are replaced by this one. */
export function withTileset(map: TiledMap, tileset: object): TiledMap {
  const inline = ({ firstgid }: TiledTileset): TiledTileset => ({ ...tileset, firstgid });
  return { ...map, tilesets: map.tilesets.map((one) => (one.source === undefined ? one : inline(one))) };
}
