import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import { invalidRequest } from "../../shared/parse-request.ts";
import { isLoopbackUrl, ServerModel } from "../../shared/server-models.ts";
import { BACKENDS } from "../generators/table.ts";
import { readJsonFile } from "../project/read-json-file.ts";
import { userModelsFile } from "../project/read-models.ts";
import type { CliContext } from "./command.ts";
import { type FlagTable, type FlagValues, readArguments, textFlag } from "./usage.ts";
import { writeWhole } from "./write-whole.ts";

const FLAGS: FlagTable = {
  ...{
    url: { type: "string" },
    backend: { type: "string" },
    server: { type: "string" },
    model: { type: "string" },
  },
  ...{ lora: { type: "string", multiple: true }, "lora-dir": { type: "string" } },
  ...{ arg: { type: "string", multiple: true }, graph: { type: "string" }, family: { type: "string" } },
  ...{
    size: { type: "string", multiple: true },
    steps: { type: "string" },
    "guidance-scale": { type: "string" },
  },
  ...{ sampler: { type: "string" }, scheduler: { type: "string" }, prompt: { type: "string" } },
  ...{ "key-env": { type: "string" }, "allow-remote": { type: "boolean" }, license: { type: "string" } },
};
const FIND_MS = 5_000;

/** `pixelkiln models add`: keeps a model of a picture server in the user's own list, in place of one with its id. */
export async function addModel(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, FLAGS, { most: 1 });
  const [id] = positionals;
  if (id === undefined)
    throw invalidParameter("models add", "no name", "a name for the model, such as forge");
  const fields =
    textFlag(values, "server") === undefined
      ? await serverAt(values, context)
      : await ownServer(values, context);
  const model = withoutNothing({ id, ...fields, ...commonFields(values) });
  const parsed = ServerModel.safeParse(model);
  if (!parsed.success) throw invalidRequest(parsed.error, model, FLAG_OF);
  const file = userModelsFile(context.env);
  const others = (await readOwn(file)).filter((one) => (one as { id?: unknown }).id !== id);
  await writeOwn(file, [...others, model]);
  context.stdout.write(
    `Added ${id} to ${file}.\nDraw with it: pixelkiln sprite "a red potion" --model ${id}\n`,
  );
  if (parsed.data.weights_license === undefined)
    context.stderr.write("Say the license of its weights with --license, so that provenance has it.\n");
  return 0;
}

/** `pixelkiln models remove`. */
export async function removeModel(context: CliContext): Promise<number> {
  const { positionals } = readArguments(context.args, {}, { most: 1 });
  const file = userModelsFile(context.env);
  const models = await readOwn(file);
  const idOf = (one: unknown): unknown => (one as { id?: unknown }).id;
  const left = models.filter((one) => idOf(one) !== positionals[0]);
  if (left.length === models.length) {
    const known = models.map(idOf).join(", ") || "none, as your list is empty";
    throw invalidParameter("models remove", describeValue(positionals[0]), known);
  }
  await writeOwn(file, left);
  context.stdout.write(`Removed ${positionals[0]} from ${file}.\n`);
  return 0;
}

/** Where a wrong field was given. */
const FLAG_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    id: "models add",
    checkpoint: "--model",
    weights_license: "--license",
    guidance_scale: "--guidance-scale",
    sizes: "--size",
    loras: "--lora",
    key_env: "--key-env",
    url: "--url",
  }),
);

function commonFields(values: FlagValues): Record<string, unknown> {
  const number = (name: string): number | undefined => {
    const text = textFlag(values, name);
    return text === undefined ? undefined : Number(text);
  };
  const sizes = listFlag(values, "size").map(Number);
  return {
    family: textFlag(values, "family"),
    sizes: sizes.length > 0 ? sizes : undefined,
    steps: number("steps"),
    guidance_scale: number("guidance-scale"),
    prompt: textFlag(values, "prompt"),
    weights_license: textFlag(values, "license"),
  };
}

