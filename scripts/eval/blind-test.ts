import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { drawContactSheet } from "../../service/pixel/contact-sheet.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { type Random, seededRandom } from "../../service/pixel/random.ts";
import { writeForm } from "./blind-form.ts";
import { planPrompt, type Subject } from "./draw-prompts.ts";

/** A prompt of the blind test; figures are given for each group. */
export interface BlindPrompt {
  group: string;
  prompt: string;
}

/** A prompt under the number that its picture has on the sheets, from 1. */
export interface NumberedPrompt extends BlindPrompt {
  number: number;
}

/** What the sheets do not tell: kept in key.json, apart from the folder that the namer gets. */
export interface BlindKey {
  model: string;
  seed: number;
  prompts: NumberedPrompt[];
}

export interface BlindOptions {
  out: string;
  /** Of the order and of every picture, a uint32. */
  seed: number;
  say: (text: string) => void;
}

/** The folder that the namer gets, within --out. */
const NAMER = "for-the-namer";
const KEY = "key.json";
const TASK = `Each picture on the sheets was drawn from a short text. Write into form.csv, behind its number, what you see:
the thing, its color, what it is made of, its state, and what it has, holds or wears, such as "red car" or "penguin
with a blue scarf". Leave a line empty where you have no idea. The columns "named" and "whole" are for a judge who knows the
texts: yes or no, where the comparison of words is wrong.
`;
const SCALE = 6;
const COLUMNS = 5;
const PICTURES_A_SHEET = 20;

/** Reads prompts from a file, one a line; empty lines do not count. Throws an Error for a file without any. */
export function readPromptFile(path: string): BlindPrompt[] {
  const lines = readFileSync(path, "utf8").split("\n");
  const prompts = lines.map((line) => line.trim()).filter((line) => line !== "");
  if (prompts.length === 0) throw new Error(`Expected prompts in ${path}, one a line, but found none.`);
  return prompts.map((prompt) => ({ group: "prompts", prompt }));
}

/** Numbers prompts from 1 in an order that only the seed decides. */
export function shufflePrompts(prompts: readonly BlindPrompt[], seed: number): NumberedPrompt[] {
  return shuffled(prompts, seededRandom(seed)).map((one, i) => ({ number: i + 1, ...one }));
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/**
 * Draws each prompt once and writes numbered contact sheets, an empty form and what to do with it into OUT/for-the-namer, and the prompts
 * into OUT/key.json. Nothing is picked, and nothing in the namer's folder holds a word of a prompt.
 */
export async function writeBlindTest(
  subject: Subject,
  prompts: readonly BlindPrompt[],
  { out, seed, say }: BlindOptions,
): Promise<BlindKey> {
  const numbered = shufflePrompts(prompts, seed);
  const pictures: PixelImage[] = [];
  for (const { prompt } of numbered) {
    const plan = planPrompt(subject, { prompt, seed, num_images: 1 });
    pictures.push((await subject.draw(plan)).pictures[0]!.image);
    if (pictures.length % 20 === 0) say(`${pictures.length} of ${numbered.length} prompts drawn`);
  }
  const folder = join(out, NAMER);
  mkdirSync(folder, { recursive: true });
  for (let from = 0; from < pictures.length; from += PICTURES_A_SHEET) {
    const entries = pictures
      .slice(from, from + PICTURES_A_SHEET)
      .map((image, i) => ({ image, caption: String(from + i + 1) }));
    const sheet = drawContactSheet(entries, { scale: SCALE, columns: COLUMNS });
    writeFileSync(join(folder, `sheet-${1 + from / PICTURES_A_SHEET}.png`), await encodePng(sheet));
  }
  writeFileSync(join(folder, "form.csv"), writeForm(numbered.map(({ number }) => number)));
  writeFileSync(join(folder, "README.txt"), TASK);
  const key = { model: subject.info.sha256, seed, prompts: numbered };
  writeFileSync(join(out, KEY), `${JSON.stringify(key, null, 2)}\n`);
  return key;
}

/** Reads the prompts of a blind test. */
export function readKey(path: string): BlindKey {
  return JSON.parse(readFileSync(path, "utf8")) as BlindKey;
}

/** Where the key of a form is kept, if the form is filled where it was written. */
export const keyOf = (form: string): string => join(form, "..", "..", KEY);
