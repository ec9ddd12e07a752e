/**
 * Draws the contact sheet of docs/characters.md: the first prompts of models/character-prompts.json with one seed, nothing
 * picked, then one of them in all sizes.
 *
 *     node --import tsx scripts/character-sheets.ts
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { encodePng } from "../service/codecs/encode-png.ts";
import { character } from "../service/kinds/character/kind.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "../service/pixel/image.ts";
import { upscaleNearest } from "../service/pixel/upscale-nearest.ts";
import { createWorkers } from "../service/workers/workers.ts";
import { drawSheet } from "./draw-sheet.ts";
import { onGround } from "./on-ground.ts";

const SEED = 3;
const SCALE = 2;
const GAP = 6;
const PROMPTS = 16;
const SIZES = [64, 48, 32, 24, 16];
const ACTIONS = ["idle", "walk", "run", "jump", "attack", "hurt"];
/** Tag -> frames of it. */
const SHOWN: readonly [tag: string, frames: readonly number[]][] = [
  ["idle_south", [0]],
  ["walk_south", [0, 2]],
  ["walk_west", [0, 2]],
  ["walk_north", [0, 2]],
  ["walk_south_west", [0]],
  ["walk_north_west", [0]],
  ["run_south", [0]],
  ["run_west", [0, 2, 4]],
  ["jump_west", [2]],
  ["attack_south", [1, 3, 5]],
  ["attack_east", [1, 3, 5]],
  ["hurt_south", [2]],
];

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const workers = await createWorkers({ modelsDirs: [path("models")], env: process.env, log: () => {} });
try {
  const prompts: { prompt: string }[] = JSON.parse(
    await readFile(path("models/character-prompts.json"), "utf8"),
  );
  const rows: PixelImage[] = [];
  for (const { prompt } of prompts.slice(0, PROMPTS)) rows.push(await rowOf(prompt, 48));
  for (const size of SIZES) rows.push(await rowOf(prompts[0]?.prompt ?? "", size));
  await writeFile(path("docs/images/characters.png"), await encodePng(upscaleNearest(stack(rows), SCALE)));
} finally {
  await workers.close();
}

async function rowOf(prompt: string, size: number): Promise<PixelImage> {
  // The attack is there for its canvas: a sheet of all actions in all directions is too large to read.
  const [all, walk] = [
    await framesOf({ prompt, size, actions: ACTIONS }),
    await framesOf({ prompt, size, actions: ["walk", "attack"], directions: 8 }),
  ];
  const images = SHOWN.flatMap(([tag, frames]) => {
    const own = all.get(tag) ?? walk.get(tag) ?? [];
    return frames.flatMap((frame) => own[Math.min(frame, own.length - 1)] ?? []).map(narrow);
  });
  const height = Math.max(...images.map((image) => image.height));
  const width = images.reduce((sum, image) => sum + image.width, 0);
  let x = 0;
  return images.reduce(
    (row, image) => {
      const next = place(image, row, x, height - image.height);
      x += image.width;
      return next;
    },
    createImage(width, height),
  );
}

/** The frames of a character by tag. */
async function framesOf(request: object): Promise<Map<string, PixelImage[]>> {
  const { sheet, manifest } = await drawSheet(workers, character, { ...request, seed: SEED });
  if (!manifest.character) throw new Error("Expected a character.");
  const { frames, actions } = manifest.character;
  const cut = frames.map(({ frame: { x, y, w, h } }) => crop(sheet, x, y, w, h));
  const tags = actions.flatMap((action) => action.tags);
  return new Map(tags.map(({ name, from, to }) => [name, cut.slice(from, to + 1)]));
}

/** Cuts off the empty columns of a frame, which are there for the reach of a weapon, but for a gap. */
function narrow(frame: PixelImage): PixelImage {
  const { x, width } = drawnBounds(frame) ?? { x: 0, width: 1 };
  return place(crop(frame, x, 0, width, frame.height), createImage(width + GAP, frame.height), GAP, 0);
}

function stack(rows: readonly PixelImage[]): PixelImage {
  const width = Math.max(...rows.map((row) => row.width));
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  let y = 0;
  return rows.reduce(
    (all, row) => {
      const next = place(onGround(row), all, 0, y);
      y += row.height;
      return next;
    },
    onGround(createImage(width, height)),
  );
}
