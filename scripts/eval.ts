/**
 * Evaluates a model on the fixed prompts of models/eval-prompts.json, seeds 0 to 3, nothing picked:
 *
 *   npm run eval -- [--exemplars auto|off|both] [--model DIR] [--out DIR] [--limit N] [--card]
 *   npm run eval -- --blind OUT [--prompts FILE] [--seed N] [--model DIR]
 *   npm run eval -- --score FORM [--key FILE]
 *   npm run eval -- --retrieval    prints which exemplars the common things and the compound prompts get
 *   npm run eval -- --reconstruct FOLDER [--model DIR]
 *
 * The first form writes report.json, report.md, contact sheets and the samples nearest to training pictures into --out.
 * --limit takes the first N prompts of each list; --card writes the table into the model's README.md.
 * --blind draws every common thing and compound prompt, or every line of FILE, once. OUT/for-the-namer gets numbered
 * sheets and form.csv, without a prompt; OUT/key.json keeps the prompts. --score compares the filled form with them:
 * a table of the answers, and the shares as JSON on its last line.
 * --reconstruct sends the 32x32 PNGs of a folder through the model's encoder and decoder, each with its own palette,
 * and prints the share of wrong pixels as JSON on its last line.
 * What is measured, and against what, stands in models/evaluator-v1/README.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { packageInfo } from "../service/package-info.ts";
import { readForm } from "./eval/blind-form.ts";
import { scoreForm } from "./eval/blind-score.ts";
import { type BlindPrompt, keyOf, readKey, readPromptFile, writeBlindTest } from "./eval/blind-test.ts";
import { measureCharacters } from "./eval/characters.ts";
import { COMPOUND_PROMPTS } from "./eval/compound-prompts.ts";
import { measureControls } from "./eval/controls.ts";
import { drawCharacters } from "./eval/draw-characters.ts";
import { drawPrompts, GROUPS, type PromptLists, type Subject, withModel } from "./eval/draw-prompts.ts";
import { type Figures, measureReal, measureSamples } from "./eval/figures.ts";
import { findNearest, measureMemorization, measureRealNeighbors } from "./eval/memorization.ts";
import { reconstructFolder } from "./eval/reconstruct.ts";
import { fillCard, type Report, writeMarkdown } from "./eval/report.ts";
import { retrieve } from "./eval/retrieval.ts";
import { featureSamples, readYardstick, type Yardstick } from "./eval/samples.ts";
import { writeNearest, writeSheets, writeWalkers } from "./eval/sheets.ts";

/** Prompts that are drawn with palettes, and real sprites of which half is drawn anew. */
const CONTROLLED = 24;

const say = (text: string) => process.stderr.write(`eval: ${text}\n`);

function readOptions() {
  const models = join(packageInfo().root, "models");
  const { values } = parseArgs({
    options: {
      exemplars: { type: "string", default: "both" },
      model: { type: "string", default: join(models, "embedded-v1") },
      out: { type: "string", default: "out/eval" },
      limit: { type: "string", default: "1000" },
      card: { type: "boolean", default: false },
      blind: { type: "string" },
      prompts: { type: "string" },
      seed: { type: "string", default: "0" },
      score: { type: "string" },
      key: { type: "string" },
      retrieval: { type: "boolean", default: false },
      reconstruct: { type: "string" },
    },
  });
  const limit = Number(values.limit);
  if (!["auto", "off", "both"].includes(values.exemplars) || !Number.isInteger(limit) || limit < 2) {
    say("takes --exemplars auto, off or both and --limit 2 or more");
    process.exit(2);
  }
  const seed = Number(values.seed);
  if (!/^\d+$/.test(values.seed) || seed > 0xffffffff) {
    say("takes --seed 0 to 4294967295");
    process.exit(2);
  }
  const modes: ("auto" | "off")[] =
    values.exemplars === "both" ? ["auto", "off"] : [values.exemplars as "auto" | "off"];
  return { ...values, models, limit, modes, seed };
}

