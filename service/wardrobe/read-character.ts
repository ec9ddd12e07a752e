import { parsePrompt } from "../words/parse-prompt.ts";
import type { PromptThing, Relation } from "../words/prompt-parse.ts";
import { singularOf } from "../words/singular.ts";
import { type Claim, type Claims, findClaims } from "./find-claims.ts";
import { ITEMS_BY_NAME, keyOf } from "./items.ts";
import {
  BARE_WORDS,
  CHILD_WORDS,
  FEMALE_WORDS,
  HAIR_COLORS,
  MALE_WORDS,
  OLD_WORDS,
  SKIN_WORDS,
  YOUNG_WORDS,
} from "./person-words.ts";
import { CLASS_NAMES, KINDS_BY_NAME, PLAIN_ROLES, ROLES_BY_NAME, type Role, WEAK_NAMES } from "./roles.ts";
import type { SaidCharacter, SaidColor } from "./said.ts";

const WITHOUT =
  /\b(?:without|with no|no|minus|lacking)\s+(?:an?\s+|any\s+|the\s+|his\s+|her\s+)?([a-z]+)(?:\s+([a-z]+))?/gi;

/** Reads what a prompt says of a character: who, wearing and holding what, in which colors. Never throws. */
export function readCharacter(prompt: string): SaidCharacter {
  const said: SaidCharacter = {
    role: null,
    roleName: "",
    kind: null,
    kindName: "",
    sex: /\b(?:she|her|hers)\b/i.test(prompt) ? "f" : /\b(?:he|his|him)\b/i.test(prompt) ? "m" : null,
    age: null,
    main: [],
    skin: [],
    eyes: [],
    hair: [],
    items: [],
    bare: new Set(),
    unmet: [],
  };
  const { things } = parsePrompt(takeWithout(prompt, said));
  for (const thing of things) readThing(thing, said, null);
  return { ...said, unmet: [...new Set(said.unmet)] };
}

/** "without a helmet", "no beard": the zones of such items stay empty. */
function takeWithout(prompt: string, said: SaidCharacter): string {
  return prompt.replace(WITHOUT, (whole, first: string, second: string | undefined) => {
    const both = second === undefined ? "" : keyOf([first.toLowerCase(), second.toLowerCase()]);
    const one = keyOf([first.toLowerCase()]);
    const name = ITEMS_BY_NAME.has(both) ? both : one;
    const items = ITEMS_BY_NAME.get(name);
    if (!items) return whole;
    for (const { zone } of items) said.bare.add(zone);
    return name === both ? " " : ` ${second ?? ""}`;
  });
}

function readThing(thing: PromptThing, said: SaidCharacter, relation: Relation | null) {
  const isPart = relation !== null;
  const found = findClaims(thing.words, isPart);
  // "dressed as a pirate" is one; "with the hands of a skeleton" is none.
  const namesWho = !isPart || (relation === "wearing" && !found.claims.some(({ sort }) => sort === "item"));
  const role = found.claims.filter(({ sort }) => sort === "role").reduce(nearerRole, null);
  for (const claim of found.claims) {
    if (claim.sort === "role") said.unmet.push(...claim.words.filter(isChildWord));
    const isWho = claim.sort === "role" || claim.sort === "kind";
    if (isWho && !namesWho) said.unmet.push(...claim.words);
    else if (claim.sort === "role" && claim !== role) takeOther(claim, said);
    else take(claim, said);
  }
  readLoose(found, said, isPart);
  const host = isPart ? said.items.at(-1) : undefined;
  for (const part of thing.parts) readThing(part.thing, said, part.relation);
  // "black hooded robe": hood and robe are black.
  const hood = said.items.at(-1);
  if (host && hood && host !== hood && host.colors.length === 0) host.colors.push(...hood.colors);
}

/** Colors and words that belong to no name. */
function readLoose(found: Claims, said: SaidCharacter, isPart: boolean) {
  const namesNothing = found.claims.length === 0 && !found.rest.every(isPersonWord);
  const hair = found.colors.filter(({ color }) => !isPart && HAIR_COLORS.has(color));
  said.hair.push(...hair);
  const main = found.colors.filter((color) => !hair.includes(color));
  if (namesNothing) said.unmet.push(...main.flatMap(({ words }) => words));
  else said.main.push(...main);
  for (const word of found.rest) readWord(word, said);
}

