import { mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseSpriteRequest } from "../../service/kinds/sprite/parse.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import { planSprite } from "../../service/recipes/sprite.ts";
import { createModelHost, type ModelHost } from "../../service/workers/workers.ts";

/** Pictures of a prompt: seeds 0 to 3, nothing picked. */
export const SEEDS = 4;

/** The lists of models/eval-prompts.json. Only `things` holds exactly one common thing a prompt. */
export const GROUPS = ["things", "outside", "tiles", "colors", "portraits"] as const;
export type Group = (typeof GROUPS)[number];
export type PromptLists = Readonly<Record<Group, readonly string[]>>;

/** The pictures of one prompt, by seed. */
export interface Drawing {
  group: Group;
  prompt: string;
  images: PixelImage[];
  /** Id of the exemplar that each picture started from, or null. */
  exemplars: (string | null)[];
}

export interface DrawOptions {
  exemplars: "auto" | "off";
  say: (text: string) => void;
}

/** Hooks of a drawing that nobody watches or cancels. */
export const UNWATCHED = { signal: new AbortController().signal, onProgress: () => {} };

const STYLE_OF_GROUP: Readonly<Partial<Record<Group, string>>> = { tiles: "texture", portraits: "portrait" };

/** Draws every prompt with the only model of the host, one after the other. */
export async function drawPrompts(
  host: ModelHost,
  lists: PromptLists,
  { exemplars, say }: DrawOptions,
): Promise<Drawing[]> {
  const drawings: Drawing[] = [];
  for (const group of GROUPS) {
    for (const prompt of lists[group]) {
      const drawn = await drawPrompt(host, { prompt, style: STYLE_OF_GROUP[group], exemplars });
      drawings.push({ group, prompt, ...drawn });
      if (drawings.length % 20 === 0) say(`${drawings.length} prompts drawn`);
    }
  }
  return drawings;
}

/** Plans a sprite request with the default model of a host. */
export function planPrompt(host: ModelHost, fields: object): GenerationPlan {
  const { request, ignored } = parseSpriteRequest(fields);
  const models = host.catalog().map((entry) => entry.info);
  const decoded = { inputImage: null, palettePicture: null };
  return planSprite(request, { models, decoded, ignored, chooseSeed: () => 0 });
}

/** Draws one prompt with the default model of a host: seeds 0 to 3. */
export async function drawPrompt(
  host: ModelHost,
  { prompt, style = "default", exemplars }: { prompt: string; style?: string | undefined; exemplars: string },
): Promise<Pick<Drawing, "images" | "exemplars">> {
  const plan = planPrompt(host, { prompt, prompt_style: style, exemplars, seed: 0, num_images: SEEDS });
  const { pictures } = await host.generate(plan, UNWATCHED);
  return {
    images: pictures.map(({ image }) => image),
    exemplars: pictures.map((picture) => picture.exemplars[0]?.id ?? null),
  };
}

/** Opens a host whose catalog holds one model folder alone, and hands it to `use`. */
export async function withModel<T>(folder: string, use: (host: ModelHost) => Promise<T>): Promise<T> {
  readdirSync(folder);
  const catalog = mkdtempSync(join(tmpdir(), "pixelkiln-eval-"));
  // A catalog takes folders of models; a sibling of the same id must not stand before the one that is asked.
  symlinkSync(resolve(folder), join(catalog, "model"), "junction");
  const host = await createModelHost({ modelsDirs: [catalog], env: process.env, log: () => {} });
  try {
    return await use(host);
  } finally {
    await host.close();
    rmSync(catalog, { recursive: true });
  }
}
