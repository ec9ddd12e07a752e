import { ERROR_CODES, type ErrorCode, Problem, RetroProblem, ServiceError } from "../../shared/errors.ts";

/** Calls a service. Gives the JSON of its answer; throws its problem as a ServiceError. */
export type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<unknown>;

/** Reads an error in either of the service's two forms; null if the answer is neither. */
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

/** Makes a function that calls a service, with the token from the environment. */
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
        `No service answers at ${service}. Start one with: pixelkiln serve`,
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
