/** A map as Tiled writes it: only what is needed to put tilesets in. */
export interface TiledMap {
  tilesets: TiledTileset[];
}

interface TiledTileset {
  firstgid: number;
  /** Path of an external tileset, relative to the map. */
  source?: string;
  name?: string;
}

/** Which texture a tileset of a loaded map is drawn from. */
interface MapImage {
  tileset: string;
  texture: string;
}

/** `Phaser.Tilemaps.Formats.TILED_JSON`: this package imports no engine, so that any build of it will do. */
const TILED_JSON = 1;

/** The loaded maps of a game, and the textures of their tilesets. */
export class LoadedMaps {
  readonly #images = new Map<string, MapImage[]>();

  /** Puts a map into the game's cache. `images[i]` is the texture of `map.tilesets[i]`. */
  add(game: Phaser.Game, key: string, { map, textures }: { map: TiledMap; textures: string[] }): void {
    game.cache.tilemap.add(key, { format: TILED_JSON, data: map });
    const images = map.tilesets.map(({ name }, i) => ({ tileset: name ?? "", texture: textures[i] ?? "" }));
    this.#images.set(key, images);
  }

  /** Makes the tilemap of a loaded map with its tilesets. Throws an Error for one that was not loaded. */
  make(scene: Phaser.Scene, key: string): Phaser.Tilemaps.Tilemap {
    const images = this.#images.get(key);
    if (!images) throw new Error(`Expected a map loaded by load.pixelkilnMap for ${key} but received none.`);
    const map = scene.make.tilemap({ key });
    for (const { tileset, texture } of images) map.addTilesetImage(tileset, texture);
    return map;
  }

  /** Gives a tileset's new data to every map that draws it from this texture: the next scene start has it. */
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
}
