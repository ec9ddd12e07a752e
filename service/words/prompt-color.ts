import type { Tint } from "../pixel/tint.ts";
import { COLOR_WORDS } from "./color-words.ts";
import { headNoun, meaningfulWords, normalizePrompt } from "./prompt-words.ts";

/**
 * Finds the color that a prompt gives its subject: the last color word before the head noun ("red
 * dragon", not "wizard in a blue robe"). Null if there is none.
 */
export function promptTint(prompt: string): Tint | null {
  const head = headNoun(prompt);
  const words = meaningfulWords(normalizePrompt(prompt));
  const before = words.slice(0, head === null ? 0 : words.indexOf(head));
  const named = before.findLast((word) => Object.hasOwn(COLOR_WORDS, word));
  return named === undefined ? null : (COLOR_WORDS[named] ?? null);
}
