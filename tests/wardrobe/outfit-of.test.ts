import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { itemFor } from "../../service/wardrobe/items.ts";
import type { Outfit } from "../../service/wardrobe/outfit.ts";
import { outfitOf } from "../../service/wardrobe/outfit-of.ts";
import { type PartList, partsOfBody } from "../../service/wardrobe/part-list.ts";
import { rampOf } from "../../service/wardrobe/ramp-of.ts";
import { KINDS_BY_NAME, ROLES_BY_NAME } from "../../service/wardrobe/roles.ts";

interface CharacterPrompt {
  prompt: string;
  /** Mention of the prompt -> start of the id of a part that shows it, and the ramp that its color is. */
  shows: Record<string, string>;
  unmet: string[];
}

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
const index: PartList & { ramps: Record<string, string[]> } = read("tests/fixtures/wardrobe-parts.json");
const PROMPTS: CharacterPrompt[] = read("models/character-prompts.json");
const wear = (prompt: string, seed = 1) => outfitOf(prompt, { seed, index });
const idsOf = ({ parts }: Outfit) => parts.map(({ part }) => part);

/** Whether an outfit has a part ("cape/wide") in a ramp ("cloth/red"), or a skin ("skin/red"). */
function shows({ parts, skin }: Outfit, what: string): boolean {
  const [id = "", ramp] = what.split(" ");
  if (id === `skin/${skin}`) return true;
  return parts.some(
    ({ part, colors }) => part.startsWith(id) && (ramp === undefined || Object.values(colors).includes(ramp)),
  );
}

test("the list of character prompts holds sixty", () => {
  expect(new Set(PROMPTS.map(({ prompt }) => prompt)).size).toBe(60);
});

test.each(PROMPTS)(
  "$prompt: every color and item is worn or told, whatever the seed",
  ({ prompt, shows: mentions, unmet }) => {
    for (const seed of [1, 2, 3, 4]) {
      const { outfit, unmetWords } = wear(prompt, seed);
      const missing = Object.keys(mentions).filter((mention) => !shows(outfit, mentions[mention] ?? ""));
      expect({ missing, unmetWords }).toEqual({ missing: [], unmetWords: unmet });
    }
  },
);

describe("what is said is bound to its noun", () => {
  test.each([
    ["knight in blue", "armour/plate cloth/blue"],
    ["green goblin", "skin/green"],
    ["purple goblin", "skin/lavender"],
    ["red skeleton", "body/skeleton cloth/red"],
    ["wizard in a red robe", "hat/magic-celestial cloth/red"],
    ["red hooded thief", "hat/hood-cloth cloth/red"],
    ["blonde girl", "hair/ hair/blonde"],
    ["curly long red hair, woman", "hair/curly-long hair/redhead"],
    ["green-eyed witch", "head/ eye/green"],
    ["dark skinned warrior", "skin/brown_r"],
    ["thief in black and red", "torso/ cloth/black"],
    ["knight with a flaming sword", "weapon/glowsword cloth/orange"],
    ["spartan with a shield", "shield/spartan"],
    ["bearded man in a green tunic", "torso/sleeveless1 cloth/green"],
    ["werewolf with gray fur", "skin/fur_grey"],
    ["king with a steel helmet", "helmet/ metal/steel"],
    ["warrior with brown leather boots", "feet/boots-basic cloth/brown"],
    ["queen in a red and gold kimono", "dress/kimono-trim metal/gold"],
  ])("%s shows %s", (prompt, what) => {
    expect(shows(wear(prompt).outfit, what) ? what : idsOf(wear(prompt).outfit)).toBe(what);
    expect(wear(prompt).unmetWords).toEqual([]);
  });
});

describe("words that find no part are told", () => {
  test.each([
    ["brave knight with a halberd", ["brave", "halberd"]],
    ["cowboy with a red scarf", ["red", "scarf"]],
    ["centaur archer", ["centaur"]],
    ["knight and wizard", ["wizard"]],
    ["robot with red eyes", ["red"]],
    ["knight with a closed helmet and blonde hair", ["blonde", "hair"]],
    ["man with a sword and a bow", ["bow"]],
    ["drow ranger with two swords", ["two"]],
    ["blonde skeleton", ["blonde"]],
    ["necromancer with a skeleton pet", ["skeleton", "pet"]],
    ["Ritter mit rotem Umhang", ["ritter", "mit", "rotem", "umhang"]],
  ])("%s: %j", (prompt, words) => {
    expect(wear(prompt).unmetWords.toSorted()).toEqual(words.toSorted());
  });

  test.each([
    ["egyptian queen", "queen", ["egyptian"]],
    ["town guard captain", "town guard", ["captain"]],
    ["templar knight", "templar", []],
    ["old man, a wizard", "wizard", []],
    ["lizard wizard", "lizard wizard", []],
    ["orc warrior woman", "orc warrior", []],
  ])("%s is a %s", (prompt, role, words) => {
    expect(wear(prompt)).toMatchObject({ role, unmetWords: words });
  });

  test("nobody is a villager without a name", () => {
    expect(wear("dragon")).toMatchObject({ role: null, unmetWords: ["dragon"] });
    expect(idsOf(wear("").outfit)).toContain("body/body");
  });
});

