import { headNoun, normalizePrompt, singularForms } from "./prompt-words.ts";

/**
 * Names that players use for things which the licensed drawings call something else, in the singular. Only names that
 * no drawing has: a drawing with the requested name itself is always closer.
 */
const SYNONYMS: Readonly<Record<string, string>> = {
  pickaxe: "pick",
  javelin: "spear",
  tnt: "dynamite",
  lightsaber: "light sabers",
  armour: "armor",
  cuirass: "breastplate",
  chestplate: "breastplate",
  tunic: "shirt",
  locket: "gem pendant",
  diadem: "crown",
  pouch: "purse",
  satchel: "backpack",
  loot: "treasure chest",
  coffer: "treasure chest",
  casket: "coffin",
  gemstone: "gem",
  jewel: "gem",
  elixir: "potion",
  sphere: "crystal ball",
  idol: "statue",
  signpost: "direction sign",
  staircase: "stairs",
  cottage: "house",
  cabin: "house",
  refrigerator: "fridge",
  hero: "superhero",
  villain: "supervillain",
  specter: "ghost",
  kitten: "cat",
  kitty: "cat",
  puppy: "dog",
  piglet: "pig",
  hedge: "bush",
  shrub: "bush",
  sapling: "seedling",
  willow: "tree",
  lettuce: "leafy green",
  drumstick: "poultry leg",
  clam: "oyster",
  soup: "pot of food",
  stew: "pot of food",
  icecream: "ice cream",
  ale: "beer mug",
  mead: "beer mug",
  rum: "tumbler glass",
  whiskey: "tumbler glass",
};

/** Rewrites a prompt with another name for its subject ("old pickaxe" -> "old pick"); null if there is none. */
export function otherName(prompt: string): string | null {
  const head = headNoun(prompt);
  if (head === null) return null;
  const known = singularForms(head).find((form) => Object.hasOwn(SYNONYMS, form));
  const other = known === undefined ? undefined : SYNONYMS[known];
  return other === undefined ? null : normalizePrompt(prompt).replace(head, () => other);
}
