import { ERROR_CODES, type ErrorCode, Problem, RetroProblem, ServiceError } from "../../shared/errors.ts";

/** Calls a service: gives the JSON of its answer, throws the ServiceError of its problem. */
export type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<unknown>;

/** Reads the error of an answer, in either of the forms that the service has; null when it is none. */
function readProblem(answer: unknown): ServiceError | null {
  const problem = Problem.safeParse(answer);
  if (problem.success) {
    const { code, detail, errors = [] } = problem.data;
    return new ServiceError(code, detail, { errors });
  }
  const retro = RetroProblem.safeParse(answer);
  const code = retro.data?.detail.code.replaceAll("_", "-") ?? "";
  if (!retro.success || !Object.hasOwn(ERROR_CODES, code)) return null;
  return new ServiceError(code as ErrorCode, retro.data.detail.message, { errors: retro.data.errors ?? [] });
}

/** Makes the caller of a service, with the token of the environment. */
export function createCaller(service: string, env: NodeJS.ProcessEnv): Call {
  const token = env.PIXELKILN_TOKEN;
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  return async (method, path, body) => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(new URL(path, service), init).catch((cause) => {
      throw new ServiceError(
        "model-unavailable",
        `Expected a service at ${service} but none answers. Start one with: pixelkiln serve`,
        { cause },
      );
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    throw (
      readProblem(answer) ??
      new ServiceError("internal", `The service at ${service} answered ${response.status}.`)
    );
  };
}
