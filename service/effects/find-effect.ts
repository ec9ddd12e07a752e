import { colorTint } from "../words/color-tint.ts";
import { ADJECTIVES, STATE_WORDS } from "../words/describing-words.ts";
import { colorName, impliedColors, SHADES } from "../words/material-words.ts";
import { normalizePrompt, wordsOf } from "../words/prompt-words.ts";
import { singularOf } from "../words/singular.ts";
import { EFFECTS, type EffectName } from "./effect-table.ts";
import {
  ALSO_THINGS,
  DIRECTION_WORDS,
  EFFECT_NAMES,
  ELEMENT_RAMPS,
  NAME_RAMPS,
  PLAIN_WORDS,
} from "./effect-words.ts";
import { RAMPS, type Ramp, rampOf } from "./ramps.ts";

/** The effect that a prompt names, with what it says of it. */
export interface FoundEffect {
  name: EffectName;
  ramp: Ramp;
  /** Compass direction, if the prompt says one and the effect points somewhere. */
  direction: string | null;
  /** Words that nothing shows. */
  unmetWords: string[];
  /** Whether the same words are a thing elsewhere: a shield, a heart. */
  isAlsoThing: boolean;
}

const LONGEST_NAME = 4;

const NAMES: ReadonlyMap<string, EffectName> = new Map(
  Object.entries(EFFECT_NAMES).flatMap(([name, phrases]) => {
    const effect = name as EffectName;
    return [name.replaceAll("_", " "), ...phrases.split(", ")].map(
      (phrase) => [keyOf(phrase), effect] as const,
    );
  }),
);

/** Plurals and spellings that come to the same. */
function keyOf(phrase: string): string {
  return wordsOf(phrase).map(singularOf).join(" ");
}

/** Some words of a prompt that are the name of an effect. */
interface Named {
  name: EffectName;
  phrase: string;
  from: number;
  to: number;
}

/**
 * Finds the effect that a prompt names: the last one before "of", "with" and the like, or else the last of all. Other
 * effects, elements and colors in it say how it looks: "blue fire explosion" is an explosion. Null if it names none.
 */
export function findEffect(prompt: string): FoundEffect | null {
  const words = wordsOf(normalizePrompt(prompt));
  const keys = words.map(singularOf);
  const named = findNames(keys);
  const stop = keys.findIndex((key) => ["of", "with", "from", "around", "on", "in"].includes(key));
  const head = named.findLast(({ to }) => stop < 0 || to <= stop) ?? named.at(-1);
  if (!head) return null;
  const used = new Set(keys.flatMap((_, i) => (i >= head.from && i < head.to ? [i] : [])));
  const effect = EFFECTS[head.name];
  const ramp = readRamp(words, { head, named, used }) ?? RAMPS[NAME_RAMPS[head.phrase] ?? effect.ramp];
  const direction = "directed" in effect ? readDirection(keys, used) : null;
  const unmetWords = words.filter((word, i) => {
    const known = [word, keys[i] ?? ""];
    return (
      !used.has(i) &&
      !known.some((one) => PLAIN_WORDS.has(one) || ADJECTIVES.has(one) || STATE_WORDS.has(one))
    );
  });
  const isAlsoThing = ALSO_THINGS.has(head.phrase);
  return { name: head.name, ramp, direction, unmetWords: [...new Set(unmetWords)], isAlsoThing };
}

/** Lists the names of effects in a prompt, the longest where several begin at one word. */
function findNames(keys: readonly string[]): Named[] {
  const found: Named[] = [];
  for (let i = 0; i < keys.length; ) {
    const one = nameAt(keys, i);
    if (one) found.push(one);
    i = one?.to ?? i + 1;
  }
  return found;
}

function nameAt(keys: readonly string[], from: number): Named | null {
  for (let length = LONGEST_NAME; length > 0; length--) {
    const phrase = keys.slice(from, from + length).join(" ");
    const name = from + length <= keys.length ? NAMES.get(phrase) : undefined;
    if (name) return { name, phrase, from, to: from + length };
  }
  return null;
}

interface Reading {
  head: Named;
  named: readonly Named[];
  /** Places of the words that have an effect; those that are read are added. */
  used: Set<number>;
}

/** Reads the colors of an effect: those that are named; else what it is made of; else the colors of another effect. */
function readRamp(words: readonly string[], { head, named, used }: Reading): Ramp | null {
  const ramps: { ramp: Ramp; rank: number }[] = [];
  for (const [i, word] of words.entries()) {
    if (used.has(i)) continue;
    const shade = SHADES.has(word) && colorName(words[i + 1] ?? "") !== null;
    if (shade) {
      used.add(i);
      continue;
    }
    const color = colorName(word);
    const element = ELEMENT_RAMPS[word] ?? ELEMENT_RAMPS[singularOf(word)];
    if (element && !(color !== null && SHADES.has(words[i - 1] ?? ""))) {
      used.add(i);
      // Gold and silver are colors as well: they outrank what else it is made of.
      ramps.push({ ramp: RAMPS[element], rank: color === null ? 1 : 0 });
      continue;
    }
    const said = color === null ? impliedColors(word, null)[0] : withShade(color, words[i - 1]);
    const tint = said === undefined ? null : colorTint(said);
    if (!tint) continue;
    used.add(i);
    ramps.push({ ramp: rampOf(tint), rank: color === null ? 1 : 0 });
  }
  for (const other of named) {
    if (other === head) continue;
    for (let i = other.from; i < other.to; i++) used.add(i);
    ramps.push({ ramp: RAMPS[NAME_RAMPS[other.phrase] ?? EFFECTS[other.name].ramp], rank: 2 });
  }
  return joinRamps(ramps);
}

function withShade(color: string, before: string | undefined): string {
  const shade = before === "light" || before === "pale" || before === "bright" ? "light" : "dark";
  return before !== undefined && SHADES.has(before) && !color.includes(" ") ? `${shade} ${color}` : color;
}

/** Two colors share an effect: the first has the darks, the second the lights. */
function joinRamps(ramps: readonly { ramp: Ramp; rank: number }[]): Ramp | null {
  const best = Math.min(...ramps.map(({ rank }) => rank));
  const [first, second] = ramps.filter(({ rank }) => rank === best);
  if (!first) return null;
  if (!second || best > 0) return first.ramp;
  const [a, b, c] = first.ramp;
  const [, , , d, e, f] = second.ramp;
  return [a, b, c, d, e, f];
}

function readDirection(keys: readonly string[], used: Set<number>): string | null {
  const said: string[] = [];
  for (const [i, key] of keys.entries()) {
    const direction = DIRECTION_WORDS[key];
    if (direction === undefined || used.has(i)) continue;
    used.add(i);
    said.push(direction);
  }
  const [one, two] = said;
  if (one === undefined || two === undefined || one === two) return one ?? null;
  const isVertical = (way: string): boolean => way === "north" || way === "south";
  return isVertical(one) === isVertical(two) ? one : isVertical(one) ? `${one}-${two}` : `${two}-${one}`;
}
