import { COLOR_WORDS } from "./color-words.ts";

/**
 * What things are made of or filled with, and the colors (words of COLOR_WORDS, the main one first) that such a word
 * asks for: an ice dragon is light blue, a fire sword orange and red. An empty list: the word alone says no color.
 */
const MATERIALS: Readonly<Record<string, readonly string[]>> = {
  wood: ["brown"],
  wooden: ["wooden"],
  oak: ["brown"],
  birch: ["tan"],
  bamboo: ["green"],
  iron: ["iron"],
  steel: ["steel"],
  metal: ["steel"],
  metallic: ["steel"],
  silver: ["silver"],
  gold: ["gold"],
  golden: ["golden"],
  bronze: ["bronze"],
  copper: ["copper"],
  brass: ["gold"],
  platinum: ["silver"],
  mithril: ["light cyan"],
  adamantine: ["dark teal"],
  adamantite: ["dark teal"],
  stone: ["gray"],
  rock: ["gray"],
  cobblestone: ["gray"],
  brick: ["dark red"],
  marble: ["white"],
  granite: ["gray"],
  obsidian: ["black"],
  clay: ["copper"],
  mud: ["brown"],
  dirt: ["brown"],
  earth: ["brown"],
  sand: ["tan"],
  bone: ["white"],
  ivory: ["white"],
  glass: [],
  crystal: ["cyan"],
  diamond: ["light cyan"],
  ruby: ["red"],
  sapphire: ["blue"],
  amethyst: ["purple"],
  topaz: ["gold"],
  jade: ["green"],
  emerald: ["emerald"],
  leather: ["brown"],
  cloth: [],
  silk: [],
  wool: [],
  paper: [],
  straw: ["gold"],
  plastic: [],
  rubber: [],
  moss: ["green"],
  mossy: ["green"],
  ice: ["light azure", "white"],
  icy: ["light azure", "white"],
  frost: ["light azure", "white"],
  frozen: ["light azure", "white"],
  snow: ["white"],
  snowy: ["white"],
  fire: ["orange", "red"],
  flame: ["orange", "red"],
  flaming: ["orange", "red"],
  fiery: ["orange", "red"],
  burning: ["orange", "red"],
  lava: ["orange", "dark red"],
  magma: ["orange", "dark red"],
  water: ["blue"],
  poison: ["green"],
  poisonous: ["green"],
  toxic: ["green"],
  acid: ["lime"],
  lightning: ["yellow"],
  thunder: ["yellow"],
  electric: ["yellow"],
  shadow: ["black", "purple"],
  dark: ["black", "purple"],
  void: ["black", "purple"],
  holy: ["white", "gold"],
  blood: ["crimson"],
  bloody: ["crimson"],
  nature: ["green"],
  mana: ["blue"],
  health: ["red"],
  healing: ["red"],
  stamina: ["green"],
  rainbow: [],
};

/** Elements and contents that color only what they are said of in a name ("fire dragon"), never on their own. */
const POTIONS = new Set(["mana", "health", "healing", "stamina", "nature"]);
/** What such a word colors: a health bar or potion is red, a healing spell need not be. */
const COLORED_BY_CONTENT = new Set(["potion", "elixir", "bar", "flask", "vial"]);

/** Whether a word says what a thing is made of. */
export function isMaterial(word: string): boolean {
  return Object.hasOwn(MATERIALS, word) && !POTIONS.has(word);
}

/** Colors that a word implies for a thing, the main one first: words as in `PromptThing.colors`. */
export function impliedColors(word: string, head: string | null): readonly string[] {
  if (POTIONS.has(word) && (head === null || !COLORED_BY_CONTENT.has(head))) return [];
  return Object.hasOwn(MATERIALS, word) ? (MATERIALS[word] ?? []) : [];
}

/** Colors by names that COLOR_WORDS does not hold, each said with one that it does. */
const OTHER_COLOR_NAMES: Readonly<Record<string, string>> = {
  scarlet: "red",
  maroon: "dark red",
  burgundy: "dark red",
  ginger: "orange",
  amber: "orange",
  blonde: "light gold",
  blond: "light gold",
  beige: "light tan",
  cream: "light tan",
  turquoise: "cyan",
  aqua: "cyan",
  navy: "dark blue",
  lavender: "light violet",
  lilac: "light violet",
  fuchsia: "magenta",
  colorless: "white",
  grey: "gray",
};
export const SHADES = new Set(["light", "dark", "pale", "bright", "deep"]);

/** The color that a word names, as a word of COLOR_WORDS with or without "light" or "dark"; null if it names none. */
export function colorName(word: string): string | null {
  if (Object.hasOwn(OTHER_COLOR_NAMES, word)) return OTHER_COLOR_NAMES[word] ?? null;
  return Object.hasOwn(COLOR_WORDS, word) ? word : null;
}
