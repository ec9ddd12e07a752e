import { AnimationRequest } from "../../shared/requests-animation.ts";
import { safeName } from "../asset/safe-name.ts";
import { type AnimationDeps, generateAnimation } from "./generate-animation.ts";
import { engineTarget, type PublishDeps, publishJob } from "./publish-job.ts";
import type { RunJob } from "./run-job.ts";

/** The file stem of an animation without a name: its words and its action. */
export function animationName({ prompt, action }: Pick<AnimationRequest, "prompt" | "action">): string {
  return safeName(prompt ? `${prompt} ${action}` : action);
}

/**
 * Makes the function that runs an animation job: stored request -> frames -> library -> project. A second run of the
 * same job (after a crash) gives the same bytes and accepts what the first one published.
 */
export function createRunAnimation(deps: AnimationDeps & PublishDeps): RunJob {
  return async (job, { signal, onProgress }) => {
    const request = AnimationRequest.parse(job.request);
    const { output } = request;
    const asset = await generateAnimation({ request, ignored: job.extras.ignored }, deps, {
      createdAt: new Date(job.createdAt).toISOString(),
      name: output?.name ?? animationName(request),
      ...engineTarget(output, deps.engines),
      signal,
      onProgress,
    });
    signal.throwIfAborted();
    return publishJob(job, asset, { ...deps, output });
  };
}