type Prompts = PromptLists & { readonly characters: readonly string[] };

function readPrompts(path: string, limit: number): Prompts {
  const lists = JSON.parse(readFileSync(path, "utf8")) as Prompts;
  return Object.fromEntries(
    [...GROUPS, "characters" as const].map((group) => [group, lists[group].slice(0, limit)]),
  ) as unknown as Prompts;
}

interface Run {
  subject: Subject;
  lists: PromptLists;
  yardstick: Yardstick;
  out: string;
}

async function evaluate(
  { subject, lists, yardstick, out }: Run,
  exemplars: "auto" | "off",
): Promise<Figures> {
  say(`drawing, exemplars ${exemplars}`);
  const drawings = await drawPrompts(subject, lists, { exemplars, say });
  await writeSheets(join(out, "sheets"), drawings, exemplars);
  const samples = await featureSamples(drawings, yardstick.evaluator);
  say("searching the nearest training pictures");
  const pairs = findNearest(samples, yardstick);
  await writeNearest(join(out, `nearest-${exemplars}.png`), pairs, yardstick);
  const memorization = measureMemorization(pairs, yardstick);
  return measureSamples(samples, yardstick, { memorization, exemplars });
}

/** The common things and the compound prompts. */
function blindPrompts(things: readonly string[]): BlindPrompt[] {
  return [
    ...things.map((prompt) => ({ group: "common things", prompt })),
    ...COMPOUND_PROMPTS.map((prompt) => ({ group: "compound prompts", prompt })),
  ];
}

const options = readOptions();
if (options.score !== undefined) {
  const key = readKey(options.key ?? keyOf(options.score));
  const { table, shares } = scoreForm(key.prompts, readForm(readFileSync(options.score, "utf8")));
  process.stdout.write(`${table}${JSON.stringify(shares)}\n`);
  process.exit(0);
}
if (options.reconstruct !== undefined) {
  say(`reconstructing the pictures of ${options.reconstruct}`);
  const figures = await reconstructFolder(options.reconstruct, options.model);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exit(0);
}
const lists = readPrompts(join(options.models, "eval-prompts.json"), options.limit);
if (options.blind !== undefined) {
  const { blind: out, prompts: file, seed } = options;
  const prompts = file === undefined ? blindPrompts(lists.things) : readPromptFile(file);
  await withModel(options.model, (subject) => writeBlindTest(subject, prompts, { out, seed, say }));
  process.exit(0);
}
if (options.retrieval) {
  const prompts = [...lists.things, ...COMPOUND_PROMPTS];
  for (const { prompt, line } of retrieve(options.model, prompts))
    process.stdout.write(`${prompt}: ${line}\n`);
  process.exit(0);
}
mkdirSync(options.out, { recursive: true });
const yardstick = await readYardstick(options.models, options.model);
const report = await withModel(options.model, async (subject): Promise<Report> => {
  const modes: Figures[] = [];
  for (const mode of options.modes)
    modes.push(await evaluate({ subject, lists, yardstick, out: options.out }, mode));
  say("drawing characters that walk");
  const walkers = await drawCharacters(subject, lists.characters);
  await writeWalkers(join(options.out, "sheets", "characters.png"), walkers);
  say("drawing with palettes and given halves");
  const { things: prompts } = lists;
  const controls = await measureControls(subject, { prompts, real: yardstick.real, count: CONTROLLED });
  const { id, title, sha256 } = subject.info;
  return {
    model: { id, title, sha256 },
    real: await measureReal(yardstick, lists.things, measureRealNeighbors(yardstick)),
    modes,
    controls,
    characters: await measureCharacters(walkers, yardstick.evaluator.picture),
  };
});
await yardstick.evaluator.release();
const table = writeMarkdown(report);
writeFileSync(join(options.out, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(join(options.out, "report.md"), table);
if (options.card) {
  const path = join(options.model, "README.md");
  writeFileSync(path, fillCard(readFileSync(path, "utf8"), table));
}
process.stdout.write(table);
