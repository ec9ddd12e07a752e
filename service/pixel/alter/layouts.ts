import { isLeaf, isSkin, isWood } from "./color-match.ts";
import type { Part } from "./split-parts.ts";

/** Weights of parts when the color of a thing is looked for: the part with the most weighted pixels carries it. */
export type Weigh = (part: Part) => number;

const isColored = ({ ramp }: Part): boolean => ramp.kind === "color";

const LAYOUTS: readonly { words: RegExp; weigh: Weigh }[] = [
  {
    // The liquid carries the color, not glass or cork.
    words: /\b(potion|bottle|vial|flask|elixir|phial|beaker|jar|drink|beer|juice|wine|soda|coffee|tea)s?\b/,
    weigh: (part) => {
      if (!isColored(part)) return part.vertical === "top" ? 0.05 : 0.15;
      const isGlass = part.ramp.mean.l > 0.78 && part.ramp.mean.c < 0.08;
      return (isGlass ? 0.3 : 1) * (part.vertical !== "top" ? 1 : isWood(part.mean) ? 0.05 : 0.2);
    },
  },
  {
    words:
      /\b(flower|rose|tulip|daisy|lily|orchid|poppy|blossom|berry|apple|cherry|strawberry|pepper|tomato|pumpkin|fruit|radish|turnip|carrot|grape|orange|pear|plum)(e?s)?\b/,
    weigh: (part) =>
      (isColored(part) ? 1 : 0.5) * (isLeaf(part.mean) ? 0.2 : 1) * (isWood(part.mean) ? 0.3 : 1),
  },
  {
    words: /\b(mushroom|toadstool|fungus)s?\b/,
    weigh: (part) =>
      (isColored(part) ? 1 : 0.5) * (part.vertical === "top" ? 2 : part.vertical === "middle" ? 1 : 0.3),
  },
  {
    words: /\b(tree|bush|plant|shrub|palm|pine|oak|cactus)(es|s)?\b/,
    weigh: (part) => (isColored(part) ? 1 : 0.5) * (isWood(part.mean) ? 0.3 : 1),
  },
  {
    words:
      /\b(person|man|woman|boy|girl|human|humanoid|character|portrait|adventurer|knight|wizard|mage|witch|warlock|sorcerer|priest|monk|king|queen|prince|princess|warrior|soldier|guard|archer|ranger|thief|rogue|ninja|samurai|pirate|elf|dwarf|farmer|merchant|villager|crew|captain|doctor|barbarian|paladin|assassin|hero|heroine|vampire|clown|cleric|druid|bard|hunter)s?\b/,
    weigh: (part) =>
      (isSkin(part.mean) ? 0.12 : 1) *
      (isColored(part) ? (isWood(part.mean) ? 0.6 : 1) : 0.65) *
      (part.vertical === "middle" ? 1.4 : part.vertical === "top" ? 0.55 : 0.9),
  },
  {
    words:
      /\b(weapon|sword|dagger|axe|knife|spear|mace|hammer|blade|katana|scythe|pickaxe|shovel|tool|halberd|trident|scimitar|rapier|saber|lance|hoe|sickle)s?\b/,
    weigh: (part) => (isWood(part.mean) ? 0.4 : 1),
  },
  {
    // Animals and monsters: the body, be it colored or gray.
    words:
      /\b(animal|monster|creature|beast|dragon|slime|cat|dog|wolf|bear|bird|fish|snake|spider|rat|mouse|horse|cow|sheep|pig|chicken|duck|frog|bat|bee|ant|bug|insect|demon|ghost|skeleton|zombie|golem|robot|orc|goblin|troll|ogre|unicorn|rabbit|fox|owl|penguin|crab|turtle|lizard|worm|jelly|undead|mech|butterfly)(e?s)?\b/,
    weigh: () => 1,
  },
];

/** Chooses how parts weigh for a thing, by its head noun first and then by its category. */
export function layoutOf(head: string | null, category: string | null): Weigh {
  for (const text of [head, category]) {
    if (text === null) continue;
    const found = LAYOUTS.find(({ words }) => words.test(text.toLowerCase()));
    if (found !== undefined) return found.weigh;
  }
  return (part) => (isColored(part) ? 1 : 0.55);
}
