import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { AcceptedAnswer } from "../../shared/answers.ts";
import { type ApiRoute, BODY_LIMITS } from "../../shared/api-route.ts";
import { ServiceError, toProblem } from "../../shared/errors.ts";
import type { Job } from "../../shared/job.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { AppEnv, HttpDeps, JobDoor } from "./deps.ts";
import { answerFinished } from "./job-answer.ts";
import { answerProblem } from "./problem.ts";
import { readJson } from "./read-json.ts";
import type { RouteHandler } from "./route.ts";
import { waitForJob } from "./wait-for-job.ts";

/** What every request that becomes a job says about itself. */
interface JobRequest {
  check_cost: boolean;
  async: boolean;
}

interface JobRoute<T extends JobRequest> {
  route: ApiRoute;
  parse: (raw: unknown) => ParsedRequest<T>;
  door: JobDoor<ParsedRequest<T>>;
}

/** Makes the handler of a route that accepts jobs: it waits for the job, or answers at once with it, or only estimates. */
export function submitJob<T extends JobRequest>(
  deps: HttpDeps,
  { route, parse, door }: JobRoute<T>,
): RouteHandler {
  return async ({ context, headers }) => {
    const { value, bytes } = await readJson(context.req.raw, route.bodyLimit ?? BODY_LIMITS.plain);
    const parsed = parse(value);
    if (parsed.request.check_cost) return context.json(await door.estimate(parsed));
    if (deps.stopping.aborted) throw stoppingError();
    const job = await door.submit(parsed, {
      idempotencyKey: headers["Idempotency-Key"],
      bodyHash: createHash("sha256").update(bytes).digest("hex"),
      client: context.env.client,
    });
    context.header("Location", `/v1/jobs/${job.id}`);
    if (parsed.request.async) return context.json(accepted(job), 202);
    return waitAndAnswer(deps, context, job);
  };
}

/** A client that goes away stops the waiting, never the job: it was accepted. */
async function waitAndAnswer(deps: HttpDeps, context: Context<AppEnv>, job: Job): Promise<Response> {
  const signal = AbortSignal.any([context.req.raw.signal, deps.stopped]);
  const finished = await waitForJob(deps, job.id, signal);
  if (finished === null) {
    const ids = { requestId: context.env.requestId, jobId: job.id };
    return answerProblem(context, toProblem(stoppingError(), ids));
  }
  return answerFinished(deps, context, finished);
}

function accepted(job: Job): AcceptedAnswer {
  return { status: "accepted", job_id: job.id, task_id: job.id, background_job_id: job.id };
}

function stoppingError(): ServiceError {
  return new ServiceError(
    "shutting-down",
    "The service is stopping: an accepted job runs after its next start.",
  );
}
