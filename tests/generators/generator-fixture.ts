import { fileURLToPath } from "node:url";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import type { PictureRequest } from "../../service/generators/generator.ts";
import type { Composition } from "../../service/pixel/composition.ts";

/** The folder of model folders and the one model that ships with the repository. */
export const modelsFolder = fileURLToPath(new URL("../../models", import.meta.url));
export const modelFolder = fileURLToPath(new URL("../../models/embedded-v1", import.meta.url));

/** A whole request with a few steps; fields of `changes` replace its own. */
export function sampleRequest(changes: Partial<PictureRequest> = {}): PictureRequest {
  return {
    prompt: "a red potion",
    negativePrompt: "",
    kind: "sprite",
    style: "default",
    width: 32,
    height: 32,
    bounds: null,
    view: null,
    direction: null,
    action: null,
    framePhase: null,
    palette: null,
    colorCount: null,
    wrapX: false,
    wrapY: false,
    known: null,
    mask: null,
    start: null,
    strength: 0.75,
    exemplars: "off",
    seed: 7,
    steps: 6,
    guidanceScale: 3,
    ...changes,
  };
}

/** The model's picture as it is: one on an image, not moved. */
export const nativeComposition: Composition = {
  width: 32,
  height: 32,
  enlarge: 1,
  fit: "exact",
  anchor: "center",
  columns: 1,
  rows: 1,
  wrapX: false,
  wrapY: false,
};

/** A plan of one picture for each request: no composition, hard alpha, 16 colours. */
export function samplePlan(
  pictures: PictureRequest[],
  changes: Partial<GenerationPlan> = {},
): GenerationPlan {
  return {
    kind: "sprite",
    model: "embedded-v1",
    style: "default",
    pictures,
    composition: nativeComposition,
    passes: [
      { pass: "binarize-alpha", threshold: 128 },
      { pass: "limit-colors", colorCount: 16, dither: "none", ditherStrength: 50 },
    ],
    palette: null,
    keepBeforePalette: false,
    keepBeforeBackground: false,
    ignored: [],
    warnings: [],
    resolved: {},
    ...changes,
  };
}
