import type { LoadContext } from "./load.ts";
import { swapAsset } from "./swap.ts";

/**
 * Shows every change of the art in the running game, and tells it with `pixelkiln:updated` (key) on
 * `game.events`. Returns what ends that.
 */
export function watchArt(context: LoadContext): () => void {
  return context.source.onChange(({ changed }) => {
    for (const asset of changed) {
      swapAsset(asset, context).then(
        (swapped) => swapped && context.game.events.emit("pixelkiln:updated", asset.key),
        (error: Error) => console.warn(`[pixelkiln] "${asset.key}" stays as it was: ${error.message}`),
      );
    }
  });
}
