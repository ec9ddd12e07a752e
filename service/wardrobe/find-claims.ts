import { colorName, impliedColors, isMaterial, SHADES } from "../words/material-words.ts";
import { ITEMS_BY_NAME, keyOf } from "./items.ts";
import { BARE_WORDS, SILENT_WORDS } from "./person-words.ts";
import { KINDS_BY_NAME, ROLES_BY_NAME } from "./roles.ts";
import type { SaidColor } from "./said.ts";

/** What some words of a phrase name. */
export interface Claim {
  sort: "kind" | "role" | "item" | "bare" | "skin" | "eyes";
  /** Key of the name in its table. */
  name: string;
  words: string[];
  /** Place of its last word, by which colors find it. */
  at: number;
  colors: SaidColor[];
}

/** A noun phrase of a prompt, sorted: what it names with colors, and words that name nothing. */
export interface Claims {
  claims: Claim[];
  /** Colors of a phrase that names nothing else. */
  colors: SaidColor[];
  rest: string[];
}

const MOST_WORDS = 4;
/** Words for colors of hair, eyes and cloth that COLOR_WORDS does not hold. */
const MORE_COLORS = new Set(
  "auburn brunette chestnut hazel khaki raven sandy charcoal rose ebony rusty rusted saffron mustard peach coral mint plum wine".split(
    " ",
  ),
);
const HAIRY = new Set(["hair", "beard", "mustache", "moustache", "braid"]);
const SKIN_NOUNS = new Set(["skin", "skinned", "complexion", "fur", "furred", "scale", "scaled"]);
const EYE_NOUNS = new Set(["eye", "eyed"]);

interface Token {
  word: string;
  at: number;
}

/** Sorts the words of a phrase. Items come before roles in what someone wears, roles before items elsewhere. */
export function findClaims(words: readonly string[], isPart: boolean): Claims {
  const tokens = words.map((word, at) => ({ word, at }));
  const claims: Claim[] = [];
  // "leather armor", "fire sword", "dark elf": names that hold the word of a color or material.
  const open = claimNames(tokens, { claims, isPart, only: (run) => run.length > 1 && run.some(isColored) });
  const { colors, others } = takeColors(open);
  const rest = claimNames(others, { claims, isPart, only: () => true });
  const loose: SaidColor[] = [];
  for (const { at, ...color } of colors) hostOf(claims, at)?.push(color) ?? loose.push(color);
  for (const claim of claims) claim.colors = withoutPlainMaterials(claim.colors);
  claims.sort((a, b) => a.at - b.at);
  return { claims, colors: loose, rest: rest.map(({ word }) => word).filter((word) => !isSilent(word)) };
}

function isSilent(word: string): boolean {
  return SILENT_WORDS.has(word);
}

/** "brown leather coat", "red wooden shield": the color is seen, the material is that of the thing. */
function withoutPlainMaterials(colors: readonly SaidColor[]): SaidColor[] {
  const others = colors.filter(({ color }) => !/^(?:leather|wooden|wood)$/.test(color));
  return others.length > 0 ? others : [...colors];
}

/** A color belongs to the next name after it, or else to the last one before. */
function hostOf(claims: readonly Claim[], at: number): SaidColor[] | undefined {
  const hosts = claims.filter(({ sort }) => sort !== "bare").sort((a, b) => a.at - b.at);
  const after = hosts.filter((claim) => claim.at > at);
  // "black hooded robe": the robe is black.
  return (after.find(({ sort, name }) => sort !== "item" || !name.endsWith("ed")) ?? after[0] ?? hosts.at(-1))
    ?.colors;
}

function isColored({ word }: Token): boolean {
  return isMaterial(word) || isColor(word) || SHADES.has(word);
}

function isColor(word: string): boolean {
  return colorName(word) !== null || MORE_COLORS.has(word);
}

interface Naming {
  claims: Claim[];
  isPart: boolean;
  only: (run: readonly Token[]) => boolean;
}

/** Claims the longest names first and answers the words that are left. */
function claimNames(tokens: readonly Token[], { claims, isPart, only }: Naming): Token[] {
  let left = [...tokens];
  for (let length = Math.min(MOST_WORDS, left.length); length > 0; length--) {
    for (let start = 0; start + length <= left.length; ) {
      const run = left.slice(start, start + length);
      const claim = only(run) && isTogether(run, tokens) ? claimOf(run, isPart) : null;
      if (claim) {
        claims.push(claim);
        left = [...left.slice(0, start), ...left.slice(start + length)];
      } else start++;
    }
  }
  return left;
}

/** Whether no other word of the list stood between those of a run. */
function isTogether(run: readonly Token[], tokens: readonly Token[]): boolean {
  const first = tokens.findIndex(({ at }) => at === run[0]?.at);
  return run.every(({ at }, offset) => tokens[first + offset]?.at === at);
}

function claimOf(run: readonly Token[], isPart: boolean): Claim | null {
  const words = run.map(({ word }) => word);
  const name = keyOf(words);
  const sorts = isPart
    ? (["item", "bare", "kind", "role"] as const)
    : (["kind", "role", "item", "bare"] as const);
  const named = { words, at: run.at(-1)?.at ?? 0, colors: [] };
  for (const sort of sorts) if (holds(sort, name)) return { sort, name, ...named };
  if (SKIN_NOUNS.has(name)) return { sort: "skin", name, ...named };
  if (EYE_NOUNS.has(name)) return { sort: "eyes", name, ...named };
  const hairy = HAIRY.has(words.at(-1) ?? "") ? hairNamed(words) : null;
  return hairy ? { sort: "item", name: hairy, ...named } : null;
}

function holds(sort: "item" | "kind" | "role" | "bare", name: string): boolean {
  if (sort === "bare") return Object.hasOwn(BARE_WORDS, name);
  const table = { item: ITEMS_BY_NAME, kind: KINDS_BY_NAME, role: ROLES_BY_NAME }[sort];
  return table.has(name);
}

const bagOf = (words: readonly string[]) => [...words].sort().join(" ");
const NAMES_BY_BAG = new Map([...ITEMS_BY_NAME.keys()].map((name) => [bagOf(name.split(" ")), name]));

/** "curly long hair" is long curly hair. */
function hairNamed(words: readonly string[]): string | null {
  return NAMES_BY_BAG.get(bagOf(words)) ?? null;
}

/** Takes colors and materials out of a phrase, each with its shade. */
function takeColors(tokens: readonly Token[]): { colors: (SaidColor & { at: number })[]; others: Token[] } {
  const colors: (SaidColor & { at: number })[] = [];
  const others: Token[] = [];
  let shade: Token | null = null;
  for (const [place, token] of tokens.entries()) {
    const next = tokens[place + 1]?.word ?? "";
    if (SHADES.has(token.word) && !shade && (isColor(next) || tints(next))) shade = token;
    else if (isColor(token.word) || tints(token.word)) {
      const words = [...(shade ? [shade.word] : []), token.word];
      colors.push({ color: words.join(" "), words, at: token.at });
      shade = null;
    } else others.push(token);
  }
  return { colors, others };
}

function tints(word: string): boolean {
  return isMaterial(word) && (impliedColors(word, null).length > 0 || word === "leather");
}
