import { type Client, createClient } from "../../plugins/client/client.ts";
import { ServiceProblem } from "../../plugins/client/problem.ts";
import { ERROR_CODES, type ErrorCode, ServiceError } from "../../shared/errors.ts";

/** Makes the client of a service, with the token of the environment. It throws the ServiceError of a problem. */
export function openClient(url: string, env: NodeJS.ProcessEnv): Client {
  const token = env.PIXELKILN_TOKEN || null;
  const client = createClient({ url, token: () => token });
  const fail = (error: unknown): never => {
    throw error instanceof ServiceProblem ? toServiceError(error, url) : error;
  };
  return {
    call: (path, init) => client.call(path, init).catch(fail),
    getJson: <T>(path: string, signal?: AbortSignal) => client.getJson<T>(path, signal).catch(fail),
    postJson: <T>(path: string, body: unknown) => client.postJson<T>(path, body).catch(fail),
  };
}

function toServiceError(problem: ServiceProblem, url: string): ServiceError {
  const { code, status, message, errors, cause } = problem;
  if (status === 0)
    return new ServiceError(
      "model-unavailable",
      `No service answers at ${url}. Start one with: pixelkiln serve`,
      { cause },
    );
  if (code !== null && Object.hasOwn(ERROR_CODES, code))
    return new ServiceError(code as ErrorCode, message, { errors: [...errors] });
  return new ServiceError("internal", `The service at ${url} answered ${status}.`);
}
