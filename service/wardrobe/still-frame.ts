import { type ComposedFrames, composeFrames } from "./compose-frames.ts";
import type { Wardrobe } from "./open-wardrobe.ts";
import type { Outfit } from "./outfit.ts";

/** The frame of an attack that shows a weapon best: in the hand of somebody who stands, it hangs before the legs or is not drawn. */
const ATTACKS: Readonly<Record<string, number>> = {
  "weapon/axe": 2,
  "weapon/mace": 2,
  "weapon/dagger": 5,
  "weapon/wand": 5,
  "weapon/club": 0,
  "weapon/boomerang": 0,
  "weapon/whip": 3,
};

/** Composes somebody who stands facing south, in the one frame that shows best what the hands hold. */
export async function composeStill(wardrobe: Wardrobe, outfit: Outfit): Promise<ComposedFrames> {
  const weapon = outfit.parts.find(({ part }) => Object.hasOwn(ATTACKS, part))?.part ?? "";
  const shown = ATTACKS[weapon];
  const action = shown === undefined ? "idle" : "attack";
  const composed = await composeFrames(wardrobe, outfit, { action, direction: "south" });
  const at = Math.min(shown ?? 0, composed.frames.length - 1);
  const only = <T>(list: readonly T[]): T[] => list.slice(at, at + 1);
  return { ...composed, frames: only(composed.frames), drawings: only(composed.drawings) };
}
