import { join } from "node:path";
import { loadEntry } from "../../service/generators/catalog.ts";
import type { DrawnPictures } from "../../service/generators/drawn-pictures.ts";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import type { GeneratorInfo } from "../../service/generators/generator.ts";
import { runPlan } from "../../service/generators/run-plan.ts";
import { parseSpriteRequest } from "../../service/kinds/sprite/parse.ts";
import { drawByRules, planByRules } from "../../service/kinds/sprite/rules.ts";
import { packageInfo } from "../../service/package-info.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { planSprite } from "../../service/recipes/sprite.ts";
import { findWardrobe } from "../../service/wardrobe/find-wardrobe.ts";
import { ModelShelf } from "../../service/workers/model-shelf.ts";

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

/** The model that is looked at, loaded in this process. */
export interface Subject {
  folder: string;
  info: GeneratorInfo;
  /** Draws all pictures of a plan. */
  draw(plan: GenerationPlan): Promise<DrawnPictures>;
}

/** Hooks of a drawing that nobody watches or cancels. */
export const UNWATCHED = { signal: new AbortController().signal, onProgress: () => {} };

const STYLE_OF_GROUP: Readonly<Partial<Record<Group, string>>> = { tiles: "texture", portraits: "portrait" };

/** Draws every prompt with a model, one after the other. */
export async function drawPrompts(
  subject: Subject,
  lists: PromptLists,
  { exemplars, say }: DrawOptions,
): Promise<Drawing[]> {
  const drawings: Drawing[] = [];
  for (const group of GROUPS) {
    for (const prompt of lists[group]) {
      const drawn = await drawPrompt(subject, { prompt, style: STYLE_OF_GROUP[group], exemplars });
      drawings.push({ group, prompt, ...drawn });
      if (drawings.length % 20 === 0) say(`${drawings.length} prompts drawn`);
    }
  }
  return drawings;
}

/** Plans a sprite request with a model. */
export function planPrompt(subject: Subject, fields: object): GenerationPlan {
  const { request, ignored } = parseSpriteRequest(fields);
  const decoded = { inputImage: null, palettePicture: null };
  return planSprite(request, { models: [subject.info], decoded, ignored, chooseSeed: () => 0 });
}

/** Draws one prompt with a model: seeds 0 to 3. */
export async function drawPrompt(
  subject: Subject,
  { prompt, style = "default", exemplars }: { prompt: string; style?: string | undefined; exemplars: string },
): Promise<Pick<Drawing, "images" | "exemplars">> {
  const plan = planPrompt(subject, { prompt, prompt_style: style, exemplars, seed: 0, num_images: SEEDS });
  const { pictures } = await subject.draw(plan);
  return {
    images: pictures.map(({ image }) => image),
    exemplars: pictures.map((picture) => picture.exemplars[0]?.id ?? null),
  };
}

/**
 * Loads the model of a folder and hands it to `use`. As in the product, rules and the wardrobe draw what they can. Throws
 * for a folder without one.
 */
export async function withModel<T>(folder: string, use: (subject: Subject) => Promise<T>): Promise<T> {
  const entry = await loadEntry(folder);
  const opened = findWardrobe([join(packageInfo().root, "models")]);
  const { model } = await new ModelShelf({ env: process.env, onDevice: () => {} }).take(entry);
  try {
    const { info } = entry;
    const generate = (plan: GenerationPlan) => runPlan(model, plan, UNWATCHED);
    const wardrobe = () => opened;
    const draw = async (plan: GenerationPlan) => {
      const ruled = await planByRules(plan, wardrobe);
      if (!ruled) return generate(plan);
      return (await drawByRules(ruled, { wardrobe, generate, pause: async () => {} })).drawn;
    };
    return await use({ folder, info, draw });
  } finally {
    await model.dispose();
  }
}
