import { colorName, impliedColors } from "../../service/words/material-words.ts";
import { type PromptThing, parsePrompt } from "../../service/words/parse-prompt.ts";
import { singularOf } from "../../service/words/singular.ts";
import { type OtherName, otherNames } from "../../service/words/thing-names.ts";

/** How an answer compares with the prompt. */
export interface Judgment {
  /** The answer names the thing, by its name or another of the same meaning. */
  named: boolean;
  /** Each color that the prompt gives to a thing is given to it in the answer; null for a prompt without colors. */
  colorsBound: boolean | null;
  /** Named, with all its colors, materials, states and parts. Words like "old" or "cute" do not count. */
  whole: boolean;
  /** What of that the answer lacks. */
  missing: string[];
}

/** Compares what a namer wrote with the prompt, by the words and synonyms that prompts are read with. */
export function judgeName(prompt: string, answer: string): Judgment {
  const [asked] = parsePrompt(prompt).things;
  const seen = withParts(parsePrompt(answer).things);
  if (!asked) return { named: false, colorsBound: null, whole: false, missing: [] };
  const named = seen[0] !== undefined && isSameThing(asked, seen[0]);
  const missing: string[] = named ? [] : [asked.name.join(" ")];
  const colors: boolean[] = [];
  for (const thing of withParts([asked])) {
    // The thing itself is the first one of the answer; a part may be anywhere in it.
    const found =
      thing === asked ? (named ? seen[0] : undefined) : seen.find((one) => isSameThing(thing, one));
    if (thing !== asked && thing.head !== null && !found) missing.push(thing.name.join(" "));
    const lacking = lackingWords(thing, found);
    missing.push(...lacking);
    if (thing.colors.length > 0) colors.push(!thing.colors.some((color) => lacking.includes(color)));
  }
  return {
    named,
    colorsBound: colors.length > 0 ? colors.every(Boolean) : null,
    whole: missing.length === 0,
    missing,
  };
}

function withParts(things: readonly PromptThing[]): PromptThing[] {
  return things.flatMap((thing) => [thing, ...withParts(thing.parts.map((part) => part.thing))]);
}

/** Colors that a namer cannot tell apart. */
const ALIKE: Readonly<Record<string, string>> = { gold: "yellow", golden: "yellow", silver: "gray" };
const plainColor = (word: string) => {
  const color = colorName(word) ?? word;
  return ALIKE[color] ?? color;
};

/** Colors, materials and states of a thing that the answer does not give to it; a golden key may be a yellow one. */
function lackingWords(asked: PromptThing, seen: PromptThing | undefined): string[] {
  const said = new Set([...colorsOf(seen), ...(seen?.materials ?? []), ...(seen?.states ?? [])]);
  const material = (word: string) =>
    said.has(word) || impliedColors(word, asked.head).some((c) => said.has(plainColor(c)));
  return [
    ...asked.colors.filter((color) => !said.has(plainColor(color))),
    ...asked.materials.filter((word) => !material(word)),
    ...asked.states.filter((word) => !said.has(word) && !isSaidByPart(asked, word)),
  ];
}

/** "full" of "full of coins": the coins say it. */
const isSaidByPart = ({ parts }: PromptThing, state: string) =>
  state === "full" && parts.some(({ relation }) => relation === "full of");

function colorsOf(thing: PromptThing | undefined): string[] {
  if (!thing) return [];
  const implied = thing.materials.flatMap((word) => impliedColors(word, thing.head));
  return [...thing.colors, ...implied].map(plainColor);
}

/**
 * Whether an answer names the thing that was asked: the same head noun, a name of the same meaning, or a narrower one
 * (a diamond for a gem).
 */
function isSameThing(asked: PromptThing, seen: PromptThing): boolean {
  if (asked.head === null || seen.head === null) return false;
  if (asked.head === seen.head) return true;
  const same = namesOf(asked).filter(({ broader }) => !broader);
  return endsInOneOf(seen, same) || endsInOneOf(asked, namesOf(seen));
}

const namesOf = ({ name }: PromptThing) => [...otherNames(name), ...otherNames(name.slice(-1))];

/** "old mage" ends in a name of "wizard". */
function endsInOneOf(thing: PromptThing, names: readonly OtherName[]): boolean {
  const words = thing.name.map(singularOf).join(" ");
  return names.some((name) => ` ${words}`.endsWith(` ${name.words.join(" ")}`));
}
