import { ITEMS_BY_NAME } from "./items.ts";
import type { Outfit } from "./outfit.ts";
import { readCharacter } from "./read-character.ts";

const WEAPONS = new Set(["weapon", "ammo"]);
const HELD = new Set([...WEAPONS, "shield"]);

/** Takes the weapon that only the role gives, so that a hand is free for what the prompt names. */
export function withFreeHands(outfit: Outfit, prompt: string): Outfit {
  const { items } = readCharacter(prompt);
  const isArmed = items.some(({ name }) => ITEMS_BY_NAME.get(name)?.some(({ zone }) => zone === "weapon"));
  return isArmed ? outfit : without(outfit, WEAPONS);
}

/** Takes weapons and shield from an outfit. */
export function withoutWeapons(outfit: Outfit): Outfit {
  return without(outfit, HELD);
}

function without(outfit: Outfit, slots: ReadonlySet<string>): Outfit {
  return { ...outfit, parts: outfit.parts.filter(({ part }) => !slots.has(part.split("/")[0] ?? "")) };
}
