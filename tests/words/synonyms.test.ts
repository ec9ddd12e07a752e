import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { headNoun, sameNoun, wordsOf } from "../../service/words/prompt-words.ts";
import { otherName } from "../../service/words/synonyms.ts";

const captions = readFileSync(new URL("../../models/embedded-v1/exemplars.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => wordsOf(JSON.parse(line).caption));
const isDrawn = (noun: string) => captions.some((words) => words.some((word) => sameNoun(word, noun)));

test("the thing of a prompt is said with the name that it is drawn under, its other words stay", () => {
  expect(otherName("a rusty pickaxe with a wooden handle")).toBe("rusty pick with wooden handle");
  expect(otherName("two kittens")).toBe("two cat");
  expect(otherName("red dragon")).toBeNull();
  expect(otherName("")).toBeNull();
});

test.each([
  ...["pickaxe", "hero", "javelin", "elixir", "stew", "cottage", "kitten", "jewel", "lettuce", "signpost"],
])("nothing is drawn under the name %s, but something under the other one", (name) => {
  expect(isDrawn(name)).toBe(false);
  expect(isDrawn(headNoun(otherName(name)!)!)).toBe(true);
});
