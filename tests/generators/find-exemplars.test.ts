import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { indexLibrary, type LibraryRow } from "../../service/generators/embedded/exemplar-library.ts";
import { findExemplars, rankExemplars } from "../../service/generators/embedded/find-exemplars.ts";
import { parsePrompt } from "../../service/words/parse-prompt.ts";

const rows = readFileSync(new URL("../../models/embedded-v1/exemplars/index.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as LibraryRow);
const library = indexLibrary(rows);

function ask(prompt: string, options: { kind?: string; seed?: number; license?: "CC0-1.0" | null } = {}) {
  const thing = parsePrompt(prompt).things[0]!;
  return { thing, kind: "sprite", size: 32, seed: 0, license: null, ...options };
}
const find = (prompt: string, options = {}) => findExemplars(library, ask(prompt, options));
const chosen = (prompt: string, options = {}) => find(prompt, options).main?.row;

test.each([
  ["old wizard with a long white beard and a staff", /wizard$/],
  ["elf archer with a green hood", /archer|ranger/],
  ["knight in silver armor with a red cape", /knight$/],
  ["health potion, red", /potion$/],
  ["pizza slice", /^pizza/],
  ["slice of pizza", /^pizza/],
  ["wooden sign post", /sign/],
  ["fishing rod", /^fishing rod$/],
  ["pumpkin lantern", /^jack.o.lantern$/],
  ["green slime enemy", /^slime$/],
  ["small cottage with a red roof", /house|cottage/],
  ["giant spider boss", /spider/],
  ["samurai with a katana", /samurai$/],
  ["wolf howling", /^wolf$/],
  ["ice dragon", /dragon$/],
  ["pine tree covered in snow", /pine tree/],
  ["cactus with a pink flower", /cactus$/],
  ["penguin wearing a scarf", /^penguin$/],
  ["chest full of coins", /chest$/],
  ["open treasure chest", /^open.*treasure chest$/],
  ["black and white cat", /cat$/],
  ["the king's crown", /^crown$/],
  ["skeleton warrior with a sword and a shield", /^skeleton warrior$/],
  ["glass of red wine", /^wine glass$/],
  ["cup of coffee", /^coffee cup$/],
  ["birthday cake with candles", /^birthday cake$/],
  ["dead tree with a crow", /^dead tree$/],
  ["fish", /fish$/],
  ["estoc", /sword$/],
  ["fire truck", /^fire (?:truck|engine)$/],
])("%j is drawn from a row named like %s, whatever the seed", (prompt, name) => {
  for (const seed of [0, 1, 2]) expect(chosen(prompt, { seed })?.name).toMatch(name);
});

test("what only has the thing in its name is not the thing", () => {
  for (const prompt of ["wizard", "knight", "archer", "witch"]) {
    for (const { row } of rankExemplars(library, ask(prompt)))
      expect(row.name).not.toMatch(/hat$|armor$|statue$/);
  }
});

test("people, animals and monsters are whole figures, faces only where one is asked for", () => {
  for (const prompt of ["cat", "vampire", "old man", "wolf", "robot"]) {
    expect(chosen(prompt)?.figure, prompt).not.toBe("face");
    expect(chosen(prompt)?.kind, prompt).not.toBe("portrait");
  }
  expect(chosen("cat face")?.figure).toBe("face");
});

test("a drawing in the asked color comes before others, and the color is asked in any case", () => {
  const { main, askedColors } = find("blue potion");
  expect(main?.row.colors).toContain("blue");
  expect(askedColors).toEqual(["blue"]);
  expect(find("ice dragon").askedColors).toEqual(["light azure", "white"]);
});

test("neighboring seeds get different drawings, equal seeds the same", () => {
  const ids = [0, 1, 2, 3].map((seed) => chosen("potion", { seed })?.id);
  expect(new Set(ids).size).toBe(4);
  expect(chosen("potion", { seed: 4_294_967_295 })?.id).toBe(chosen("potion", { seed: 4_294_967_295 })?.id);
});

test("under a license only its rows are chosen", () => {
  for (const prompt of ["sword", "dragon", "apple"]) {
    for (const { row } of rankExemplars(library, ask(prompt, { license: "CC0-1.0" })))
      expect(row.license).toBe("CC0-1.0");
  }
});

test("parts come with a drawing of their own unless they are shown; what stays unmet is said", () => {
  const scarf = find("penguin wearing a scarf");
  expect(scarf.parts.map(({ row, alreadyShown }) => [row?.row.name, alreadyShown])).toEqual([
    ["scarf", false],
  ]);
  expect(scarf.unmetWords).toEqual([]);
  expect(find("cup of coffee").parts[0]?.alreadyShown).toBe(true);
  expect(find("wolf howling").unmetWords).toEqual(["howling"]);
  expect(find("qwertz").main).toBeNull();
  expect(find("qwertz with a hat").unmetWords).toContain("qwertz");
});
