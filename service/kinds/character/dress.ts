import { describeValue, invalidParameter } from "../../../shared/errors.ts";
import { type DressedCharacter, outfitOf } from "../../wardrobe/outfit-of.ts";
import type { PartList } from "../../wardrobe/part-list.ts";
import { ADJECTIVES, STATE_WORDS } from "../../words/describing-words.ts";

/**
 * Dresses who a prompt names; null if it names nobody whom the wardrobe can dress. Throws `invalid-request` if `strict`
 * and the prompt names things or colors that nothing shows: words that only say how somebody is do not count.
 */
export function dress(
  prompt: string,
  { index, seed, strict }: { index: PartList; seed: number; strict: boolean },
): (DressedCharacter & { role: string }) | null {
  const { role, ...dressed } = outfitOf(prompt, { seed, index });
  if (role === null) return null;
  const missed = dressed.unmetWords.filter(isNamed);
  if (strict && missed.length > 0)
    throw invalidParameter("prompt", describeValue(missed.join(", ")), "what the wardrobe can show (strict)");
  return { ...dressed, role };
}

/** Whether a word names a thing or a color, rather than says how something is. */
function isNamed(word: string): boolean {
  return !ADJECTIVES.has(word) && !STATE_WORDS.has(word);
}
