import { expect, test } from "vitest";
import { isDressed } from "../../service/wardrobe/dressed-person.ts";

test.each([
  "knight",
  "old wizard with a long white beard and a staff",
  "elf archer with a green hood",
  "zombie pirate",
  "zombie in a blue shirt",
  "troll with a club",
  "portrait of a king",
  "green goblin",
  "a woman with red hair",
])("%s: is dressed by the wardrobe", (prompt) => {
  expect(isDressed(prompt)).toBe(true);
});

test.each([
  "the king's crown",
  "wizard hat",
  "pirate ship",
  "knight statue",
  "black and white cat",
  "giant rat",
  "mermaid with red hair",
  "robot",
  "gingerbread man",
  "snow man",
  "zombie",
  "troll",
  "red dragon",
  "",
])("%s: is drawn, not dressed", (prompt) => {
  expect(isDressed(prompt)).toBe(false);
});
