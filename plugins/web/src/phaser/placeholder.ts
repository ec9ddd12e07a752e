import { askForSprite, type Wish } from "../ask-service.ts";
import type { LoadContext } from "./load.ts";
import { swapAsset } from "./swap.ts";

/** Edge of one square of the checkerboard in pixels. */
const CHECK = 4;
const COLORS = ["#3b3b4f", "#5a5a78"] as const;

/**
 * Makes a checkerboard texture for a key that has none, and asks the service for the art. The files it writes
 * reach the game like any other change. If the art exists already, it is used right away.
 */
export function showPlaceholder(context: LoadContext, wish: Wish): void {
  const { game, source } = context;
  if (game.textures.exists(wish.key)) return;
  addChecks(game, wish);
  const asset = source.assets.get(wish.key);
  const arrival = asset ? swapAsset(asset, context) : source.service && askForSprite(source.service, wish);
  arrival?.catch((error: Error) => {
    console.warn(`[pixelkiln] "${wish.key}" stays a placeholder: ${error.message}`);
  });
}

/** Makes a checkerboard texture that stands in for a picture, with base frame and frame 0. */
function addChecks(game: Phaser.Game, { key, width, height }: Wish): void {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  for (let y = 0; context && y < height; y += CHECK) {
    for (let x = 0; x < width; x += CHECK) {
      context.fillStyle = COLORS[((x + y) / CHECK) % 2 === 0 ? 0 : 1];
      context.fillRect(x, y, CHECK, CHECK);
    }
  }
  const texture = game.textures.create(key, canvas as unknown as HTMLImageElement, width, height);
  texture?.add("__BASE", 0, 0, 0, width, height);
  texture?.add("0", 0, 0, 0, width, height);
}
