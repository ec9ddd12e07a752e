import { createHash } from "node:crypto";
import { open, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import type { ForeignModel } from "../backend.ts";
import type { DiffusersConfig, ScheduleConfig } from "./diffusers-config.ts";

/** Pipelines whose networks this backend knows how to feed. */
const KNOWN = /^(?:Onnx|ORT)?(?:StableDiffusion(?:XL)?|LatentConsistencyModel)(?:Img2Img|Inpaint)?Pipeline$/;
/** Names of models that were distilled to a few steps: they need no guidance and start at the last training step. */
const DISTILLED = /turbo|lightning|hyper|lcm/i;
const DISTILLED_STEPS = 4;
const USUAL = { steps: 25, guidanceScale: 7 } as const;
/** Bytes that are read of each file at its start, middle and end. */
const SAMPLE = 65_536;

/** The fields that are read of any config in a folder. */
const Fields = z.looseObject({
  _class_name: z.string().default(""),
  force_zeros_for_empty_prompt: z.boolean().default(false),
  sample_size: z.union([z.int(), z.tuple([z.int(), z.int()])]).nullish(),
  in_channels: z.int().default(4),
  time_cond_proj_dim: z.int().nullish(),
  scaling_factor: z.number().optional(),
  block_out_channels: z.array(z.int()).default([1, 1, 1, 1]),
  timestep_spacing: z.string().optional(),
  steps_offset: z.int().default(0),
  prediction_type: z.enum(["epsilon", "v_prediction"]).default("epsilon"),
  beta_start: z.number().default(0.00085),
  beta_end: z.number().default(0.012),
  beta_schedule: z.enum(["linear", "scaled_linear"]).default("scaled_linear"),
  num_train_timesteps: z.int().default(1000),
});
type Fields = z.infer<typeof Fields>;

/**
 * Reads a folder of ONNX networks in the layout of diffusers: what its model.json would say. Weights are not read whole, so
 * that listing models stays quick. Throws an Error that says in one line what is wrong.
 */
export async function describeFolder(folder: string): Promise<ForeignModel> {
  const index = await readFields(folder, "model_index.json");
  const pipeline = index._class_name;
  if (!KNOWN.test(pipeline))
    throw new Error(
      `${folder}: a ${pipeline} cannot be run. Stable Diffusion 1, 2 and XL, Turbo and LCM can.`,
    );
  const isXl = pipeline.includes("XL");
  const unet = await readFields(folder, "unet/config.json");
  if (unet.in_channels !== 4)
    throw new Error(`${folder}: its unet takes ${unet.in_channels} channels; only those of 4 can be run.`);
  const autoencoder = await readFields(folder, "vae_decoder/config.json");
  const factor = 2 ** (autoencoder.block_out_channels.length - 1);
  const cells = [unet.sample_size ?? (isXl ? 128 : 64)].flat();
  const name = basename(folder);
  const isDistilled = DISTILLED.test(name);
  const { fingerprint, bytes } = await sampleFiles(folder);
  const config: DiffusersConfig = {
    networks: {
      textEncoder: await findNetwork(folder, "text_encoder"),
      textEncoder2: isXl ? await findNetwork(folder, "text_encoder_2") : null,
      unet: await findNetwork(folder, "unet"),
      decoder: await findNetwork(folder, "vae_decoder"),
      encoder: await findNetwork(folder, "vae_encoder").catch(() => null),
    },
    schedule: scheduleOf(await readFields(folder, "scheduler/scheduler_config.json"), isDistilled),
    latent: { factor, scale: autoencoder.scaling_factor ?? (isXl ? 0.13025 : 0.18215) },
    guidanceWidth: unet.time_cond_proj_dim ?? null,
    zeroNegative: index.force_zeros_for_empty_prompt,
    fingerprint,
  };
  const file = {
    id: idOf(name),
    title: name,
    backend: "diffusers",
    output: "large",
    sizes: sizesOf(Math.max(...cells) * factor),
    controls: controlsOf(config),
    // The same card gives the same picture most of the time; another one, or the processor, does not.
    deterministic: false,
    defaults: isDistilled || config.schedule.solver === "lcm" ? fewSteps(name) : USUAL,
    weightsLicense: await licenseOf(folder),
    trainingDataLicenses: ["unknown"],
    ...config,
  };
  return { file, bytes };
}

/** Edges beside a model's own at which its drawings still hold together. */
function sizesOf(own: number): number[] {
  if (own === 512) return [512, 768];
  return own === 1024 ? [768, 1024] : [own];
}

function controlsOf({ networks, guidanceWidth }: DiffusersConfig): string[] {
  const always = ["prompt", "kind", "seed", "steps", "guidanceScale", "wrapX", "wrapY"];
  const given = networks.encoder === null ? [] : ["start", "strength", "known", "mask"];
  return [...always, ...(guidanceWidth === null ? ["negativePrompt"] : []), ...given];
}

/** "sdxl-lightning-4step" says how many it was distilled to. */
function fewSteps(name: string): { steps: number; guidanceScale: number } {
  const said = /(\d)[-_ ]?steps?\b/i.exec(name)?.[1];
  return { steps: said ? Number(said) : DISTILLED_STEPS, guidanceScale: 1 };
}

function scheduleOf(scheduler: Fields, isDistilled: boolean): ScheduleConfig {
  const isTrailing = isDistilled || scheduler.timestep_spacing === "trailing";
  return {
    // All others solve the same equation; Euler is the solver that the distilled ones were made for.
    solver: scheduler._class_name === "LCMScheduler" ? "lcm" : "euler",
    spacing: isTrailing ? "trailing" : "leading",
    stepsOffset: Math.min(1, Math.max(0, scheduler.steps_offset)),
    prediction: scheduler.prediction_type,
    betaStart: scheduler.beta_start,
    betaEnd: scheduler.beta_end,
    betaShape: scheduler.beta_schedule,
    trainSteps: scheduler.num_train_timesteps,
  };
}

function idOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 64);
}

