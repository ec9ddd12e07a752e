import {
  ADJECTIVES,
  FORM_WORDS,
  JOINED_NAMES,
  MEASURES,
  PART_ADJECTIVES,
  ROLE_WORDS,
  STATE_WORDS,
} from "./describing-words.ts";
import { colorName, isMaterial, SHADES } from "./material-words.ts";
import type { PromptThing } from "./prompt-parse.ts";
import { singularOf } from "./singular.ts";

type Sort = "color" | "material" | "state" | "modifier" | "name";

/** A noun phrase without relations ("half full blue bottle") as a thing without parts other than "red haired" ones. */
export function readPhrase(tokens: readonly string[]): PromptThing {
  const thing: PromptThing = {
    head: null,
    name: [],
    colors: [],
    materials: [],
    states: [],
    modifiers: [],
    parts: [],
    words: [],
  };
  const rest = takePartAdjectives(dropCounted(tokens), thing);
  thing.words = rest.filter((word) => word !== "and");
  const head = findHead(rest);
  for (const [at, word] of rest.entries()) {
    if (word === "and") continue;
    const shade = SHADES.has(word) && colorName(rest[at + 1] ?? "") !== null && at + 1 !== head;
    if (shade) continue;
    add(thing, word, { sort: at === head ? "name" : sortOf(word, at > head), before: rest[at - 1] });
  }
  // Two nouns that are one thing go by the first: "bow and arrow".
  const named = rest[head - 1] === "and" && isNameOf(rest, head) ? head - 2 : head;
  thing.head = head < 0 ? null : singularOf(rest[named] ?? "");
  return thing;
}

function add(thing: PromptThing, word: string, { sort, before }: { sort: Sort; before: string | undefined }) {
  if (sort === "color") thing.colors.push(shaded(word, before));
  else if (sort === "material") thing.materials.push(word);
  else if (sort === "state") {
    if (before === "half") thing.modifiers.splice(thing.modifiers.indexOf("half"), 1);
    thing.states.push(before === "half" ? `half ${word}` : word);
  } else if (sort === "modifier") thing.modifiers.push(word.replace(/'s?$/, ""));
  else thing.name.push(word);
}

function shaded(word: string, before: string | undefined): string {
  const color = colorName(word) ?? word;
  if (color.includes(" ") || before === undefined || !SHADES.has(before)) return color;
  if (before === "light" || before === "pale") return `light ${color}`;
  return before === "bright" ? color : `dark ${color}`;
}

/** What a word does beside the head noun. After the head only what can follow it keeps its sort. */
function sortOf(word: string, afterHead: boolean): Sort {
  if (colorName(word) !== null && !isMaterial(word)) return "color";
  if (isMaterial(word)) return "material";
  if (STATE_WORDS.has(word)) return "state";
  if (afterHead || word === "half" || MEASURES.has(word) || ADJECTIVES.has(word) || /'s?$/.test(word))
    return "modifier";
  return /(?:ful|ous|less|.{4}ish)$/.test(word) ? "modifier" : "name";
}

/**
 * Index of the head noun: the last word that can be one, before what is said after it ("wolf howling"). Colors,
 * materials and adjectives are heads only if nothing else is there ("gold"). -1 without words or with states alone.
 */
function findHead(words: readonly string[]): number {
  // "wine glass" is a glass, though "glass bottle" is made of it.
  const last = words.findLastIndex(
    (word) => !STATE_WORDS.has(word) && !isForm(word) && !ADJECTIVES.has(word),
  );
  if (isMaterial(words[last] ?? "") && !MATERIAL_ADJECTIVES.test(words[last] ?? "")) return last;
  const plain = words.findLastIndex(
    (word) => sortOf(word, false) === "name" && !isForm(word) && word !== "and",
  );
  if (plain >= 0) return plain;
  for (const sort of ["name", "material", "color", "modifier"] as const) {
    const at = words.findLastIndex((word) => word !== "and" && sortOf(word, false) === sort);
    if (at >= 0) return at;
  }
  return -1;
}

/** Materials that are never a thing by themselves. */
const MATERIAL_ADJECTIVES = /(?:en|ic|y|ing|ous)$|^(?:dark|toxic|holy|gold|silver|steel)$/;
const isNameOf = (rest: readonly string[], head: number) =>
  JOINED_NAMES.has(`${rest[head - 2]} ${rest[head]}`);
const isForm = (word: string) => FORM_WORDS.has(word) || ROLE_WORDS.has(word);

/** "pair of boots" and "boots" name the same thing; a pile or stack stays as a modifier. */
function dropCounted(tokens: readonly string[]): string[] {
  const of = tokens.indexOf("of");
  const measure = singularOf(tokens[of - 1] ?? "");
  if (of < 1 || !MEASURES.has(measure) || of === tokens.length - 1) return [...tokens];
  const kept = /^(?:pair|set|lot|couple|group)$/.test(measure) ? [] : [measure];
  return [...tokens.slice(0, of - 1), ...kept, ...tokens.slice(of + 1)];
}

/** Takes "red haired" out of a phrase and makes it a part: hair, red. */
function takePartAdjectives(tokens: readonly string[], thing: PromptThing): string[] {
  const rest: string[] = [];
  for (const word of tokens) {
    const before = rest.at(-1) ?? "";
    const isPart = Object.hasOwn(PART_ADJECTIVES, word) && colorName(before) !== null;
    const noun = isPart ? PART_ADJECTIVES[word] : undefined;
    if (noun === undefined) {
      rest.push(word);
      continue;
    }
    rest.pop();
    const shade = SHADES.has(rest.at(-1) ?? "") ? [rest.pop() ?? ""] : [];
    thing.parts.push({ relation: "with", thing: readPhrase([...shade, before, noun]) });
  }
  return rest;
}
