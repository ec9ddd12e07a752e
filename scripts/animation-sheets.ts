/**
 * Draws the contact sheets of docs/animations.md: fixed prompts and seed, nothing picked.
 *
 *     node --import tsx scripts/animation-sheets.ts
 */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { encodePng } from "../service/codecs/encode-png.ts";
import { animation } from "../service/kinds/animation/kind.ts";
import { createImage, type PixelImage, place } from "../service/pixel/image.ts";
import { upscaleNearest } from "../service/pixel/upscale-nearest.ts";
import { createWorkers } from "../service/workers/workers.ts";
import { drawSheet } from "./draw-sheet.ts";
import { onGround } from "./on-ground.ts";

const SEED = 3;
const SCALE = 2;
const GAP = 4;

const SHEETS: Record<string, object[]> = {
  "animations-people": ["elf archer with a green hood", "old wizard in purple", "skeleton warrior"].map(
    (prompt) => ({
      prompt,
      actions: ["walk", "attack"],
      directions: ["south", "east"],
      width: 48,
    }),
  ),
  "animations-things": [
    { prompt: "green slime", actions: ["idle", "walk", "attack"] },
    { prompt: "red dragon", action: "idle", frames_duration: 8 },
    { prompt: "ghost", action: "custom", action_description: "floats" },
    { prompt: "campfire", action: "custom", action_description: "flickers" },
    { prompt: "gold coin", action: "custom", action_description: "spins" },
    { prompt: "oak tree", action: "custom", action_description: "sways" },
    { prompt: "treasure chest", action: "custom", action_description: "opens" },
    { prompt: "blue crystal", action: "destroy" },
    { prompt: "fire explosion", action: "vfx" },
  ],
};

const models = fileURLToPath(new URL("../models", import.meta.url));
const images = new URL("../docs/images/", import.meta.url);
const workers = await createWorkers({ modelsDirs: [models], env: process.env, log: () => {} });
try {
  for (const [name, requests] of Object.entries(SHEETS)) {
    const rows: PixelImage[] = [];
    for (const request of requests) rows.push(await sheetOf(request));
    await writeFile(new URL(`${name}.png`, images), await encodePng(upscaleNearest(stack(rows), SCALE)));
  }
} finally {
  await workers.close();
}

async function sheetOf(request: object): Promise<PixelImage> {
  const { sheet, manifest } = await drawSheet(workers, animation, { seed: SEED, ...request });
  const { loop_gap, largest_step, duplicate_frames, palette_union } = manifest.checks;
  console.log(JSON.stringify(request), manifest.animation?.motion, {
    loop_gap,
    largest_step,
    duplicate_frames,
    palette_union,
  });
  for (const warning of manifest.warnings) console.log(`  ${warning}`);
  return sheet;
}

function stack(rows: readonly PixelImage[]): PixelImage {
  const width = Math.max(...rows.map((row) => row.width));
  const height = rows.reduce((sum, row) => sum + row.height + GAP, -GAP);
  let y = 0;
  let sheet = onGround(createImage(width, height));
  for (const row of rows) {
    sheet = place(onGround(row), sheet, 0, y);
    y += row.height + GAP;
  }
  return sheet;
}
