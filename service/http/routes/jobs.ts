import type { JobList } from "../../../shared/api.ts";
import { ServiceError } from "../../../shared/errors.ts";
import type { Job, JobState } from "../../../shared/job.ts";
import type { HttpDeps } from "../deps.ts";
import { answerFinished, compactJob } from "../job-answer.ts";
import type { RouteHandler } from "../route.ts";

type JobOperation = "listJobs" | "getJob" | "cancelJob" | "jobResult";

/** Jobs: list them, show one, cancel one, and get the result of a finished one. */
export function jobRoutes(deps: HttpDeps): Record<JobOperation, RouteHandler> {
  return {
    listJobs: async ({ context, query }) => {
      const { state, limit, before } = query as { state?: JobState; limit: number; before?: string };
      // One more than asked for shows whether there is a next page.
      const found = await deps.jobs.list({ state, limit: limit + 1, before });
      const jobs = found.slice(0, limit).map(compactJob);
      return context.json({
        jobs,
        next: found.length > limit ? (jobs.at(-1)?.id ?? null) : null,
      } satisfies JobList);
    },
    getJob: async ({ context, params }) => context.json(await mustFind(deps, params.id)),
    cancelJob: async ({ context, params }) => {
      const { id = "" } = params;
      await mustFind(deps, id);
      const job = await deps.jobs.cancel(id);
      return context.json(job ?? (await mustFind(deps, id)));
    },
    jobResult: async ({ context, params }) => answerFinished(deps, context, await mustFind(deps, params.id)),
  };
}

/** Finds a job or throws not-found. */
export async function mustFind(deps: Pick<HttpDeps, "jobs">, id = ""): Promise<Job> {
  const job = await deps.jobs.get(id);
  if (job === null) throw new ServiceError("not-found", `There is no job ${id}.`);
  return job;
}
