import type { WebAsset } from "../assets.ts";
import { fetchAsset } from "../fetch-files.ts";
import { readSheet, type Sheet } from "../sheet.ts";
import { continueAnimation, rewriteAnimations } from "./animations.ts";
import type { LoadContext } from "./load.ts";
import { cachedSheet } from "./sprite.ts";
import { replaceFrames, replacePixels } from "./texture.ts";

/**
 * Shows the new version of an asset in a running game: pixels, frames, animations, tilesets and every object
 * that shows them. Everything is loaded before anything changes, so if a file is broken this rejects and the game
 * stays as it was. Returns whether there was anything to change.
 */
export async function swapAsset(asset: WebAsset, context: LoadContext): Promise<boolean> {
  const { game, source } = context;
  if (!game.textures.exists(asset.key)) return false;
  const { image, atlas, tileset, map } = await fetchAsset(asset, source);
  const sheet = atlas ? readSheet(atlas) : null;
  // A newer version overtook this one while it was loading, or the game has ended.
  if (source.assets.get(asset.key)?.rev !== asset.rev || !game.textures.exists(asset.key)) return false;

  const texture = game.textures.get(asset.key);
  const pivots = { before: cachedSheet(game, asset.key)?.pivot ?? null, now: sheet?.pivot ?? null };
  replacePixels(texture, image);
  replaceFrames(texture, sheet);
  if (sheet) {
    game.cache.json.remove(asset.key);
    game.cache.json.add(asset.key, atlas);
    rewriteAnimations(game, asset.key, sheet);
  }
  if (tileset) context.maps.replaceTileset(game, asset.key, tileset);
  for (const scene of game.scene.getScenes(false)) {
    for (const object of objectsOf(scene.sys.displayList.list)) {
      if (shows(object, texture)) refresh(object, pivots);
      else if (isTilemapLayer(object)) refreshLayer(object, texture, tileset);
    }
  }
  // After the tilesets: tiles that are new in the image exist now.
  if (map) context.maps.replaceMap(game, asset.key, map);
  return true;
}

/** Every object on a display list, in containers and layers too. */
function* objectsOf(
  list: readonly Phaser.GameObjects.GameObject[],
): Generator<Phaser.GameObjects.GameObject> {
  for (const object of list) {
    yield object;
    const { list: inner } = object as Partial<Phaser.GameObjects.Container>;
    if (Array.isArray(inner)) yield* objectsOf(inner);
  }
}

/** An object with a texture, a frame and an origin: Sprite, Image, TileSprite and the like. */
type Shown = Phaser.GameObjects.Sprite;

function shows(object: object, texture: Phaser.Textures.Texture): object is Shown {
  const { texture: shown, frame, setFrame } = object as Partial<Shown>;
  return shown === texture && frame !== undefined && setFrame !== undefined;
}

/** Gives an object its frame's new size. Its origin stays, or moves with the pivot it stood on. */
function refresh(object: Shown, { before, now }: Record<"before" | "now", Sheet["pivot"]>): void {
  object.setFrame(object.frame.name);
  if (before && now && object.originX === before.x && object.originY === before.y)
    object.setOrigin(now.x, now.y);
  continueAnimation(object);
}

/** A tilemap layer of Phaser 3 or 4, except TilemapGPULayer: `setTilesets` is missing in the declarations. */
type Layer = Phaser.Tilemaps.TilemapLayer & { setTilesets(tilesets: Phaser.Tilemaps.Tileset[]): void };

function isTilemapLayer(object: object): object is Layer {
  return Array.isArray((object as Partial<Layer>).tileset) && "setTilesets" in object;
}

function refreshLayer(layer: Layer, texture: Phaser.Textures.Texture, data: object | null): void {
  const drawn = layer.tileset.filter(({ image }) => image === texture);
  if (drawn.length === 0) return;
  for (const tileset of drawn) {
    const { margin = 0, spacing = 0 } = (data ?? {}) as { margin?: number; spacing?: number };
    if (data) Object.assign(tileset, { tileMargin: margin, tileSpacing: spacing });
    tileset.setImage(texture);
    indexTiles(layer.tilemap, tileset);
  }
  // The layer knows which ids are drawn from which tileset: there may be more of them now.
  layer.setTilesets(layer.tileset);
}

/** Tells a tilemap where its tiles are: `putTileAt` throws for an id it does not know. */
function indexTiles({ tiles, tilesets }: Phaser.Tilemaps.Tilemap, tileset: Phaser.Tilemaps.Tileset): void {
  for (const [i, place] of tileset.texCoordinates.entries()) {
    const { x, y } = place as { x: number; y: number };
    (tiles as unknown[])[tileset.firstgid + i] = [x, y, tilesets.indexOf(tileset)];
  }
}
