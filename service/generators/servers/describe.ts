import { createHash } from "node:crypto";
import { isLoopbackUrl, type ServerModel } from "../../../shared/server-models.ts";
import type { GeneratorInfo } from "../generator.ts";
import { placeholdersOf } from "./comfy-graph.ts";
import { FAMILY_DEFAULTS, familyOf } from "./families.ts";

const ALWAYS = ["prompt", "kind", "view"];
const EDITS = ["start", "known", "mask"];
const SAMPLING = ["negativePrompt", "seed", "steps", "guidanceScale", ...EDITS, "strength"];

/** Describes a model of a picture server by its configuration, without asking the server. */
export function describeServer(model: ServerModel): GeneratorInfo {
  const name = model.backend === "openai" ? model.model : model.checkpoint;
  const family = FAMILY_DEFAULTS[model.family ?? familyOf(name)];
  const sizes = [...new Set(model.sizes ?? family.sizes)].sort((a, b) => a - b);
  const isUnguided = (control: string): boolean => control === "negativePrompt" && !family.negative;
  return {
    id: model.id,
    title: model.title ?? titleOf(model),
    backend: model.backend,
    output: "large",
    sizes,
    editSizes: sizes,
    controls: [...ALWAYS, ...controlsOf(model)].filter((control) => !isUnguided(control)),
    // Cards, drivers and versions round differently.
    deterministic: false,
    defaults: {
      steps: model.steps ?? family.steps,
      guidanceScale: model.guidance_scale ?? family.guidanceScale,
    },
    ...("url" in model && !isLoopbackUrl(model.url) ? { remote: new URL(model.url).origin } : {}),
    weightsLicense: model.weights_license ?? null,
    trainingDataLicenses: [],
    sha256: hashOf(model),
    bytes: 0,
  };
}

function controlsOf(model: ServerModel): string[] {
  if (model.backend === "sdapi") return [...SAMPLING, "wrapX", "wrapY"];
  if (model.backend === "sd-server") return SAMPLING;
  if (model.backend === "openai")
    return [...(Object.values(model.body).includes("{seed}") ? ["seed"] : []), ...(model.edits ? EDITS : [])];
  if (model.graph === undefined) return [...SAMPLING, "wrapX", "wrapY"];
  const has = placeholdersOf(model.graph);
  const when = (placeholder: string, ...controls: string[]) => (has.has(placeholder) ? controls : []);
  return [
    ...when("negative", "negativePrompt"),
    ...when("seed", "seed"),
    ...when("steps", "steps"),
    ...when("cfg", "guidanceScale"),
    ...when("image", "start"),
    ...(has.has("image") ? when("mask", "known", "mask") : []),
    ...(has.has("image") ? when("denoise", "strength") : []),
  ];
}

function titleOf(model: ServerModel): string {
  const name = model.backend === "openai" ? model.model : model.checkpoint;
  const what = (name ?? model.backend).replaceAll("\\", "/").split("/").at(-1) ?? model.backend;
  return "url" in model ? `${what} at ${new URL(model.url).host}` : what;
}

/** Hashes what decides what a model draws: where its server is, and how long one waits for it, does not. */
function hashOf(model: ServerModel): string {
  const waits = [
    "url",
    "allow_remote",
    "key_env",
    "timeout_seconds",
    "start_seconds",
    "idle_minutes",
    "server",
  ];
  const decides = Object.entries(model).filter(([name]) => !waits.includes(name));
  return createHash("sha256").update(JSON.stringify(decides.sort())).digest("hex");
}
