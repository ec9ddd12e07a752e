/**
 * Draws the sheet of docs/animations.md: every prompt of models/creature-prompts.json with one seed, nothing picked, each
 * as a row of its frames.
 *
 *     node --import tsx scripts/creature-sheets.ts
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { encodePng } from "../service/codecs/encode-png.ts";
import { animation } from "../service/kinds/animation/kind.ts";
import { createImage, type PixelImage, place } from "../service/pixel/image.ts";
import { upscaleNearest } from "../service/pixel/upscale-nearest.ts";
import { createWorkers } from "../service/workers/workers.ts";
import { drawSheet } from "./draw-sheet.ts";
import { onGround } from "./on-ground.ts";

const SEED = 1;
const SIZE = 40;
const SCALE = 2;
const COLUMNS = 2;
const GAP = 8;

interface CreaturePrompt {
  prompt: string;
  action: string;
  action_description?: string;
}

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const workers = await createWorkers({ modelsDirs: [path("models")], env: process.env, log: () => {} });
try {
  const prompts: CreaturePrompt[] = JSON.parse(await readFile(path("models/creature-prompts.json"), "utf8"));
  const rows: PixelImage[] = [];
  for (const prompt of prompts) rows.push(await rowOf(prompt));
  await writeFile(path("docs/images/creatures.png"), await encodePng(upscaleNearest(arrange(rows), SCALE)));
} finally {
  await workers.close();
}

async function rowOf({ prompt, action, action_description }: CreaturePrompt): Promise<PixelImage> {
  const { sheet, manifest } = await drawSheet(workers, animation, {
    ...{ prompt, action, width: SIZE, height: SIZE, seed: SEED, frames_duration: 8 },
    ...(action_description === undefined ? {} : { action_description }),
    sheet_layout: "strip",
  });
  console.log(prompt, action, manifest.warnings.join(" "));
  return sheet;
}

/** Lays rows in columns on the ground, which shows through their transparent pixels. */
function arrange(rows: readonly PixelImage[]): PixelImage {
  const width = Math.max(...rows.map((row) => row.width));
  const perColumn = Math.ceil(rows.length / COLUMNS);
  const sheet = onGround(createImage(COLUMNS * width + (COLUMNS - 1) * GAP, perColumn * SIZE));
  return rows.reduce((all, row, i) => {
    const x = Math.floor(i / perColumn) * (width + GAP);
    return place(onGround(row), all, x, (i % perColumn) * SIZE);
  }, sheet);
}
