import { readProblem, ServiceProblem } from "./problem.ts";

/** Calls a service. Each call throws a ServiceProblem for an answer that is no success, and for none at all. */
export interface Client {
  call(path: string, init?: RequestInit): Promise<Response>;
  getJson<T>(path: string, signal?: AbortSignal): Promise<T>;
  /** Sends a JSON body. */
  postJson<T>(path: string, body: unknown): Promise<T>;
}

export interface ClientOptions {
  /** Where the service is; "" = where the page came from. */
  url: string;
  /** Bearer token; null = none. */
  token?: () => string | null;
}

/** Makes the client of a service, for pages and for Node. An aborted call throws the reason of its signal. */
export function createClient({ url, token = () => null }: ClientOptions): Client {
  const base = url.replace(/\/+$/, "");
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const secret = token();
    if (init.body !== undefined) headers.set("content-type", "application/json");
    if (secret !== null) headers.set("authorization", `Bearer ${secret}`);
    const answer = await fetch(base + path, { ...init, headers }).catch((cause) => {
      if (init.signal?.aborted) throw cause;
      throw new ServiceProblem("The service does not answer. Is it running?", { cause });
    });
    if (answer.ok) return answer;
    throw readProblem(answer.status, await answer.json().catch(() => null));
  };
  const json = async <T>(path: string, init: RequestInit): Promise<T> =>
    (await call(path, init)).json() as Promise<T>;
  return {
    call,
    getJson: (path, signal) => json(path, signal ? { signal } : {}),
    postJson: (path, body) => json(path, { method: "POST", body: JSON.stringify(body) }),
  };
}