/** Reads a config; one that is not there has no fields. */
async function readFields(folder: string, name: string): Promise<Fields> {
  const path = join(folder, name);
  const text = await readFile(path, "utf8").catch(() => "{}");
  try {
    return Fields.parse(JSON.parse(text));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    throw new Error(`${path}: ${issue ? `${issue.path.join(".")}: ${issue.message}` : "it is not JSON"}`);
  }
}

/** Finds the network of a part: model.onnx, or the only .onnx file there. */
async function findNetwork(folder: string, part: string): Promise<string> {
  const names = await readdir(join(folder, part)).catch(() => [] as string[]);
  const networks = names.filter((name) => name.endsWith(".onnx"));
  const name = networks.includes("model.onnx")
    ? "model.onnx"
    : networks.length === 1
      ? networks[0]
      : undefined;
  if (name !== undefined) return `${part}/${name}`;
  const isTorch = names.some((one) => /\.(?:safetensors|bin)$/.test(one));
  const found = networks.length > 1 ? `several: ${networks.join(", ")}` : "none";
  throw new Error(
    isTorch
      ? `${join(folder, part)} has PyTorch weights. Make ONNX of them: optimum-cli export onnx --model ${folder} NEW_FOLDER`
      : `Expected model.onnx in ${join(folder, part)} but found ${found}.`,
  );
}

/** The license that a model card (README.md) names at its top. */
async function licenseOf(folder: string): Promise<string> {
  const card = await readFile(join(folder, "README.md"), "utf8").catch(() => "");
  const head = /^---\n([\s\S]*?)\n---/.exec(card)?.[1] ?? "";
  const named = /^license_name:\s*(\S+)/m.exec(head) ?? /^license:\s*(\S+)/m.exec(head);
  return named?.[1] ?? "unknown";
}

/** Tells folders apart by the names, sizes and samples of their files. Throws for a file that is only a pointer. */
async function sampleFiles(folder: string): Promise<{ fingerprint: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const parts = /^(?:tokenizer|text_encoder|unet|vae_|scheduler)/;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name: part } of entries.filter((one) => parts.test(one.name)).sort(byName)) {
    for (const name of (await readdir(join(folder, part))).sort()) {
      const size = await sampleFile(join(folder, part, name), hash);
      hash.update(`${part}/${name} ${size}\n`);
      bytes += size;
    }
  }
  return { fingerprint: hash.digest("hex"), bytes };
}

async function sampleFile(path: string, hash: ReturnType<typeof createHash>): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(SAMPLE);
    for (const position of new Set([0, Math.floor(size / 2), Math.max(0, size - SAMPLE)])) {
      const { bytesRead } = await file.read(buffer, 0, SAMPLE, position);
      if (position === 0 && buffer.toString("latin1", 0, 24) === "version https://git-lfs.")
        throw new Error(`${path} is a pointer to a file of Git LFS. Run git lfs pull in its folder.`);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return size;
  } finally {
    await file.close();
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
