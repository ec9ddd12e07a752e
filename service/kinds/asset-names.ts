import { safeName } from "../asset/safe-name.ts";
import type { AnimationRequest } from "./animation/request.ts";
import type { TilesetRequest } from "./tile/requests-tiles.ts";

/** File stem of a picture without a name: it came without one. */
export const PIXELATED = "pixelated";

/** Names what words ask for: `red-dragon`. */
export function promptName({ prompt }: { prompt: string }): string {
  return safeName(prompt);
}

/** Names an animation by its words and its action: `red-dragon-walk`. */
export function animationName({ prompt, action }: Pick<AnimationRequest, "prompt" | "action">): string {
  return safeName(prompt ? `${prompt} ${action}` : action);
}

/** Names a set by its terrains: `grass-water`. */
export function tilesetName({
  upper_description: upper,
  lower_description: lower,
}: Pick<TilesetRequest, "upper_description" | "lower_description">): string {
  return safeName(`${upper} ${lower ?? ""}`);
}
