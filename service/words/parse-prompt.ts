import {
  ADJECTIVES,
  BODY_PARTS,
  CONTAINERS,
  GARMENTS,
  JOINED_NAMES,
  MANNER_PHRASES,
  MEASURES,
  PORTIONS,
  SOFT_MANNER,
  STATE_WORDS,
} from "./describing-words.ts";
import { colorName, isMaterial } from "./material-words.ts";
import type { PromptParse, PromptThing, Relation } from "./prompt-parse.ts";
import { readPhrase } from "./read-phrase.ts";
import { singularOf } from "./singular.ts";

export type { PromptParse, PromptThing } from "./prompt-parse.ts";

/** Longer prompts are read up to here: what comes later says little and must cost nothing. */
const MOST_CHARACTERS = 1000;
/** Phrases that say how two things belong together, each as one token; longer ones first. */
const RELATIONS: readonly (readonly [RegExp, Relation | "near" | "of" | "without"])[] = [
  [/\b(?:full|filled) (?:of|with)\b/g, "full of"],
  [/\b(?:covered|coated) (?:in|with|by)\b/g, "covered in"],
  [/\bmade (?:out )?(?:of|from)\b/g, "made of"],
  [
    /\b(?:next to|in front of|beside|behind|under|below|near|over|above|between|around|by|at|from|for|through)\b/g,
    "near",
  ],
  [/\b(?:on top of|sitting on|standing on|riding(?: on)?|on)\b/g, "on"],
  [/\b(?:wearing|dressed in|clad in|dressed as)\b/g, "wearing"],
  [/\b(?:holding|carrying|wielding|armed with|swinging)\b/g, "holding"],
  [/\b(?<!\b(?:man|men|flesh|people|human|brain|plant|meat) )(?:eating|drinking) (?=[a-z])/g, "holding"],
  [
    /\b(?:playing|reading|drinking|throwing|raising|lifting|waving|hugging|using|pulling|pushing|stirring|brandishing|bearing|selling|catching|aiming) (?=(?:an?|the|his|her|their|its) )/g,
    "holding",
  ],
  [/\bwithout\b/g, "without"],
  [/\b(?:inside(?: of)?|in)\b/g, "in"],
  [/\b(?:with|has|having)\b/g, "with"],
  [/\bof\b/g, "of"],
];
const MARK = "§";
const REQUEST =
  /^(?:(?:please|can you|could you|draw|make|create|generate|give|show|design|me|us|i|want|need|would like|picture|image|drawing|illustration|sprite|icon|pixel art) +)+(?:of +)?/;

/** Whose portrait it is, is the thing; with nobody named, "portrait" is. */
const PORTRAIT_OF = /^(?:an? |the )?portrait of (?=\S)/;