describe("people", () => {
  test.each([
    ["woman", "feminine", "head/human-female"],
    ["old woman", "feminine", "head/human-female-elderly"],
    ["man", "masculine", "head/human-male"],
    ["elderly king", "masculine", "head/human-male-elderly"],
    ["female knight", "feminine", "head/human-female"],
    ["she is a pirate", "feminine", "head/human-female"],
    ["skeleton queen", "skeleton", "head/skeleton"],
    ["zombie nurse", "zombie", "head/human-female"],
    ["orc woman", "feminine", "head/orc-female"],
  ])("%s has a %s body and the head %s", (prompt, body, head) => {
    const { outfit } = wear(prompt);
    expect(outfit.body).toBe(body);
    expect(idsOf(outfit)).toContain(head);
  });

  test.each([
    ["bald monk", "hair/"],
    ["knight without a helmet", "helmet/"],
    ["king with no beard", "beard/"],
    ["barefoot peasant", "feet/"],
    ["unarmed guard", "weapon/"],
  ])("%s wears nothing of %s", (prompt, slot) => {
    expect(idsOf(wear(prompt).outfit).filter((id) => id.startsWith(slot))).toEqual([]);
    expect(wear(prompt).unmetWords).toEqual([]);
  });

  test("women have no beards of a role, and a torso that is covered", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const ids = idsOf(wear("female barbarian", seed).outfit).join(" ");
      expect(ids).not.toContain("beard/");
      expect(ids).toMatch(/torso|armour|dress|robe/);
    }
  });
});

describe("seeds", () => {
  test("ten villagers differ", () => {
    const outfits = Array.from({ length: 10 }, (_, seed) => JSON.stringify(wear("villager", seed).outfit));
    expect(new Set(outfits).size).toBe(10);
  });

  test("every knight has plates, a closed helmet and a longsword", () => {
    for (let seed = 0; seed < 10; seed++) {
      const ids = idsOf(wear("knight", seed).outfit).join(" ");
      expect(ids).toMatch(/armour\/plate.*helmet\/armet.*weapon\/longsword/);
    }
  });

  test("one more word changes nothing but what it says", () => {
    const red = wear("knight with a red cape", 7).outfit;
    const blue = wear("knight with a blue cape", 7).outfit;
    const rest = ({ parts, ...whole }: Outfit) => [
      whole,
      parts.filter(({ part }) => !/^cape|^neck/.test(part)),
    ];
    expect(rest(blue)).toEqual(rest(red));
    expect(blue).not.toEqual(red);
  });

  test("the same request gives the same outfit", () => {
    expect(wear("ranger", 3)).toEqual(wear("ranger", 3));
  });
});

describe("tables", () => {
  const everybody = [...new Set([...ROLES_BY_NAME.values(), ...KINDS_BY_NAME.values()])];

  test("there are at least eighty roles", () => {
    expect(new Set(ROLES_BY_NAME.values()).size).toBeGreaterThanOrEqual(80);
  });

  test.each(everybody)(
    "$name is dressed in parts and ramps that there are, with no word unmet",
    ({ name }) => {
      for (const seed of [1, 2, 3]) {
        const { outfit, role, unmetWords } = wear(name, seed);
        expect({ role, unmetWords }).toEqual({ role: expect.any(String), unmetWords: [] });
        expect(index.ramps.skin).toContain(outfit.skin);
        const body = partsOfBody(index, outfit.body);
        for (const { part, colors } of outfit.parts) {
          expect(body.has(part) ? part : `${part} on ${outfit.body}`).toBe(part);
          for (const [material, ramp] of Object.entries(colors)) {
            const [family = "", color = ""] = ramp.split("/");
            expect(body.materialsOf(part)).toContain(material);
            expect(index.ramps[family]).toContain(color);
          }
        }
      }
    },
  );

  test("all that roles wear is an item or a word for bare skin", () => {
    const masculine = partsOfBody(index, "masculine");
    const feminine = partsOfBody(index, "feminine");
    const kinds = [...KINDS_BY_NAME.values()];
    const names = [...everybody.flatMap(({ worn }) => worn), ...kinds.flatMap(({ grown }) => grown)];
    const unknown = names
      .flatMap((worn) => worn.names)
      .filter((name) => !/^(?:any hair|bald|barefoot|bare (?:chest|legs))$/.test(name))
      .filter((name) => !itemFor(name, masculine) && !itemFor(name, feminine));
    expect([...new Set(unknown)]).toEqual([]);
  });

  test("all colors of roles have ramps", () => {
    const colors = everybody.flatMap(({ main, worn }) => [...main, ...worn.flatMap((one) => one.colors)]);
    const words = new Set(colors.flatMap((color) => color.split("+")).filter((color) => color !== "~"));
    expect(
      [...words].filter((word) => rampOf(word, "cloth") === null && rampOf(word, "hair") === null),
    ).toEqual([]);
  });
});

test("any text dresses somebody", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.nat(), (prompt, seed) => {
      expect(wear(prompt, seed).outfit.parts.length).toBeGreaterThan(2);
    }),
    { numRuns: 60 },
  );
});
