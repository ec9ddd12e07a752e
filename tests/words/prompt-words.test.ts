import { expect, test } from "vitest";
import { headNoun, normalizePrompt, sameNoun } from "../../service/words/prompt-words.ts";

test.each([
  ["a red potion", "potion"],
  ["a red potion in a bottle", "potion"],
  ["potion of healing", "potion"],
  ["golden sword with a ruby, on a cushion", "sword"],
  ["old man holding a lantern", "man"],
  ["pixel art of a treasure chest", "chest"],
  ["grass tile", "grass"],
  ["fire spell icon", "spell"],
  ["a pair of leather boots", "boots"],
  ["pile of gold coins", "coins"],
  ["bow and arrow", "bow"],
  ["black and white cat", "cat"],
  ["red, round shield", "shield"],
  ["gold", "gold"],
  ["half-elf ranger", "ranger"],
  ["Dragon", "dragon"],
  [", with wings", "wings"],
])("the head noun of %j is %j", (prompt, head) => {
  expect(headNoun(prompt)).toBe(head);
});

test("a prompt without a word has no head noun", () => {
  expect(headNoun("")).toBeNull();
  expect(headNoun("!!! 42, of the")).toBeNull();
});

test("singular and plural are the same noun, and other words are not", () => {
  for (const [a, b] of [
    ["boots", "boot"],
    ["axes", "axe"],
    ["torches", "torch"],
    ["berries", "berry"],
    ["knives", "knife"],
    ["wolves", "wolf"],
    ["swords", "sword"],
  ] as const) {
    expect(sameNoun(a, b), `${a} ${b}`).toBe(true);
    expect(sameNoun(b, a), `${b} ${a}`).toBe(true);
  }
  for (const [a, b] of [
    ["glass", "glas"],
    ["cactus", "cactu"],
    ["sword", "word"],
    ["bat", "bath"],
    ["gas", "ga"],
  ] as const) {
    expect(sameNoun(a, b), `${a} ${b}`).toBe(false);
  }
});

test("a prompt is put into the wording of the captions", () => {
  expect(normalizePrompt("  Pixel art of a Half-Elf_ranger & the  wolf ")).toBe("half elf ranger and wolf");
  expect(normalizePrompt("an anvil, the red one")).toBe("anvil, red one");
  expect(normalizePrompt("a theatre and a banana")).toBe("theatre and banana");
});
