import { COLOR_WORDS } from "./color-words.ts";

/** What the descriptive part of a phrase starts with: the head noun is before it. */
const PHRASE_END =
  /,|;|\.|\b(?:with|in|on|of|at|from|under|over|near|by|for|and|or|holding|wearing|carrying|riding|made|that|which|whose|who|inside|full|filled|covered)\b/;
/** "pixel art of a ...": says how, not what. */
const MEDIUM =
  /^(?:(?:a|an|the)\s+)?(?:(?:tiny|small|cute|detailed|simple)\s+)?(?:pixel[ -]?art(?:\s+(?:sprite|icon|tile|image|picture|drawing))?|sprite|icon|picture|image|drawing)\s+of\s+/;
const MEDIUM_WORDS = /\bpixel[ -]?art\b/g;
/** "pair of boots": the subject is what is counted. */
const MEASURE = /\b(?:pair|pile|heap|stack|set|bunch|group|piece|loaf|slice|handful|lot)s? of /g;
/** Words for the form of a picture; the subject comes before them ("grass tile"). */
const FORM_WORDS = new Set([
  "tile",
  "tiles",
  "icon",
  "icons",
  "sprite",
  "sprites",
  "texture",
  "textures",
  "block",
]);
const STOP_WORDS = new Set([
  "a",
  "an",
  "the",
  "some",
  "one",
  "of",
  "and",
  "with",
  "in",
  "on",
  "its",
  "his",
  "her",
  "very",
]);

/** Rewrites a prompt like the training captions: lowercase, no hyphens, no articles. */
export function normalizePrompt(prompt: string): string {
  return prompt
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[-_]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(MEDIUM, "")
    .replace(MEDIUM_WORDS, " ")
    .replace(/\b(?:a|an|the)\s+/g, "")
    .replace(/\s+/g, " ")
    .replace(/\s+,/g, ",")
    .replace(/^[\s,]+|[\s,]+$/g, "");
}

/** Splits text into lowercase words of letters and digits; numbers and punctuation are left out. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}[\p{L}\p{N}']*/gu) ?? [];
}

/** Splits text into the words that carry its meaning (no articles, no prepositions). */
export function meaningfulWords(text: string): string[] {
  return wordsOf(text).filter((word) => !STOP_WORDS.has(word));
}

/**
 * Finds the subject of a prompt: the last word of its first noun phrase, before the first comma
 * or preposition; in "X of Y" that is X, but Y in "pair of Y". Form words ("tile", "icon") do not
 * count. Null if there is none.
 */
export function headNoun(prompt: string): string | null {
  const phrases = normalizePrompt(prompt).replace(MEASURE, "").split(PHRASE_END);
  for (const phrase of phrases) {
    const words = meaningfulWords(phrase);
    // "black and white cat": the first phrase is a color of the thing that the next one names.
    if (words.every((word) => Object.hasOwn(COLOR_WORDS, word)) && phrase !== phrases.at(-1)) continue;
    const things = words.filter((word) => !FORM_WORDS.has(word));
    const head = things.at(-1) ?? words.at(-1);
    if (head !== undefined) return head;
  }
  return null;
}

/** Whether two words are the same noun, singular or plural ("boots" and "boot", "knives" and "knife"). */
export function sameNoun(a: string, b: string): boolean {
  if (a === b) return true;
  const forms = new Set(singularForms(a));
  return singularForms(b).some((form) => forms.has(form));
}

/** Lists what a word may be in the singular, including itself: English spelling does not decide it. */
export function singularForms(word: string): string[] {
  const forms = [word];
  if (word.length < 4 || /(?:ss|us|is)$/.test(word) || !word.endsWith("s")) return forms;
  forms.push(word.slice(0, -1));
  if (word.endsWith("es")) forms.push(word.slice(0, -2));
  if (word.endsWith("ies")) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith("ves")) forms.push(`${word.slice(0, -3)}f`, `${word.slice(0, -3)}fe`);
  return forms;
}
