/** Warns of words that nothing shows. */
export function sayUnmet(words: readonly string[]): string[] {
  return words.length > 0 ? [`Nothing shows ${words.join(", ")}.`] : [];
}
