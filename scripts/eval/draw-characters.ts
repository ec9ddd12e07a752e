import { decodeImage } from "../../service/codecs/decode-image.ts";
import { generateAnimation } from "../../service/kinds/animation/make.ts";
import { parseAnimationRequest } from "../../service/kinds/animation/parse.ts";
import { crop, type PixelImage } from "../../service/pixel/image.ts";
import type { ModelHost } from "../../service/workers/workers.ts";

import { UNWATCHED } from "./draw-prompts.ts";

/** Edge of a frame: what the evaluator takes. */
const EDGE = 32;

/** A character that walks: its frames by direction, in the order of the directions asked. */
export interface Character {
  prompt: string;
  directions: PixelImage[][];
  /** Share of pixels that change from the last frame to the first, at most, and between neighbours, at most. */
  loopGap: number;
  largestStep: number;
}

/** Draws a walk in four directions for each prompt, seed 0. */
export async function drawCharacters(host: ModelHost, prompts: readonly string[]): Promise<Character[]> {
  const characters: Character[] = [];
  for (const prompt of prompts) characters.push(await drawCharacter(host, prompt));
  return characters;
}

async function drawCharacter(host: ModelHost, prompt: string): Promise<Character> {
  const parsed = parseAnimationRequest({ prompt, action: "walk", directions: 4, width: EDGE, seed: 0 });
  const { files, manifest } = await generateAnimation(
    parsed,
    { host, version: "eval", chooseSeed: () => 0 },
    {
      createdAt: "2026-01-01T00:00:00.000Z",
      name: "character",
      engines: [],
      folder: "",
      ...UNWATCHED,
    },
  );
  const bytes = files.find(({ role }) => role === "sheet")?.bytes;
  const { animation, checks } = manifest;
  if (!bytes || !animation) throw new Error(`Expected a sheet of frames for "${prompt}".`);
  const sheet = await decodeImage(bytes, "sheet");
  const byDirection = new Map<string, PixelImage[]>();
  for (const { direction, frame } of animation.frames) {
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
