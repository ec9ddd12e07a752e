import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeHere } from "../../service/cli/local-workers.ts";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { animation } from "../../service/kinds/animation/kind.ts";
import { crop, type PixelImage } from "../../service/pixel/image.ts";
import { createWorkers, type Workers } from "../../service/workers/workers.ts";
import { type Subject, UNWATCHED } from "./draw-prompts.ts";

/** Edge of a frame: what the evaluator takes. */
const EDGE = 32;

/** A character that walks: its frames by direction, in the order of the directions asked. */
export interface Character {
  prompt: string;
  directions: PixelImage[][];
  /** Share of pixels that change from the last frame to the first, at most, and between neighbors, at most. */
  loopGap: number;
  largestStep: number;
}

/** Draws a walk in four directions for each prompt, seed 0. */
export async function drawCharacters({ folder }: Subject, prompts: readonly string[]): Promise<Character[]> {
  const catalog = mkdtempSync(join(tmpdir(), "pixelkiln-eval-"));
  // A catalog takes folders of models; a sibling of the same id must not stand before the one that is asked.
  symlinkSync(resolve(folder), join(catalog, "model"), "junction");
  const workers = await createWorkers({ modelsDirs: [catalog], env: process.env, log: () => {} });
  try {
    const characters: Character[] = [];
    for (const prompt of prompts) characters.push(await drawCharacter(workers, prompt));
    return characters;
  } finally {
    await workers.close();
    rmSync(catalog, { recursive: true });
  }
}

async function drawCharacter(workers: Workers, prompt: string): Promise<Character> {
  const parsed = animation.parse({ prompt, action: "walk", directions: 4, width: EDGE, seed: 0 });
  const target = { name: "character", engines: [], folder: "", assetId: null };
  const { files, manifest } = await makeHere(workers, { kind: animation, parsed, target }, UNWATCHED);
  const bytes = files.find(({ role }) => role === "sheet")?.bytes;
  const { animation: walk, checks } = manifest;
  if (!bytes || !walk) throw new Error(`Expected a sheet of frames for "${prompt}".`);
  const sheet = await decodeImage(bytes, "sheet");
  const byDirection = new Map<string, PixelImage[]>();
  for (const { direction, frame } of walk.frames) {
    const image = crop(sheet, frame.x, frame.y, frame.w, frame.h);
    byDirection.set(direction, [...(byDirection.get(direction) ?? []), image]);
  }
  return {
    prompt,
    directions: [...byDirection.values()],
    loopGap: checks.loop_gap ?? 0,
    largestStep: checks.largest_step ?? 0,
  };
}
