import type { JobProgress } from "../../shared/job.ts";
import { completeManifest, type DrawnSprites } from "./draw-local.ts";
import { runRemoteJob } from "./remote-job.ts";
import type { SpriteTarget } from "./sprite-target.ts";

/** A request, and the fields of it that were ignored before it goes to the service. */
export interface RemoteWork {
  /** Where a service takes it. */
  path: string;
  parsed: { request: object; ignored: DrawnSprites["manifest"]["ignored_parameters"] };
}

export interface RemoteOptions {
  target: SpriteTarget;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/** Fields that this program sets to fetch the answer its own way. */
const BY_ITSELF: ReadonlySet<string> = new Set(["async", "upload_outputs"]);

/** Lets a running service draw for a folder of this machine: the files are the same as without one. Throws as runRemoteJob does. */
export async function drawRemotely(
  url: string,
  { path, parsed }: RemoteWork,
  { target, env, signal, onProgress }: RemoteOptions,
): Promise<DrawnSprites> {
  const output = { name: target.name, engine: target.engines, client_folder: target.projectFolder };
  const body = { ...parsed.request, output };
  const { answer, files } = await runRemoteJob({ url, env }, { path, body, signal, onProgress });
  const { id: _id, files: _files, timings_ms: timings, ...manifest } = answer;
  // How the answer came is no part of what was asked; a recipe may leave such a field out already.
  const { output: _output, ...resolved } = manifest.request;
  const asked = Object.entries(resolved).map(([name, value]) => [name, BY_ITSELF.has(name) ? false : value]);
  const sprites = {
    files,
    manifest: {
      ...manifest,
      schema_version: 1 as const,
      name: target.name,
      request: Object.fromEntries(asked),
      ignored_parameters: [...parsed.ignored, ...manifest.ignored_parameters],
    },
    timings: { load: 0, model: timings.model, step: 0, post: timings.post, encode: 0 },
  };
  return { sprites, manifest: completeManifest(sprites) };
}
