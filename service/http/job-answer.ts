import type { Context } from "hono";
import { type Problem, ServiceError, toProblem } from "../../shared/errors.ts";
import type { Job } from "../../shared/job.ts";
import type { AppEnv, HttpDeps } from "./deps.ts";
import { answerProblem } from "./problem.ts";

/** Longer text in a request is a picture, which lists and events leave out. */
const LONGEST_TEXT = 4_096;

/** Answers with the outcome of a job: what it made, its error, or `job-not-finished`. */
export async function answerFinished(
  deps: Pick<HttpDeps, "jobs">,
  context: Context<AppEnv>,
  job: Job,
): Promise<Response> {
  if (job.status === "succeeded") return context.json(await deps.jobs.answer(job));
  const ids = { request_id: context.env.requestId, job_id: job.id };
  return answerProblem(context, { ...problemOf(job), ...ids });
}

function problemOf(job: Job): Problem {
  if (job.error !== null) return job.error;
  if (job.status === "failed") return toProblem(new ServiceError("generation-failed", "The job failed."));
  if (job.status === "cancelled")
    return toProblem(new ServiceError("cancelled", `The job ${job.id} was cancelled.`));
  return toProblem(
    new ServiceError("job-not-finished", `The job ${job.id} is not finished: it is ${job.status}.`),
  );
}

/** Prepares a job for lists and events: pictures in its request are replaced by their length. */
export function compactJob(job: Job): Job {
  return { ...job, request: compact(job.request) as Job["request"] };
}

function compact(value: unknown): unknown {
  if (typeof value === "string") return value.length > LONGEST_TEXT ? `(${value.length} characters)` : value;
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, compact(part)]));
}
