import { join } from "node:path";
import type { PixelImage } from "../../service/pixel/image.ts";
import type { Drawing, Group } from "./draw-prompts.ts";
import { type Evaluator, openEvaluator } from "./evaluator.ts";
import {
  type KnownPicture,
  type RealSprite,
  readExemplars,
  readRealSprites,
  readTrainingPictures,
} from "./reference.ts";

/** One drawn picture with all that is measured on it. */
export interface Sample {
  group: Group;
  prompt: string;
  seed: number;
  image: PixelImage;
  exemplar: string | null;
  feature: Float32Array;
}

/** What samples are measured against; read and computed once for all modes. */
export interface Yardstick {
  evaluator: Evaluator;
  real: RealSprite[];
  realFeatures: Float32Array[];
  training: KnownPicture[];
  exemplarImages: Map<string, PixelImage>;
}

/** Reads the evaluator and its references. `modelsFolder` is the one that ships; `modelFolder` the evaluated one. */
export async function readYardstick(modelsFolder: string, modelFolder: string): Promise<Yardstick> {
  const folder = join(modelsFolder, "evaluator-v1");
  const evaluator = await openEvaluator(folder, join(modelsFolder, "embedded-v1"));
  const real = await readRealSprites(folder);
  return {
    evaluator,
    real,
    realFeatures: await inTurn(real, ({ image }) => evaluator.picture(image)),
    training: await readTrainingPictures(folder),
    exemplarImages: await readExemplars(modelFolder),
  };
}

/** Takes drawings apart into samples with their features, prompt by prompt, seeds in order. */
export async function featureSamples(drawings: readonly Drawing[], evaluator: Evaluator): Promise<Sample[]> {
  const flat = drawings.flatMap(({ group, prompt, images, exemplars }) =>
    images.map((image, seed) => ({ group, prompt, seed, image, exemplar: exemplars[seed] ?? null })),
  );
  return inTurn(flat, async (one) => ({ ...one, feature: await evaluator.picture(one.image) }));
}

/** Maps one after the other: the network takes one picture at a time anyway. */
export async function inTurn<In, Out>(items: readonly In[], map: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (const item of items) results.push(await map(item));
  return results;
}
