import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { Kind, KindRequest } from "../kinds/kind.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import type { TaskHooks } from "../workers/messages.ts";
import { runRemoteJob } from "./remote-job.ts";
import type { SpriteTarget } from "./sprite-target.ts";

export interface RemoteOptions extends TaskHooks {
  url: string;
  env: NodeJS.ProcessEnv;
  target: SpriteTarget;
}

/** Fields that runRemoteJob sets, whatever the user asked for. */
const BY_ITSELF: ReadonlySet<string> = new Set(["async", "upload_outputs"]);

/** Makes an asset with a running service, with the same files as without one. Throws like runRemoteJob. */
export async function makeThere(
  kind: Kind,
  { request, ignored }: ParsedRequest<KindRequest>,
  { url, target, env, signal, onProgress }: RemoteOptions,
): Promise<MadeAsset> {
  const output = { name: target.name, engine: target.engines, client_folder: target.projectFolder };
  const body = { ...request, output };
  const { answer, files } = await runRemoteJob({ url, env }, { path: kind.path, body, signal, onProgress });
  const { id: _id, files: _files, timings_ms: timings, ...manifest } = answer;
  // How the answer was delivered is not part of the request. Some kinds leave such fields out already.
  const { output: _output, ...resolved } = manifest.request;
  const asked = Object.entries(resolved).map(([name, value]) => [name, BY_ITSELF.has(name) ? false : value]);
  return {
    files,
    manifest: {
      ...manifest,
      schema_version: 1,
      name: target.name,
      request: Object.fromEntries(asked),
      ignored_parameters: [...ignored, ...manifest.ignored_parameters],
    },
    timings: { load: 0, model: timings.model, step: 0, post: timings.post, encode: 0 },
  };
}
