import type { AssetSource, WebAsset } from "../assets.ts";
import { readSheet } from "../sheet.ts";
import type { TiledMap } from "../tiled-map.ts";
import { createAnimations } from "./animations.ts";
import type { LoadedMaps } from "./maps.ts";

type Loader = Phaser.Loader.LoaderPlugin;

/** What loading needs to know about the game's plugin. */
export interface LoadContext {
  game: Phaser.Game;
  source: AssetSource;
  maps: LoadedMaps;
}

/** Queues an asset: a texture with its animations, or a tileset's texture with its map. Loads nothing twice. */
export function loadAsset(loader: Loader, asset: WebAsset, context: LoadContext): void {
  const { game, source } = context;
  if (asset.map !== null) loadMap(loader, { key: asset.key, url: source.url(asset.map) }, context);
  if (game.textures.exists(asset.key) || asset.image === null) return;
  const image = source.url(asset.image);
  withoutPrefix(loader, () => {
    if (asset.atlas === null) loader.image(asset.key, image);
    else loader.aseprite(asset.key, image, source.url(asset.atlas));
  });
  loader.once("complete", () => {
    if (!game.textures.exists(asset.key) || !game.cache.json.exists(asset.key)) return;
    createAnimations(game, asset.key, readSheet(game.cache.json.get(asset.key)));
  });
}

/**
 * Queues a Tiled map, then the external tilesets it names, then their images. Each tileset is embedded
 * in the map with its `firstgid` (Phaser itself says "External tilesets unsupported").
 */
export function loadMap(
  loader: Loader,
  { key, url }: { key: string; url: string },
  context: LoadContext,
): void {
  const { game, maps } = context;
  if (game.cache.tilemap.exists(key)) return;
  const textures: string[] = [];
  let loaded: TiledMap | null = null;
  // Now, not when the map arrives: Phaser's own listener, which starts `create`, has to run after it.
  loader.once("complete", () => loaded && maps.add(game, key, { map: loaded, textures }));
  loadJson(loader, url, (json) => {
    const map = json as TiledMap;
    loaded = map;
    for (const [i, { source, firstgid }] of map.tilesets.entries()) {
      const take = (tileset: object, place: string): void => {
        map.tilesets[i] = { ...tileset, firstgid };
        textures[i] = loadTilesetImage(loader, { tileset, place }, context);
      };
      if (source === undefined) {
        take(map.tilesets[i] ?? {}, url);
        continue;
      }
      const place = new URL(source, url).href;
      const known = [...context.source.assets.values()].find((asset) =>
        isFile(asset.tileset, place, context),
      );
      loadJson(loader, known?.tileset ? context.source.url(known.tileset) : place, (tileset) => {
        take(tileset as object, place);
      });
    }
  });
}

/** Queues the image of a tileset and returns its texture key: the asset's key if the image is one of the project's. */
function loadTilesetImage(
  loader: Loader,
  { tileset, place }: { tileset: object; place: string },
  context: LoadContext,
): string {
  const { image = "", name = image } = tileset as { image?: string; name?: string };
  const url = new URL(image, place).href;
  const asset = [...context.source.assets.values()].find((one) => isFile(one.image, url, context));
  const key = asset?.key ?? name;
  const from = asset?.image ? context.source.url(asset.image) : url;
  if (!context.game.textures.exists(key)) withoutPrefix(loader, () => loader.image(key, from));
  return key;
}

/** Whether a file of an asset is the one at a URL, ignoring `?v=`. */
function isFile(file: string | null, url: string, { source }: LoadContext): boolean {
  return file !== null && source.url(file).replace(/\?.*$/, "") === url.replace(/\?.*$/, "");
}

let counter = 0;

/** Queues JSON that is needed once, and hands it over as soon as it is loaded. */
function loadJson(loader: Loader, url: string, onJson: (json: unknown) => void): void {
  const key = `pixelkiln:${counter++}`;
  withoutPrefix(loader, () => loader.json(key, url));
  loader.once(`filecomplete-json-${key}`, (_key: string, _type: string, json: unknown) => {
    loader.cacheManager.json.remove(key);
    onJson(json);
  });
}

/** Keys of assets are complete: a prefix that the game gave to the loader is for its own files. */
function withoutPrefix(loader: Loader, queue: () => void): void {
  const { prefix } = loader;
  loader.setPrefix("");
  queue();
  loader.setPrefix(prefix);
}
