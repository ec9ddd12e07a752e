import { createHash } from "node:crypto";
import type { AcceptedAnswer } from "../../../shared/answers.ts";
import { BODY_LIMITS, ROUTES } from "../../../shared/api.ts";
import { ServiceError, toProblem } from "../../../shared/errors.ts";
import type { Job } from "../../../shared/job.ts";
import { parseSpriteRequest } from "../../../shared/parse-request.ts";
import type { HttpDeps } from "../deps.ts";
import { answerFinished } from "../job-answer.ts";
import { answerProblem } from "../problem.ts";
import { readJson } from "../read-json.ts";
import type { RouteHandler } from "../route.ts";
import { waitForJob } from "../wait-for-job.ts";

/** `POST /v1/sprites`: waits for the job, or answers at once with it, or only estimates. */
export function spriteRoutes(deps: HttpDeps): Record<"createSprite", RouteHandler> {
  return {
    createSprite: async ({ context, headers }) => {
      const limit = ROUTES.createSprite.bodyLimit ?? BODY_LIMITS.plain;
      const { value, bytes } = await readJson(context.req.raw, limit);
      const parsed = parseSpriteRequest(value);
      if (parsed.request.check_cost) return context.json(await deps.sprites.estimate(parsed));
      if (deps.stopping.aborted) throw stoppingError();
      const job = await deps.sprites.submit(parsed, {
        idempotencyKey: headers["Idempotency-Key"],
        bodyHash: createHash("sha256").update(bytes).digest("hex"),
        client: context.env.client,
      });
      context.header("Location", `/v1/jobs/${job.id}`);
      if (parsed.request.async) return context.json(accepted(job), 202);
      // A client that goes away stops the waiting, never the job: it was accepted.
      const signal = AbortSignal.any([context.req.raw.signal, deps.stopped]);
      const finished = await waitForJob(deps, job.id, signal);
      if (finished === null) {
        const ids = { requestId: context.env.requestId, jobId: job.id };
        return answerProblem(context, toProblem(stoppingError(), ids));
      }
      return answerFinished(deps, context, finished);
    },
  };
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
