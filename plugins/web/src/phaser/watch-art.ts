import type { LoadContext } from "./load.ts";
import { swapAsset } from "./swap.ts";

/**
 * Shows every change of the art in the running game, and announces it with `pixelkiln:updated` (key) on
 * `game.events`. Returns a function that stops it.
 */
export function watchArt(context: LoadContext): () => void {
  const { game, source } = context;
  const show = (key: string): void => {
    const asset = source.assets.get(key);
    if (!asset) return;
    swapAsset(asset, context).then(
      (swapped) => swapped && game.events.emit("pixelkiln:updated", key),
      (error: Error) => console.warn(`[pixelkiln] "${key}" stays as it was: ${error.message}`),
    );
  };
  const awaited = new Set<string>();
  return source.onChange(({ changed }) => {
    for (const { key } of changed) {
      if (game.textures.exists(key)) show(key);
      else if (!awaited.has(key)) {
        // The old version may be loading right now.
        awaited.add(key);
        game.textures.once(`addtexture-${key}`, () => {
          awaited.delete(key);
          show(key);
        });
      }
    }
  });
}