async function serverAt(values: FlagValues, context: CliContext): Promise<Record<string, unknown>> {
  const url = textFlag(values, "url");
  if (url === undefined) throw invalidParameter("models add", "neither --url nor --server", "one of them");
  if (!URL.canParse(url))
    throw invalidParameter("--url", describeValue(url), "an address such as http://127.0.0.1:7860");
  const remote = values["allow-remote"] === true;
  if (!remote && !isLoopbackUrl(url))
    throw invalidParameter(
      "--url",
      describeValue(url),
      "an address on this machine, or --allow-remote beside it",
    );
  const backend = textFlag(values, "backend") ?? (await findBackend(url, context));
  const shared = { backend, url, ...(remote ? { allow_remote: true } : {}) };
  const model = textFlag(values, "model");
  if (backend === "openai") return { ...shared, model, key_env: textFlag(values, "key-env") };
  const graph = textFlag(values, "graph");
  return {
    ...shared,
    checkpoint: model,
    ...samplingOf(values),
    graph: graph === undefined ? undefined : resolve(context.cwd, graph),
  };
}

async function ownServer(values: FlagValues, context: CliContext): Promise<Record<string, unknown>> {
  const file = async (flag: string): Promise<string> => {
    const text = textFlag(values, flag);
    const path = resolve(context.cwd, text ?? "");
    const isThere = text !== undefined && (await stat(path).catch(() => null));
    if (!isThere) throw invalidParameter(`--${flag}`, describeValue(text), "an existing file");
    return path;
  };
  const checkpoint = await file("model");
  const isFile = (await stat(checkpoint)).isFile();
  const loras = textFlag(values, "lora-dir");
  if (isFile) context.stderr.write(`Reading ${checkpoint} for its sha256.\n`);
  return {
    backend: "sd-server",
    server: await file("server"),
    checkpoint,
    checkpoint_sha256: isFile ? await sha256Of(checkpoint) : undefined,
    lora_dir: loras === undefined ? undefined : resolve(context.cwd, loras),
    args: listFlag(values, "arg"),
    ...samplingOf(values),
  };
}

function samplingOf(values: FlagValues): Record<string, unknown> {
  const loras = listFlag(values, "lora").map((text) => {
    const [, name = text, weight] = /^(.+?)(?::(-?[\d.]+))?$/.exec(text) ?? [];
    return weight === undefined ? { name } : { name, weight: Number(weight) };
  });
  return {
    loras: loras.length > 0 ? loras : undefined,
    sampler: textFlag(values, "sampler"),
    scheduler: textFlag(values, "scheduler"),
  };
}

/** Asks at an address what answers there. */
async function findBackend(url: string, { env, signal }: CliContext): Promise<string> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(FIND_MS)]);
  const reasons: string[] = [];
  for (const backend of ["comfy", "sdapi"] as const) {
    const config = ServerModel.parse({ id: "x", backend, url, allow_remote: true });
    const found = await BACKENDS[backend]?.check?.(config, env, until);
    const tells = found?.found && (found.found.checkpoints || found.found.samplers);
    if (found?.state === "up" && tells) return backend;
    if (found?.reason) reasons.push(found.reason);
  }
  const why = reasons[0] === undefined ? "" : ` (${reasons[0]})`;
  throw new ServiceError(
    "model-unavailable",
    `Neither ComfyUI nor a Stable Diffusion API answers at ${url}${why}: start it, or name its --backend.`,
  );
}

function listFlag(values: FlagValues, name: string): string[] {
  const list = values[name];
  return Array.isArray(list) ? list.map(String) : [];
}

function withoutNothing(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

async function readOwn(file: string): Promise<unknown[]> {
  try {
    const { value } = await readJsonFile(file);
    return Array.isArray(value.models) ? value.models : [];
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not-found") return [];
    throw error;
  }
}

async function writeOwn(file: string, models: readonly unknown[]): Promise<void> {
  await writeWhole(file, Buffer.from(`${JSON.stringify({ models }, null, 2)}\n`));
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(part);
  return hash.digest("hex");
}
