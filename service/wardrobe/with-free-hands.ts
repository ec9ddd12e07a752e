import { ITEMS_BY_NAME } from "./items.ts";
import type { Outfit } from "./outfit.ts";
import { readCharacter } from "./read-character.ts";

const WEAPON_SLOTS = new Set(["weapon", "ammo"]);

/** Takes the weapon that only the role gives, so that a hand is free for what the prompt names. */
export function withFreeHands(outfit: Outfit, prompt: string): Outfit {
  const { items } = readCharacter(prompt);
  const isArmed = items.some(({ name }) => ITEMS_BY_NAME.get(name)?.some(({ zone }) => zone === "weapon"));
  if (isArmed) return outfit;
  const parts = outfit.parts.filter(({ part }) => !WEAPON_SLOTS.has(part.split("/")[0] ?? ""));
  return { ...outfit, parts };
}
