import { fileURLToPath } from "node:url";
import type { PictureRequest } from "../../service/generators/generator.ts";

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
    grid: null,
    plainGround: false,
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
    variation: 0,
    seed: 7,
    steps: 6,
    guidanceScale: 3,
    ...changes,
  };
}
