/** Nouns whose form in -s is no plural, and plurals that spelling does not tell. */
const IRREGULAR: Readonly<Record<string, string>> = {
  men: "man",
  women: "woman",
  children: "child",
  people: "person",
  mice: "mouse",
  feet: "foot",
  teeth: "tooth",
  geese: "goose",
  knives: "knife",
  wolves: "wolf",
  leaves: "leaf",
  loaves: "loaf",
  elves: "elf",
  dwarves: "dwarf",
  shelves: "shelf",
  bookshelves: "bookshelf",
  halves: "half",
  scarves: "scarf",
  thieves: "thief",
  wives: "wife",
  dice: "die",
  cacti: "cactus",
  fungi: "fungus",
  axes: "axe",
  shoes: "shoe",
  hoes: "hoe",
  toes: "toe",
  pies: "pie",
  cookies: "cookie",
  zombies: "zombie",
  genies: "genie",
  movies: "movie",
  brownies: "brownie",
  canoes: "canoe",
  gas: "gas",
  lens: "lens",
  glasses: "glasses",
  pants: "pants",
  jeans: "jeans",
  news: "news",
  series: "series",
  species: "species",
  chess: "chess",
  christmas: "christmas",
  atlas: "atlas",
  cyclops: "cyclops",
  armour: "armor",
  grey: "gray",
};

/** The singular of an English noun, by its spelling; words that have none come back as they are. */
export function singularOf(word: string): string {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word] ?? word;
  if (word.length < 4 || /(?:ss|us|is)$/.test(word) || !word.endsWith("s")) return word;
  if (/(?:ch|sh|x|ss|zz|to)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("ies") && word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