/** Of the roles of one phrase the last is meant: "egyptian queen"; but "guard captain" and "templar knight" are the first. */
function nearerRole(before: Claim | null, claim: Claim): Claim {
  if (!before) return claim;
  return saysMore(claim.name) || !saysMore(before.name) ? claim : before;
}

function saysMore(name: string): boolean {
  const role = ROLES_BY_NAME.get(name);
  return role !== undefined && !isPlain(role) && !WEAK_NAMES.has(name) && !CLASS_NAMES.has(name);
}

/** A role beside the one that is meant. What it adds to that is not drawn, unless every such role has it. */
function takeOther({ name, words, colors }: Claim, said: SaidCharacter) {
  for (const word of words) readSex(word, said);
  said.main.push(...colors);
  const role = ROLES_BY_NAME.get(name);
  if (role && !isPlain(role) && !CLASS_NAMES.has(name)) said.unmet.push(...words);
}

/** Bodies are those of grown people: a child is dressed as one, but that it is small is not shown. */
function isChildWord(word: string): boolean {
  return CHILD_WORDS.has(singularOf(word));
}

function isPersonWord(word: string): boolean {
  return [FEMALE_WORDS, MALE_WORDS, OLD_WORDS, YOUNG_WORDS, SKIN_WORDS].some((set) => set.has(word));
}

function take(claim: Claim, said: SaidCharacter) {
  const { sort, name, words, colors } = claim;
  for (const word of words) readSex(word, said);
  if (sort === "item") said.items.push({ name, colors, words });
  else if (sort === "skin")
    said.skin.push(...colors.map((color) => (/^fur/.test(name) ? onFur(color) : color)));
  else if (sort === "eyes") said.eyes.push(...colors);
  if ((sort === "skin" || sort === "eyes") && colors.length === 0) said.unmet.push(...words);
  else if (sort === "kind" || sort === "role") takeWho(claim, said);
  for (const zone of (sort === "bare" && BARE_WORDS[name]) || []) said.bare.add(zone);
}

/** Fur is darker than skin of the same color. */
function onFur({ color, words }: SaidColor): SaidColor {
  return { color: `fur ${color}`, words };
}

function takeWho({ sort, name, words, colors }: Claim, said: SaidCharacter) {
  const hair = colors.filter(({ color }) => HAIR_COLORS.has(color));
  const others = colors.filter((color) => !hair.includes(color));
  said.hair.push(...hair);
  const kind = sort === "kind" ? KINDS_BY_NAME.get(name) : undefined;
  if (kind?.colorIsSkin && said.skin.length === 0) said.skin.push(...others);
  else said.main.push(...others);
  if (kind) {
    if (said.kind && said.kind !== kind) said.unmet.push(...words);
    if (!said.kind) Object.assign(said, { kind, kindName: name });
    return;
  }
  const role = ROLES_BY_NAME.get(name);
  if (!role) return;
  if (/^old /.test(name)) said.age = "old";
  // "knight and wizard" are two, but "man, wizard" is one.
  if (!said.role || isPlain(said.role)) Object.assign(said, { role, roleName: name });
  else if (!isPlain(role) && role !== said.role) said.unmet.push(...words);
}

function isPlain(role: Role): boolean {
  return PLAIN_ROLES.has(role.name);
}

function readSex(word: string, said: SaidCharacter) {
  if (FEMALE_WORDS.has(word) || /.(?:woman|girl)$/.test(word)) said.sex ??= "f";
  else if (MALE_WORDS.has(word)) said.sex ??= "m";
  if (OLD_WORDS.has(word)) said.age = "old";
  else if (YOUNG_WORDS.has(word)) said.age = "young";
}

/** Words outside of names: age, sex, skin. Others found nothing. */
function readWord(word: string, said: SaidCharacter) {
  readSex(word, said);
  if (SKIN_WORDS.has(word)) said.skin.push({ color: word, words: [word] });
  else if (!isPersonWord(word)) said.unmet.push(word);
}
