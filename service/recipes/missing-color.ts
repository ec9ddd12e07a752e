import { toOklab } from "../pixel/oklab.ts";
import { parseHex } from "../pixel/parse-hex.ts";
import { COLOR_WORDS } from "../words/color-words.ts";
import { meaningfulWords, normalizePrompt } from "../words/prompt-words.ts";

/** OKLab distance from which a palette has nothing that a color word could mean. */
const FAR = 0.1;

/**
 * Finds a color word of a prompt that no color of a palette comes near, or null. Shades count for words of a hue;
 * for gray, black and white their lightness counts as well.
 */
export function missingColor(prompt: string, palette: readonly string[]): string | null {
  const labs = palette.map((color) => toOklab(parseHex(color)));
  const isMissing = (word: string): boolean => {
    const tint = Object.hasOwn(COLOR_WORDS, word) ? COLOR_WORDS[word] : undefined;
    if (!tint) return false;
    const { hue, chroma, lightness } = tint;
    const [a, b] = hue === null ? [0, 0] : [chroma * Math.cos(hue), chroma * Math.sin(hue)];
    return labs.every((lab) => Math.hypot(lab.a - a, lab.b - b, hue === null ? lab.l - lightness : 0) > FAR);
  };
  return meaningfulWords(normalizePrompt(prompt)).find(isMissing) ?? null;
}
