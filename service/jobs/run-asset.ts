import type { z } from "zod";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { OutputTarget } from "../../shared/requests.ts";
import type { GeneratedAsset, SpriteOptions } from "../kinds/sprite/make.ts";
import type { JobRow } from "../queue/job-row.ts";
import type { RunJob } from "../queue/run-job.ts";
import { engineTarget, type PublishDeps, publishJob } from "./publish-job.ts";

/** What tells one kind of asset from another when a job makes it. */
export interface AssetKind<T extends { output?: OutputTarget | undefined }> {
  schema: z.ZodType<T>;
  /** The file stem where the request has no name: a SafeName. */
  nameOf: (request: T) => string;
  generate: (parsed: ParsedRequest<T>, options: SpriteOptions, job: JobRow) => Promise<GeneratedAsset>;
}

/**
 * Makes the function that runs jobs of a kind: stored request -> asset -> library -> project. A second run of the same
 * job (after a crash) gives the same bytes and accepts what the first one published.
 */
export function createRunAsset<T extends { output?: OutputTarget | undefined }>(
  { schema, nameOf, generate }: AssetKind<T>,
  deps: PublishDeps,
): RunJob {
  return async (job, { signal, onProgress }) => {
    const request = schema.parse(job.request);
    const { output } = request;
    const options = {
      createdAt: new Date(job.createdAt).toISOString(),
      name: output?.name ?? nameOf(request),
      ...engineTarget(output, deps.engines),
      signal,
      onProgress,
    };
    const asset = await generate({ request, ignored: job.extras.ignored }, options, job);
    signal.throwIfAborted();
    return publishJob(job, asset, { ...deps, output });
  };
}
