import type { TiledLayer, TiledMap } from "../tiled-map.ts";

/** The texture that a tileset of a loaded map is drawn from. */
interface MapImage {
  tileset: string;
  texture: string;
}

/** `Phaser.Tilemaps.Formats.TILED_JSON`: this package imports no engine, so that it works with any build of it. */
const TILED_JSON = 1;

/** The loaded maps of a game, and the textures of their tilesets. */
export class LoadedMaps {
  readonly #images = new Map<string, MapImage[]>();
  /** Tilemaps made from each map, as long as a scene keeps them. */
  readonly #made = new Map<string, WeakRef<Phaser.Tilemaps.Tilemap>[]>();

  /** Puts a map into the game's cache. `images[i]` is the texture of `map.tilesets[i]`. */
  add(game: Phaser.Game, key: string, { map, textures }: { map: TiledMap; textures: string[] }): void {
    game.cache.tilemap.add(key, { format: TILED_JSON, data: map });
    const images = map.tilesets.map(({ name }, i) => ({ tileset: name ?? "", texture: textures[i] ?? "" }));
    this.#images.set(key, images);
  }

  /** Makes the tilemap of a loaded map with its tilesets. Throws an Error if the map was not loaded. */
  make(scene: Phaser.Scene, key: string): Phaser.Tilemaps.Tilemap {
    const images = this.#images.get(key);
    if (!images) throw new Error(`The map ${key} is not loaded: call load.pixelkilnMap in preload.`);
    const map = scene.make.tilemap({ key });
    for (const { tileset, texture } of images) map.addTilesetImage(tileset, texture);
    this.#made.set(key, [...(this.#made.get(key) ?? []), new WeakRef(map)]);
    return map;
  }

  /** Gives a tileset's new data to every map that draws it from this texture: it applies at the next scene start. */
  replaceTileset(game: Phaser.Game, texture: string, tileset: object): void {
    for (const [key, images] of this.#images) {
      const { data } = game.cache.tilemap.get(key) as { data: TiledMap };
      for (const [i, image] of images.entries()) {
        const before = data.tilesets[i];
        if (image.texture === texture && before)
          data.tilesets[i] = { ...tileset, firstgid: before.firstgid, name: image.tileset };
      }
    }
  }

  /** Gives a map's new tiles to the tilemaps made from it. A new size waits for the next scene start. */
  replaceMap(game: Phaser.Game, key: string, map: TiledMap): void {
    if (!this.#images.has(key)) return;
    game.cache.tilemap.add(key, { format: TILED_JSON, data: map });
    const live = (this.#made.get(key) ?? []).filter((one) => one.deref()?.scene);
    this.#made.set(key, live);
    for (const tilemap of live.map((one) => one.deref())) {
      for (const layer of tilemap?.layers ?? []) {
        const now = map.layers.find(({ name, type }) => type === "tilelayer" && name === layer.name);
        if (tilemap && now?.width === layer.width && now.height === layer.height)
          putTiles(tilemap, layer, now);
      }
    }
  }
}

function putTiles(
  tilemap: Phaser.Tilemaps.Tilemap,
  { data, tilemapLayer }: Phaser.Tilemaps.LayerData,
  now: TiledLayer,
): void {
  if (!tilemapLayer || !Array.isArray(now.data)) return;
  for (const [i, id] of now.data.entries()) {
    const [x, y] = [i % now.width, Math.floor(i / now.width)];
    const before = data[y]?.[x]?.index ?? -1;
    if (id === 0 && before > 0) tilemap.removeTileAt(x, y, true, true, tilemapLayer);
    else if (id > 0 && id !== before) tilemap.putTileAt(id, x, y, true, tilemapLayer);
  }
}