/** Reads a prompt: what it names, in which colors, of what, with which parts. Never throws; the words need not be English. */
export function parsePrompt(prompt: string): PromptParse {
  const { text, manner } = takeManner(normalize(prompt));
  const segments = text.split(/[,;.!?:()[\]"\n]+/).map((part) => part.trim());
  const things: PromptThing[] = [];
  // "wizard, long white beard, staff": once a part follows a comma, so do the rest.
  let describing = false;
  for (const segment of segments.filter((part) => part !== "")) {
    if (things.length > 0 && SOFT_MANNER.has(segment)) manner.push(segment);
    else describing = addSegment(things, segment, describing);
  }
  return { things: things.filter(({ words, parts }) => words.length > 0 || parts.length > 0), manner };
}

function normalize(prompt: string): string {
  return prompt
    .slice(0, MOST_CHARACTERS)
    .toLowerCase()
    .replaceAll(MARK, " ")
    .replace(/[’`´]/g, "'")
    .replace(/&|\+/g, " and ")
    .replace(/\bsci[- ]?fi\b/g, "scifi")
    .replace(/[-_/]+/g, " ")
    .replace(/\b(?:that|which|who)(?: is| are| has)?\b|\b(?:is|are)\b/g, (said) =>
      said.endsWith("has") ? "with" : "",
    )
    .replace(/[ \t]+/g, " ")
    .trim();
}

/** Sets aside how the picture should be made. A prompt of nothing else keeps its words: "icon" asks for an icon. */
function takeManner(normalized: string): { text: string; manner: string[] } {
  const manner: string[] = [];
  const take = (said: string) => {
    manner.push(said.trim().replace(/^(?:on |in |with )?(?:an? )?| of ?$/g, ""));
    return " ";
  };
  let text = normalized.replace(/\b\d+ ?(?:x|×) ?\d+(?: ?px| pixels?)?\b|\b\d+ ?(?:px|pixels?)\b/g, take);
  for (const phrase of MANNER_PHRASES) {
    if (text.includes(phrase))
      text = text.replace(new RegExp(`\\b(?:on |in |with )?(?:an? )?${phrase}\\b(?: of\\b)?`, "g"), take);
  }
  text = text.replace(/\s+/g, " ").trim().replace(REQUEST, "").replace(PORTRAIT_OF, take);
  return /\p{L}/u.test(text) ? { text, manner } : { text: normalized, manner: [] };
}

/** Adds one part between commas: more of the last thing, or another thing of a list. Answers whether it was a part. */
function addSegment(things: PromptThing[], segment: string, describing: boolean): boolean {
  let marked = segment;
  for (const [pattern, relation] of RELATIONS)
    marked = marked.replace(pattern, ` ${MARK}${relation.replace(" ", "_")} `);
  const pieces = marked.split(/(?=§)/).map((piece) => piece.trim());
  const first = pieces[0] ?? "";
  const last = things.at(-1);
  const parts = pieces.map((piece) => (piece.startsWith(MARK) ? splitRelation(piece) : null));
  if (last && (first.startsWith(MARK) || /^and (?=§|$)/.test(`${first} `))) {
    for (const part of parts) if (part) attach(last, part);
    return describing;
  }
  const named = nounsOf(tokensOf(first));
  let isPart = describing;
  for (const [at, tokens] of named.entries()) {
    const thing = readPhrase(tokens);
    const host = at === 0 ? last : undefined;
    if (host && describes(tokens, thing)) merge(host, thing);
    else if (last && (isPart || isPartOf(thing))) {
      last.parts.push({ relation: relationOf(thing, "with"), thing });
      isPart = true;
    } else things.push(thing);
  }
  const host = things.at(-1);
  if (!host) {
    const only = parts.find((part) => part !== null);
    if (only) things.push(...nounsOf(only.tokens).map(readPhrase));
    return false;
  }
  for (const part of parts) if (part) attach(host, part);
  return isPart;
}

interface Said {
  relation: string;
  tokens: string[];
}

function splitRelation(piece: string): Said {
  const [mark = "", ...rest] = piece.split(" ");
  return { relation: mark.slice(1).replace("_", " "), tokens: tokensOf(rest.join(" ")) };
}

function tokensOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}']*/gu) ?? [];
  return words.filter(
    (word) => !/^(?:a|an|the|some|one|its|his|her|their|my|your|very|really|this|single|it)$/.test(word),
  );
}

/** Splits "sword and shield" in two, but neither "black and white cat" nor "bow and arrow". */
function nounsOf(tokens: readonly string[]): string[][] {
  const found: string[][] = [[]];
  for (const [at, token] of tokens.entries()) {
    const before = found.at(-1) ?? [];
    const splits =
      token === "and" && before.some(isNoun) && !JOINED_NAMES.has(`${before.at(-1)} ${tokens[at + 1]}`);
    if (splits) found.push([]);
    else if (token !== "and" || before.length > 0) before.push(token);
  }
  const joined = found.map((words) => (words.at(-1) === "and" ? words.slice(0, -1) : words));
  return joined.filter((words) => words.length > 0);
}

function isNoun(word: string): boolean {
  return colorName(word) === null && !isMaterial(word) && !STATE_WORDS.has(word) && !ADJECTIVES.has(word);
}

/** Whether a part between commas only describes what came before: "potion, red", "sword, rusty". */
function describes(tokens: readonly string[], thing: PromptThing): boolean {
  return !tokens.some(isNoun) && (thing.words.length > 0 || thing.parts.length > 0);
}

function merge(host: PromptThing, said: PromptThing) {
  const lastIsColor = said.name
    .filter((word) => !isMaterial(word))
    .map(colorName)
    .filter((color) => color !== null);
  host.colors.push(...said.colors, ...lastIsColor);
  host.materials.push(...said.materials, ...said.name.filter(isMaterial));
  host.states.push(...said.states);
  host.modifiers.push(...said.modifiers);
  host.parts.push(...said.parts);
  host.words.push(...said.words);
}

function isPartOf({ head, name }: PromptThing): boolean {
  const last = name.at(-1) ?? "";
  return (
    head !== null && (BODY_PARTS.has(last) || BODY_PARTS.has(head) || (name.length > 1 && GARMENTS.has(last)))
  );
}

function relationOf({ head, name }: PromptThing, said: Relation): Relation {
  const worn = GARMENTS.has(name.at(-1) ?? "") || (head !== null && GARMENTS.has(head));
  return worn && (said === "in" || said === "with") ? (said === "in" ? "wearing" : "with") : said;
}

/** Adds what a relation says of a thing. */
function attach(host: PromptThing, { relation, tokens }: Said) {
  const nouns = nounsOf(tokens);
  if (nouns.length === 0) return addBare(host, relation);
  if (relation === "without") return;
  if (relation === "near") {
    host.words.push(...tokens.filter((word) => word !== "and"));
    host.modifiers.push(...tokens.filter((word) => word !== "and"));
    return;
  }
  if (relation === "of") return attachOf(host, nouns.flat());
  const half = relation === "full of" && host.words.at(-1) === "half";
  if (relation === "full of") host.states.push(half ? "half full" : "full");
  if (half) dropHalf(host);
  for (const words of nouns) {
    const thing = readPhrase(words);
    const only =
      relation === "in" ? (word: string) => colorName(word) !== null : (word: string) => !isNoun(word);
    if (words.every(only) && (relation === "in" || relation === "made of"))
      merge(host, { ...thing, parts: [] });
    else host.parts.push({ relation: relationOf(thing, relation as Relation), thing });
  }
}

function dropHalf(host: PromptThing) {
  host.words.pop();
  host.modifiers = host.modifiers.filter((word) => word !== "half");
  host.name = host.name.filter((word) => word !== "half");
}

/** "tree covered", "man riding": a relation with nothing after it is a state. */
function addBare(host: PromptThing, relation: string) {
  if (relation !== "holding" && relation !== "wearing") return;
  host.states.push(relation);
  host.words.push(relation);
}

/** "slice of pizza" is a pizza slice, "glass of milk" is full of milk, "pair of boots" boots, "potion of healing" a potion. */
function attachOf(host: PromptThing, tokens: string[]) {
  const last = host.name.at(-1) ?? "";
  const head = host.head ?? "";
  if (MEASURES.has(head) || MEASURES.has(last)) {
    const counted = readPhrase([...host.words, "of", ...tokens]);
    Object.assign(host, { ...counted, parts: [...host.parts, ...counted.parts] });
  } else if (PORTIONS.has(head)) {
    const own = host.words.filter((word) => word !== last);
    Object.assign(host, readPhrase([...own, ...tokens.map(singularOf), last]));
  } else if (CONTAINERS.has(head)) {
    host.states = host.states.filter((state) => state !== "full");
    host.parts.push({ relation: "full of", thing: readPhrase(tokens) });
  } else {
    const thing = readPhrase(tokens);
    host.words.push(...thing.words);
    host.materials.push(...thing.materials, ...thing.name.filter(isMaterial));
    host.modifiers.push(...thing.modifiers, ...thing.name.filter((word) => !isMaterial(word)));
  }
}

/** Splits a list ("potion, sword and shield") into its items; any other prompt is one item. */
export function itemsOf(prompt: string): string[] {
  const items = prompt
    .split(/\s*,\s*|\s+and\s+|\s*&\s*/)
    .map((item) => item.replace(/^and\s+/, "").trim())
    .filter((item) => item !== "");
  return parsePrompt(prompt).things.length === items.length ? items : [prompt];
}
