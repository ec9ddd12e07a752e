import fc from "fast-check";
import { expect, test } from "vitest";
import { colorTint } from "../../service/words/color-tint.ts";
import { lackingParts } from "../../service/words/lacking-parts.ts";
import { type PromptThing, parsePrompt } from "../../service/words/parse-prompt.ts";

/** A thing in short: name, then what is bound to it, then its parts. */
function brief({ name, colors, materials, states, modifiers, parts }: PromptThing): string {
  const said = [name.join(" "), ...colors, ...materials, ...states, ...modifiers].join(" ");
  return [said, ...parts.map(({ relation, thing }) => `(${relation} ${brief(thing)})`)].join(" ");
}

test.each([
  ["old wizard with a long white beard and a staff", "wizard old (with beard white long) (with staff)"],
  ["elf archer with a green hood", "elf archer (with hood green)"],
  ["knight in silver armor with a red cape", "knight (wearing armor silver) (with cape red)"],
  ["health potion, red", "health potion red"],
  ["sword, rusty", "sword rusty"],
  ["portrait of an old man with a white beard", "man old (with beard white)"],
  ["a portrait", "portrait"],
  ["pizza slice", "pizza slice"],
  ["slice of pizza", "pizza slice"],
  ["pair of boots", "boots"],
  ["chest full of coins", "chest full (full of coins)"],
  ["cup of coffee", "cup (full of coffee)"],
  ["cactus with a pink flower", "cactus (with flower pink)"],
  ["penguin wearing a scarf", "penguin (wearing scarf)"],
  ["pine tree covered in snow", "pine tree (covered in snow)"],
  ["small cottage with a red roof", "cottage small (with roof red)"],
  ["map with a red X", "map (with x red)"],
  ["open treasure chest", "treasure chest open"],
  ["campfire, lit", "campfire lit"],
  ["glass bottle half full of blue liquid", "bottle glass half full (full of liquid blue)"],
  ["black and white cat", "cat black white"],
  ["a sword and a shield", "sword | shield"],
  ["potion, sword, shield, coin", "potion | sword | shield | coin"],
  ["bow and arrow", "bow arrow"],
  ["the king's crown", "crown king"],
  ["ice dragon", "dragon ice"],
  ["giant spider boss", "spider giant boss"],
  ["green slime enemy", "slime green enemy"],
  ["red-haired girl", "girl (with hair red)"],
  ["wizard, long white beard, staff", "wizard (with beard white long) (with staff)"],
  ["knight in blue", "knight blue"],
  ["chest made of gold", "chest gold"],
  ["sword in a stone", "sword (in stone)"],
  ["half-eaten apple", "apple half eaten"],
  ["light blue potion", "potion light blue"],
  ["wolf howling", "wolf howling"],
  ["gold", "gold"],
  ["orange", "orange"],
  ["fish", "fish"],
])("%j asks for %j", (prompt, expected) => {
  expect(parsePrompt(prompt).things.map(brief).join(" | ")).toBe(expected);
});

test("the head noun is singular, and of two nouns that are one thing the first", () => {
  const head = (prompt: string) => parsePrompt(prompt).things[0]?.head;
  expect(head("pair of boots")).toBe("boot");
  expect(head("two wolves")).toBe("wolf");
  expect(head("bow and arrow")).toBe("bow");
});

test("how the picture is made is set aside and names nothing", () => {
  const { things, manner } = parsePrompt("pixel art of a cute dog, 16x16, top-down, white background");
  expect(things.map(brief)).toEqual(["dog cute"]);
  expect([...manner].sort()).toEqual(["16x16", "pixel art", "top down", "white background"]);
  expect(parsePrompt("icon").things.map(brief)).toEqual(["icon"]);
});

test("words of other languages name a thing, and a prompt without words names none", () => {
  expect(parsePrompt("日本語の剣").things).toHaveLength(1);
  expect(parsePrompt("Schwert").things[0]?.head).toBe("schwert");
  for (const empty of ["", "  ,;. ", "!!! §§", "of the with"]) expect(parsePrompt(empty).things).toEqual([]);
});

test("a color of a parsed prompt has a tint, light and dark ones too", () => {
  expect(colorTint("light blue")!.lightness).toBeGreaterThan(colorTint("blue")!.lightness);
  expect(colorTint("dark green")!.lightness).toBeLessThan(colorTint("green")!.lightness);
  expect(colorTint("sword")).toBeNull();
});

test("no text makes it fail", () => {
  const words = fc.constantFrom(
    "with",
    "of",
    "half",
    "full of",
    "red",
    "and",
    ",",
    "sword",
    "'s",
    "§",
    "pair of",
    "in",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.array(words).map((said) => said.join(" ")),
      ),
      (prompt) => {
        for (const thing of parsePrompt(prompt).things)
          expect(thing.words.length + thing.parts.length).toBeGreaterThan(0);
      },
    ),
  );
});

test.each([
  ["bard playing a lute", "bard", "lute"],
  ["panda eating bamboo", "panda", "bamboo"],
  ["wizard reading his book", "wizard", "book"],
])("%s: what somebody uses is held", (prompt, head, held) => {
  const [thing] = parsePrompt(prompt).things;
  expect([thing?.head, thing?.parts[0]?.relation, thing?.parts[0]?.thing.head]).toEqual([
    head,
    "holding",
    held,
  ]);
});

test("a man-eating plant is a plant, and a playing card a card", () => {
  expect(parsePrompt("man-eating plant").things[0]?.head).toBe("plant");
  expect(parsePrompt("playing card").things[0]?.head).toBe("card");
});

test("the parts that a drawing lacks are those whose names it does not show", () => {
  const lacks = (prompt: string, unmet: string[]) =>
    lackingParts(prompt, unmet).map(({ relation, thing }) => [relation, thing.head]);
  expect(lacks("pirate captain with a green parrot and a sword", ["green", "parrot"])).toEqual([
    ["with", "parrot"],
  ]);
  expect(lacks("knight riding a horse", ["horse"])).toEqual([["on", "horse"]]);
  expect(lacks("wizard with an owl on his shoulder", ["owl", "shoulder"])).toEqual([["with", "owl"]]);
  expect(lacks("knight with a long sword", ["long"])).toEqual([]);
});
