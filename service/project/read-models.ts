import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import { KILN_CONFIG } from "../../shared/kiln-file.ts";
import { invalidRequest } from "../../shared/parse-request.ts";
import { isLoopbackUrl, type ServerModel, ServerModels } from "../../shared/server-models.ts";
import { readJsonFile } from "./read-json-file.ts";

/** Gives the path of the user's own list of models: PIXELKILN_MODELS_FILE, or models.json in the folder for settings. */
export function userModelsFile(env: NodeJS.ProcessEnv): string {
  if (env.PIXELKILN_MODELS_FILE) return resolve(env.PIXELKILN_MODELS_FILE);
  const settings =
    process.platform === "win32"
      ? env.APPDATA || join(homedir(), "AppData", "Roaming")
      : env.XDG_CONFIG_HOME || join(homedir(), ".config");
  return join(settings, "pixelkiln", "models.json");
}

/**
 * Reads the models of picture servers: those of the user, then those of the game. The graphs that they name are read,
 * so that what comes back is all there is to know. Throws a ServiceError that names the file and the field.
 */
export async function readModels(projectDir: string | null, env: NodeJS.ProcessEnv): Promise<ServerModel[]> {
  const own = await readList(userModelsFile(env), null);
  const game = projectDir === null ? [] : await readList(join(projectDir, KILN_CONFIG), projectDir);
  return [...own, ...game];
}

/** `inside` is the game that a file belongs to; null: it is the user's own. */
async function readList(file: string, inside: string | null): Promise<ServerModel[]> {
  try {
    const { value } = await readJsonFile(file);
    const models = ServerModels.safeParse(value.models ?? []);
    if (!models.success) throw invalidRequest(models.error, value.models);
    if (inside !== null) for (const [i, model] of models.data.entries()) checkTrusted(model, i);
    return await Promise.all(models.data.map((model) => withGraph(model, { folder: dirname(file), inside })));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === "not-found") return [];
    const name = inside === null ? file : KILN_CONFIG;
    const errors = error.errors.map((one) => ({ ...one, field: `${name}: models.${one.field}` }));
    throw new ServiceError(error.code, `${name}: ${error.message}`, { errors });
  }
}

/** A game comes from a repository: it may not have programs run, nor send keys from this machine. */
function checkTrusted(model: ServerModel, i: number): void {
  const yours = "keep this model in your own list (pixelkiln models add)";
  if (model.backend === "sd-server")
    throw invalidParameter(
      `${i}.backend`,
      describeValue(model.backend),
      `a server that you start yourself: a game's configuration may run no programs, so ${yours}`,
    );
  if (model.backend === "openai" && model.key_env !== undefined && !isLoopbackUrl(model.url))
    throw invalidParameter(
      `${i}.key_env`,
      describeValue(model.key_env),
      `none beside the address of another machine: a game's configuration may send no keys, so ${yours}`,
    );
}

async function withGraph(
  model: ServerModel,
  { folder, inside }: { folder: string; inside: string | null },
): Promise<ServerModel> {
  if (model.backend !== "comfy" || typeof model.graph !== "string") return model;
  const field = `${model.id}.graph`;
  const expected = "a graph in ComfyUI's API format inside the project";
  const path = await realpath(resolve(folder, model.graph)).catch(() => null);
  if (path === null) throw invalidParameter(field, describeValue(model.graph), `${expected} (no such file)`);
  const way = inside === null ? "" : relative(await realpath(inside), path);
  if (isAbsolute(way) || way.split(sep)[0] === "..")
    throw invalidParameter(field, describeValue(model.graph), expected);
  const { value } = await readJsonFile(path);
  const isGraph = Object.values(value).every(
    (node) => typeof node === "object" && node !== null && "class_type" in node,
  );
  if (isGraph) return { ...model, graph: value as Record<string, Record<string, unknown>> };
  const advice = "a graph in ComfyUI's API format (Workflow > Export (API), not Save)";
  throw invalidParameter(field, describeValue(model.graph), advice);
}
