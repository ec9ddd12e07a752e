import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { AcceptedAnswer } from "../../shared/answers.ts";
import { BODY_LIMITS } from "../../shared/api-route.ts";
import { ServiceError, toProblem } from "../../shared/errors.ts";
import type { Job } from "../../shared/job.ts";
import type { Kind } from "../kinds/kind.ts";
import type { AppEnv, HttpDeps } from "./deps.ts";
import { answerFinished } from "./job-answer.ts";
import { answerProblem } from "./problem.ts";
import { readJson } from "./read-json.ts";
import type { RouteHandler } from "./route.ts";
import { waitForJob } from "./wait-for-job.ts";

/** Makes the handler of a kind: it waits for the job, returns it at once, or only estimates. */
export function submitJob(deps: HttpDeps, kind: Kind): RouteHandler {
  return async ({ context, headers }) => {
    const { value, bytes } = await readJson(context.req.raw, BODY_LIMITS.pictures);
    const parsed = kind.parse(value);
    const { signal } = context.req.raw;
    if (parsed.request.check_cost) return context.json(await deps.door.estimate(kind, parsed, signal));
    if (deps.stopping.aborted) throw stoppingError();
    const job = await deps.door.submit(kind, parsed, {
      idempotencyKey: headers["Idempotency-Key"],
      // The route counts too: the same body asks for another thing elsewhere.
      bodyHash: createHash("sha256").update(`${kind.path}\n`).update(bytes).digest("hex"),
      client: context.env.client,
      signal,
    });
    context.header("Location", `/v1/jobs/${job.id}`);
    if (parsed.request.async) return context.json(accepted(job), 202);
    return waitAndAnswer(deps, context, job);
  };
}

/**
 * A client that goes away ends the wait, but never the job, which was accepted. One that waited as long as clients
 * usually do (fetch of Node gives up after five minutes without headers) gets what `async` would have given it.
 */
async function waitAndAnswer(deps: HttpDeps, context: Context<AppEnv>, job: Job): Promise<Response> {
  const late = AbortSignal.timeout(deps.mostWaitMs);
  const signal = AbortSignal.any([context.req.raw.signal, deps.stopped, late]);
  const finished = await waitForJob(deps, job.id, signal);
  if (finished === null && late.aborted && !deps.stopped.aborted) return context.json(accepted(job), 202);
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
    "The service is stopping: the accepted job will run after the next start.",
  );
}
