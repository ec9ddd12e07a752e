import { SpriteRequest } from "../../shared/requests.ts";
import { safeName } from "../asset/safe-name.ts";
import { generateSprites, type SpriteDeps } from "./generate-sprites.ts";
import { engineTarget, type PublishDeps, publishJob } from "./publish-job.ts";
import type { RunJob } from "./run-job.ts";

export interface RunGenerationDeps extends SpriteDeps, PublishDeps {}

/**
 * Makes the function that runs a sprite job: stored request -> sprites -> library -> project. A second run of
 * the same job (after a crash) gives the same bytes and accepts what the first one published.
 */
export function createRunGeneration(deps: RunGenerationDeps): RunJob {
  return async (job, { signal, onProgress }) => {
    const request = SpriteRequest.parse(job.request);
    const { output } = request;
    const sprites = await generateSprites({ request, ignored: job.extras.ignored }, deps, {
      createdAt: new Date(job.createdAt).toISOString(),
      name: output?.name ?? safeName(request.prompt),
      ...engineTarget(output, deps.engines),
      signal,
      onProgress,
    });
    signal.throwIfAborted();
    return publishJob(job, sprites, { ...deps, output });
  };
}
