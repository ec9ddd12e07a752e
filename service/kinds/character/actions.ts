import type { CharacterAction } from "../../../shared/character.ts";

interface ActionFacts {
  /** Action of the wardrobe, where it has another name. */
  motion?: string;
  /** Frames of it that are shown, where these are not all. */
  frames?: readonly number[];
  fps: number;
  loop: boolean;
}

/**
 * How each action is shown; a GIF holds the usual durations exactly. Who is hurt begins to fall and stands up again; who
 * dies falls.
 */
export const ACTIONS: Readonly<Record<CharacterAction, ActionFacts>> = {
  idle: { fps: 2, loop: true },
  walk: { fps: 10, loop: true },
  run: { fps: 12.5, loop: true },
  jump: { fps: 10, loop: false },
  attack: { fps: 12.5, loop: false },
  hurt: { frames: [0, 1, 2, 1], fps: 10, loop: false },
  die: { motion: "hurt", fps: 10, loop: false },
  cast: { motion: "spellcast", fps: 10, loop: false },
  slash: { fps: 12.5, loop: false },
  thrust: { fps: 12.5, loop: false },
  shoot: { fps: 12.5, loop: false },
  climb: { fps: 10, loop: true },
  combat_idle: { fps: 2, loop: true },
};

/** The name of an action in the wardrobe. */
export function motionOf(action: CharacterAction): string {
  return ACTIONS[action].motion ?? action;
}
