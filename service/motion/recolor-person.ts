import { createImage, type PixelImage } from "../pixel/image.ts";
import { colorAt, parseHex, setColor } from "../pixel/parse-hex.ts";
import { type Tint, tint } from "../pixel/tint.ts";
import { COLOR_WORDS } from "../words/color-words.ts";
import { meaningfulWords, normalizePrompt } from "../words/prompt-words.ts";
import type { Person } from "./people.ts";
import { PART_WORDS } from "./person-words.ts";

/** What starts another phrase, whose color refers to something else. */
const PHRASES = /,|;|\b(?:with|in|on|and|wearing|who|has|having|holding|carrying)\b/;

/** How much darker legs are than a torso of the same color, in OKLab lightness. */
const LEGS_DARKER = 0.16;

/** A color that a prompt gives to a part of a character. */
export interface PartColor {
  part: string;
  word: string;
  tint: Tint;
}

/**
 * Reads which parts of a character a prompt gives a color: "girl with red hair" the hair, "knight in blue" and "blue
 * knight" the clothes. The first color for a part wins.
 */
export function readPartColors(prompt: string): PartColor[] {
  const found: PartColor[] = [];
  for (const phrase of normalizePrompt(prompt).split(PHRASES)) {
    const words = meaningfulWords(phrase);
    for (const [i, word] of words.entries()) {
      const color = Object.hasOwn(COLOR_WORDS, word) ? COLOR_WORDS[word] : undefined;
      if (!color) continue;
      const part = partAfter(words, i);
      for (const one of part === undefined ? outfit(word, color) : [{ part, word, tint: color }]) {
        if (!found.some((other) => other.part === one.part)) found.push(one);
      }
    }
  }
  return found;
}

/** "In blue" is the whole outfit, with the legs a shade darker so that there is a waistline. */
function outfit(word: string, color: Tint): PartColor[] {
  const darker = { ...color, lightness: Math.max(0.2, color.lightness - LEGS_DARKER) };
  return [
    { part: "torso", word, tint: color },
    { part: "legs", word, tint: darker },
  ];
}

/** The part named after a color in a phrase: "red curly hair". */
function partAfter(words: readonly string[], color: number): string | undefined {
  const named = words.slice(color + 1).find((word) => Object.hasOwn(PART_WORDS, word));
  return named === undefined ? undefined : PART_WORDS[named];
}

/**
 * Makes the color map (0xRRGGBB) that gives a character the colors of a prompt: one ramp swap per part, the same
 * for every frame. Colors that clothes share with skin or hair stay unless skin or hair was meant.
 */
export function personColors(person: Person, wanted: readonly PartColor[]): Map<number, number> {
  const map = new Map<number, number>();
  for (const { part, tint: color } of wanted) {
    const own = (person.parts[part] ?? []).filter((hex) => !isShared(person, part, hex));
    if (own.length === 0) continue;
    const ramp = own.map(parseHex);
    const swapped = tint(rampImage(ramp), color);
    for (const [i, from] of ramp.entries()) map.set(from, colorAt(swapped.data, 4 * i));
  }
  return map;
}

/** Clothes may share their ramp; skin and hair keep it. */
function isShared(person: Person, part: string, hex: string): boolean {
  return ["skin", "hair"].some((living) => living !== part && (person.parts[living] ?? []).includes(hex));
}

function rampImage(colors: readonly number[]): PixelImage {
  const image = createImage(colors.length, 1);
  for (const [i, color] of colors.entries()) {
    setColor(image.data, 4 * i, color);
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** Swaps colors of an image using a map; others stay. */
export function swapColors(image: PixelImage, map: ReadonlyMap<number, number>): PixelImage {
  if (map.size === 0) return image;
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const swapped = data[i + 3] === 0 ? undefined : map.get(colorAt(data, i));
    if (swapped !== undefined) setColor(data, i, swapped);
  }
  return { width: image.width, height: image.height, data };
}
