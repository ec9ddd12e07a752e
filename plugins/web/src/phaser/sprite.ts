import { readSheet, type Sheet } from "../sheet.ts";
import { animationKey } from "./animations.ts";
import type { SpriteOptions } from "./augment.ts";

/** Adds a sprite of an asset to a scene. */
export function addSprite(
  scene: Phaser.Scene,
  { x, y, key, play, frame = 0 }: { x: number; y: number; key: string } & SpriteOptions<string>,
): Phaser.GameObjects.Sprite {
  const sheet = cachedSheet(scene.sys.game, key);
  const sprite = scene.add.sprite(x, y, key, sheet ? String(frame) : undefined);
  const pivot = sheet?.pivot;
  if (pivot) sprite.setOrigin(pivot.x, pivot.y);
  if (play !== undefined) sprite.play(animationKey(key, play));
  return sprite;
}

/** The sheet of an asset as last loaded, or null: a tileset has none. */
export function cachedSheet(game: Phaser.Game, key: string): Sheet | null {
  return game.cache.json.exists(key) ? readSheet(game.cache.json.get(key)) : null;
}
