import type { WebAsset } from "../assets.ts";
import { fetchAsset } from "../fetch-files.ts";
import { readSheet } from "../sheet.ts";
import { continueAnimation, rewriteAnimations } from "./animations.ts";
import type { LoadContext } from "./load.ts";
import { replaceFrames, replacePixels } from "./texture.ts";

/**
 * Shows the new version of an asset in a running game: pixels, frames, animations, tilesets and every object
 * that shows them. Everything is loaded before anything changes, so that a broken file leaves the game as it
 * was: then it rejects. Gives whether there was anything to change.
 */
export async function swapAsset(asset: WebAsset, context: LoadContext): Promise<boolean> {
  const { game, source } = context;
  if (!game.textures.exists(asset.key)) return false;
  const { image, atlas, tileset } = await fetchAsset(asset, source);
  const sheet = atlas ? readSheet(atlas) : null;
  // A newer version overtook this one while it was loaded; or the game has ended.
  if (source.assets.get(asset.key)?.rev !== asset.rev || !game.textures.exists(asset.key)) return false;

  const texture = game.textures.get(asset.key);
  replacePixels(texture, image);
  replaceFrames(texture, sheet);
  if (sheet) {
    game.cache.json.remove(asset.key);
    game.cache.json.add(asset.key, atlas);
    rewriteAnimations(game, asset.key, sheet);
  }
  if (tileset) context.maps.replaceTileset(game, asset.key, tileset);
  for (const scene of game.scene.getScenes(false)) {
    for (const object of objectsOf(scene.sys.displayList.list)) refresh(object, texture, tileset);
  }
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

function refresh(
  object: Phaser.GameObjects.GameObject,
  texture: Phaser.Textures.Texture,
  tilesetData: unknown,
): void {
  const { texture: shown, frame, tileset } = object as Partial<Phaser.GameObjects.Sprite & TilemapLayer>;
  if (shown === texture && frame) {
    // Same frame, new size: sets the object's size and keeps its origin.
    (object as Phaser.GameObjects.Sprite).setFrame(frame.name);
    continueAnimation(object);
  }
  if (!Array.isArray(tileset)) return;
  for (const one of tileset.filter(({ image }) => image === texture)) {
    const { margin = one.tileMargin, spacing = one.tileSpacing } = (tilesetData ?? {}) as TilesetJson;
    Object.assign(one, { tileMargin: margin, tileSpacing: spacing });
    one.setImage(texture);
  }
}

type TilemapLayer = Pick<Phaser.Tilemaps.TilemapLayer, "tileset">;

interface TilesetJson {
  margin?: number;
  spacing?: number;
}
