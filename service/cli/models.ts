import { invalidParameter } from "../../shared/errors.ts";
import type { CatalogEntry } from "../generators/backend.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { openWorkers } from "./local-workers.ts";
import { columns, type FlagValues, readArguments } from "./usage.ts";

const ACTIONS = ["list", "check", "add", "remove"] as const;
/** How long a server may take to say what it has. */
const CHECK_MS = 10_000;
const MOST_NAMES = 20;

/** `pixelkiln models`. */
export const modelsCommand: CliCommand = {
  help: () => `pixelkiln models [list] [--json]
pixelkiln models check [ID]
pixelkiln models add ID --url URL [flags]
pixelkiln models add ID --server PATH --model FILE [--lora-dir FOLDER] [flags]
pixelkiln models remove ID

Lists the models and their licenses: folders with a model.json (those of PIXELKILN_MODELS, then those that ship with the
program), and models of picture servers. "check" asks each server what it has. "add" keeps a model of a server in your own
list; one in a game's pixelkiln.config.json counts in that game.

${columns([
  [
    "--url URL",
    "Address of a running server: A1111, Forge, SD.Next, KoboldCpp, Draw Things, ComfyUI, OpenAI images",
  ],
  ["--backend NAME", "sdapi, comfy or openai; default: what answers at the address"],
  ["--server PATH", "sd-server of stable-diffusion.cpp, which Pixelkiln then starts and ends itself"],
  ["--model NAME", "Checkpoint to draw with; for --server its file; for openai the model's name"],
  ["--lora NAME:WEIGHT", "May be given several times"],
  ["--lora-dir FOLDER", "Where --server finds LoRAs"],
  ["--arg ARGUMENT", "Further argument for --server, several times: --arg=--vae --arg=FILE"],
  ["--graph FILE", "Your own ComfyUI graph in API format"],
  ["--family NAME", "sd15, sdxl, turbo, flux, z-image, qwen-image or other; default: by the model's name"],
  ["--size N", "Canvas edge that it draws, several times; default: those of the family"],
  ["--steps N", "Default of the family otherwise; the same goes for --guidance-scale"],
  ["--sampler NAME", "And --scheduler NAME"],
  ["--prompt WORDS", "Words around {prompt}, such as the trigger words of a LoRA"],
  ["--key-env NAME", "Environment variable with the key of an openai server"],
  ["--allow-remote", "The server may be on another machine"],
  ["--license TEXT", "License of the weights, for provenance"],
])}

Step by step for each program: docs/models.md`,
  async run(context) {
    const [first] = context.args;
    const isNamed = first !== undefined && !first.startsWith("-");
    const action = isNamed ? first : "list";
    const args = isNamed ? context.args.slice(1) : context.args;
    if (action === "add") return (await import("./models-add.ts")).addModel({ ...context, args });
    if (action === "remove") return (await import("./models-add.ts")).removeModel({ ...context, args });
    if (action === "check") return check({ ...context, args });
    if (action !== "list") throw invalidParameter("models", action, ACTIONS.join(", "));
    return list({ ...context, args });
  },
};

async function list(context: CliContext): Promise<number> {
  const { values } = readArguments(context.args, { json: { type: "boolean" } }, { most: 0 });
  const models = (await catalogOf(context)).map((entry) => entry.info);
  if (isJson(values)) {
    context.stdout.write(`${JSON.stringify({ models })}\n`);
    return 0;
  }
  for (const [i, model] of models.entries()) {
    const rows = [
      ["title", `${model.title}${i === 0 ? " (default)" : ""}`],
      ["sizes", model.sizes.map((size) => `${size}x${size}`).join(", ")],
      ...(model.bytes > 0 ? [["megabytes", (model.bytes / 1e6).toFixed(1)] as const] : []),
      ["weights", model.weightsLicense ?? "license unknown"],
      ...(model.trainingDataLicenses.length > 0
        ? [["trained on", model.trainingDataLicenses.join(", ")] as const]
        : []),
      ["controls", model.controls.join(", ")],
      ["sha256", model.sha256],
    ] as const;
    context.stdout.write(`${model.id}\n${columns(rows)}\n`);
  }
  if (models.length === 0) context.stderr.write("There is no model: pixelkiln doctor says what to do.\n");
  return models.length === 0 ? 1 : 0;
}

/** Asks servers what they have. The exit code is 1 if one of them is down. */
async function check(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, { json: { type: "boolean" } }, { most: 1 });
  const [id] = positionals;
  const all = (await catalogOf(context)).filter(({ backend }) => backend.check);
  const asked = all.filter(({ info }) => id === undefined || info.id === id);
  if (id !== undefined && asked.length === 0)
    throw invalidParameter(
      "models check",
      id,
      all.map(({ info }) => info.id).join(", ") || "a model of a server",
    );
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(CHECK_MS)]);
  const states = await Promise.all(
    asked.map(async ({ info, config, backend }) => ({
      id: info.id,
      ...(await backend.check?.(config, context.env, signal)),
    })),
  );
  if (isJson(values)) context.stdout.write(`${JSON.stringify({ models: states })}\n`);
  else
    for (const { id: name, state, reason, found } of states) {
      const rows = [
        ["state", [state?.replace("_", " "), reason].filter(Boolean).join(": ")],
        ["program", [found?.program, found?.version].filter(Boolean).join(" ")],
        ["checkpoint", found?.checkpoint?.name ?? ""],
        ["checkpoints", namesOf(found?.checkpoints)],
        ["LoRAs", namesOf(found?.loras)],
        ["samplers", namesOf(found?.samplers)],
        ["schedulers", namesOf(found?.schedulers)],
      ] as const;
      context.stdout.write(`${name}\n${columns(rows.filter(([, text]) => text !== ""))}\n`);
    }
  return states.some(({ state }) => state === "down") ? 1 : 0;
}

async function catalogOf(context: CliContext): Promise<CatalogEntry[]> {
  const workers = await openWorkers(context, { least: "warn" });
  const entries = workers.catalog();
  await workers.close();
  return entries;
}

function namesOf(names: readonly string[] | null | undefined): string {
  if (!names) return "";
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return names.length === 0 ? "none" : names.slice(0, MOST_NAMES).join(", ") + rest;
}

function isJson(values: FlagValues): boolean {
  return values.json === true;
}
