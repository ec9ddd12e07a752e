/**
 * Draws the contact sheet of docs/effects.md: all effects with one seed, nothing picked, then some in other colors and sizes.
 *
 *     node --import tsx scripts/effect-sheets.ts
 */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { encodePng } from "../service/codecs/encode-png.ts";
import { drawEffect, TURNS } from "../service/effects/draw-effect.ts";
import { EFFECTS } from "../service/effects/effect-table.ts";
import { findEffect } from "../service/effects/find-effect.ts";
import { NO_TURN } from "../service/effects/ink.ts";
import { createImage, type PixelImage, place } from "../service/pixel/image.ts";
import { upscaleNearest } from "../service/pixel/upscale-nearest.ts";
import { onGround } from "./on-ground.ts";

const SEED = 3;
const SCALE = 2;
const COLUMNS = 2;
const GAP = 2;
const SIZE = 48;
const SHOWN = 8;
const MORE: readonly [prompt: string, size: number][] = [
  ["blue explosion", 48],
  ["purple smoke", 48],
  ["poison splash", 32],
  ["fire slash up left", 32],
  ["shadow bolt", 24],
  ["ice explosion", 24],
];

const prompts = Object.keys(EFFECTS).map((name): [string, number] => [name.replaceAll("_", " "), SIZE]);
const rows = [...prompts, ...MORE].map(([prompt, size]) => rowOf(prompt, size));
const file = fileURLToPath(new URL("../docs/images/effects.png", import.meta.url));
await writeFile(file, await encodePng(upscaleNearest(layOut(rows), SCALE)));

/** Frames of an effect, evenly chosen, side by side. */
function rowOf(prompt: string, size: number): PixelImage {
  const found = findEffect(prompt);
  if (!found) throw new Error(`Expected an effect: ${prompt}.`);
  const effect = EFFECTS[found.name];
  const turn = TURNS[found.direction ?? "east"] ?? NO_TURN;
  const frames = drawEffect(effect, { size, ramp: found.ramp, seed: SEED, turn }, effect.frames);
  const shown = Math.min(SHOWN, frames.length);
  const step = effect.loop ? frames.length / shown : (frames.length - 1) / (shown - 1);
  let row = createImage(SHOWN * (SIZE + GAP), SIZE + GAP);
  for (let i = 0; i < shown; i++) {
    const frame = frames[Math.round(i * step)];
    if (frame) row = place(frame, row, i * (SIZE + GAP) + (SIZE - size) / 2, (SIZE - size) / 2);
  }
  return row;
}

function layOut(rows: readonly PixelImage[]): PixelImage {
  const [width, height] = [SHOWN * (SIZE + GAP), SIZE + GAP];
  const lines = Math.ceil(rows.length / COLUMNS);
  let sheet = createImage(COLUMNS * width + GAP * 6, lines * height + GAP);
  for (const [i, row] of rows.entries())
    sheet = place(
      row,
      sheet,
      GAP + (i % COLUMNS) * (width + GAP * 4),
      GAP + Math.floor(i / COLUMNS) * height,
    );
  return onGround(sheet);
}
