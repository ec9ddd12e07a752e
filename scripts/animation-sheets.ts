/**
 * Draws the contact sheets of docs/animations.md: fixed prompts and seed, nothing picked.
 *
 *     node --import tsx scripts/animation-sheets.ts
 */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { makeHere } from "../service/cli/local-workers.ts";
import { decodeImage } from "../service/codecs/decode-image.ts";
import { encodePng } from "../service/codecs/encode-png.ts";
import { animation } from "../service/kinds/animation/kind.ts";
import { createImage, type PixelImage, place } from "../service/pixel/image.ts";
import { upscaleNearest } from "../service/pixel/upscale-nearest.ts";
import { createWorkers } from "../service/workers/workers.ts";

const SEED = 3;
const SCALE = 2;
const GAP = 4;
const GROUND = [58, 62, 80, 255];

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
  const parsed = animation.parse({ seed: SEED, ...request });
  const target = { name: "sheet", engines: [], folder: "", assetId: null };
  const hooks = { signal: new AbortController().signal, onProgress: () => {} };
  const { files, manifest } = await makeHere(workers, { kind: animation, parsed, target }, hooks);
  const { loop_gap, largest_step, duplicate_frames, palette_union } = manifest.checks;
  console.log(JSON.stringify(request), manifest.animation?.motion, {
    loop_gap,
    largest_step,
    duplicate_frames,
    palette_union,
  });
  for (const warning of manifest.warnings) console.log(`  ${warning}`);
  return decodeImage(files.find(({ role }) => role === "sheet")?.bytes ?? new Uint8Array(), "sheet");
}

function stack(rows: readonly PixelImage[]): PixelImage {
  const width = Math.max(...rows.map((row) => row.width));
  const height = rows.reduce((sum, row) => sum + row.height + GAP, -GAP);
  const ground = createImage(width, height);
  for (let i = 0; i < ground.data.length; i += 4) ground.data.set(GROUND, i);
  let y = 0;
  let sheet = ground;
  for (const row of rows) {
    sheet = lay(row, sheet, y);
    y += row.height + GAP;
  }
  return sheet;
}

/** Lays a row over the ground, which shows through its transparent pixels. */
function lay(row: PixelImage, sheet: PixelImage, y: number): PixelImage {
  const data = row.data.slice();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.set(GROUND, i);
  return place({ ...row, data }, sheet, 0, y);
}
