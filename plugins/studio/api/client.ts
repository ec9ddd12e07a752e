import type { FieldError, Problem } from "../../../shared/errors.ts";

/** The service said no, or could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: readonly FieldError[];

  constructor(message: string, status: number, fields: readonly FieldError[] = []) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

let token: string | null = null;

/**
 * Takes the token of a fragment (`#token=...`), which browsers never send, and keeps it in this tab. Returns the
 * fragment without it.
 */
export function adoptToken(fragment: string): string {
  const hash = new URLSearchParams(fragment.replace(/^#/, ""));
  const given = hash.get("token");
  if (given !== null) sessionStorage.setItem("pixelkiln-token", given);
  token = sessionStorage.getItem("pixelkiln-token");
  hash.delete("token");
  return hash.toString();
}

/** Asks the service. Throws an ApiError for every answer that is no success. */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (init.body !== undefined) headers.set("content-type", "application/json");
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, headers });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError("The service does not answer. Is it running?", 0);
  }
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

export async function getJson<T>(path: string): Promise<T> {
  return (await call(path)).json() as Promise<T>;
}

export async function postJson<T>(path: string, body: unknown): Promise<T> {
  return (await call(path, { method: "POST", body: JSON.stringify(body) })).json() as Promise<T>;
}

/** Gives a file of the service to the person, under its name. */
export async function download(path: string, name: string): Promise<void> {
  saveBlob(await (await call(path)).blob(), name);
}

/** Hands bytes to the browser's download. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function errorOf(answer: Response): Promise<ApiError> {
  const problem = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  const text = problem?.detail ?? problem?.title ?? `The service answered ${answer.status}.`;
  return new ApiError(text, answer.status, problem?.errors ?? []);
}
