import { PixelateRequest } from "../../shared/pixelate.ts";
import { type PixelateDeps, pixelatePicture } from "./pixelate-picture.ts";
import { engineTarget, type PublishDeps, publishJob } from "./publish-job.ts";
import type { RunJob } from "./run-job.ts";

/** File stem where the request has no name: the picture came without one. */
const NAME = "pixelated";

/**
 * Makes the function that runs a pixelate job: stored request -> frames -> library -> project. A second run of the
 * same job (after a crash) gives the same bytes and accepts what the first one published.
 */
export function createRunPixelate(deps: PixelateDeps & PublishDeps): RunJob {
  return async (job, { signal, onProgress }) => {
    const request = PixelateRequest.parse(job.request);
    const { output } = request;
    const asset = await pixelatePicture({ request, ignored: job.extras.ignored }, deps, {
      createdAt: new Date(job.createdAt).toISOString(),
      name: output?.name ?? NAME,
      ...engineTarget(output, deps.engines),
      signal,
      onProgress,
    });
    signal.throwIfAborted();
    return publishJob(job, asset, { ...deps, output });
  };
}
