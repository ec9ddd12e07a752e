import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type Problem, ServiceError, toProblem, toRetroProblem } from "../../shared/errors.ts";
import type { AppEnv, HttpDeps } from "./deps.ts";

export const PROBLEM_TYPE = "application/problem+json";

/** Default Retry-After, in seconds, of errors that pass by themselves. */
const RETRY_AFTER: Readonly<Record<number, number>> = { 423: 1, 429: 1, 503: 2 };

/** Gives the headers of a problem: its type, and when to retry if that helps. */
export function problemHeaders(problem: Problem, error: unknown): Record<string, string> {
  const retryAfter =
    (error instanceof ServiceError ? error.retryAfter : undefined) ?? RETRY_AFTER[problem.status];
  return {
    "Content-Type": PROBLEM_TYPE,
    ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
  };
}

/** Answers with an error in Retro Diffusion's form, on its own routes. */
export function answerRetroError(deps: Pick<HttpDeps, "logError">) {
  return (error: unknown, context: Context<AppEnv>): Response => {
    const { requestId } = context.env;
    if (!(error instanceof ServiceError) || error.code === "internal") deps.logError(error, requestId);
    const problem = toProblem(error, { requestId });
    const headers = { ...problemHeaders(problem, error), "Content-Type": "application/json" };
    const body = JSON.stringify(toRetroProblem(problem));
    return context.body(body, problem.status as ContentfulStatusCode, headers);
  };
}

/** Turns an error of a handler into an answer: the only place that does. */
export function answerError(deps: Pick<HttpDeps, "logError">) {
  return (error: Error, context: Context<AppEnv>): Response => {
    const { requestId } = context.env;
    if (!(error instanceof ServiceError) || error.code === "internal") deps.logError(error, requestId);
    return answerProblem(context, toProblem(error, { requestId }), error);
  };
}

/** Answers with a problem. Headers already set on the context (Allow, Location) stay. */
export function answerProblem(context: Context<AppEnv>, problem: Problem, error: unknown = null): Response {
  const status = problem.status as ContentfulStatusCode;
  return context.body(JSON.stringify(problem), status, problemHeaders(problem, error));
}
