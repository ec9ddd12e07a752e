import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { faultOf, ServerFault, shorten } from "./server-fault.ts";

/** A call to a server. */
export interface HttpCall {
  /** Origin of the server, and a path below it. */
  url: string;
  path: string;
  method?: "GET" | "POST";
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as multipart/form-data. */
  form?: FormData;
  headers?: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** ms that all of it may take. */
  timeoutMs: number;
}

export interface HttpAnswer {
  status: number;
  type: string;
  bytes: Uint8Array;
}

/** An answer may hold eight pictures of 2048 pixels as base64, and no more than this. */
const MOST_BYTES = 256 * 2 ** 20;
/** Errors of a connection that was never made. */
const UNREACHABLE = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "ETIMEDOUT"];

/**
 * Calls a server and gives its whole answer, whatever its status. Not with fetch, which gives up on an answer that takes
 * more than five minutes to begin. Throws a ServerFault, or the reason of an abort.
 */
export async function callServer(call: HttpCall): Promise<HttpAnswer> {
  const { url, path, method = "GET", headers = {}, signal, timeoutMs } = call;
  const body = await bodyOf(call);
  const address = new URL(path.replace(/^\//, ""), url.endsWith("/") ? url : `${url}/`);
  const request = address.protocol === "https:" ? secureRequest : plainRequest;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => sent.destroy(tooLate(timeoutMs)), timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(signal.aborted ? signal.reason : connectionFault(error, address.origin));
    };
    const options = { method, signal, headers: { accept: "application/json", ...body?.headers, ...headers } };
    const sent = request(address, options, (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on("data", (part: Buffer) => {
        length += part.length;
        parts.push(part);
        if (length > MOST_BYTES) sent.destroy(new Error(`more than ${MOST_BYTES} bytes`));
      });
      response.on("error", fail);
      response.on("end", () => {
        clearTimeout(timer);
        const type = response.headers["content-type"] ?? "";
        resolve({ status: response.statusCode ?? 0, type, bytes: Buffer.concat(parts) });
      });
    });
    sent.on("error", fail);
    sent.end(body?.bytes);
  });
}

/** Calls a server and reads the JSON of its answer. Throws a ServerFault for anything else. */
export async function callJson(call: HttpCall): Promise<unknown> {
  const { status, type, bytes } = await callServer(call);
  const text = new TextDecoder().decode(bytes);
  const json = parse(text);
  if (status >= 200 && status < 300 && json !== undefined) return json;
  if (/html/i.test(type) || /^\s*</.test(text)) throw notAnApi(`a web page instead (${status})`);
  if (status >= 200 && status < 300)
    throw notAnApi(`something that is no JSON: ${shorten(text).slice(0, 80)}`);
  if (status === 404 || status === 405) throw notAnApi(`${status} for ${call.path}`);
  throw faultOf(errorText(json) ?? text, status);
}

/** Finds the words of an error in the JSON of an answer. */
export function errorText(json: unknown): string | undefined {
  if (typeof json === "string") return json === "" ? undefined : json;
  if (Array.isArray(json)) return json.map(errorText).filter(Boolean).join("; ") || undefined;
  if (typeof json !== "object" || json === null) return undefined;
  const fields = json as Record<string, unknown>;
  const found = ["message", "errors", "detail", "error", "msg"].flatMap(
    (name) => errorText(fields[name]) ?? [],
  );
  return [...new Set(found)].join(": ") || undefined;
}

async function bodyOf({ json, form }: HttpCall) {
  if (json !== undefined) {
    const bytes = Buffer.from(JSON.stringify(json));
    return { bytes, headers: { "content-type": "application/json", "content-length": bytes.length } };
  }
  if (!form) return null;
  const encoded = new Response(form);
  const bytes = Buffer.from(await encoded.arrayBuffer());
  const type = encoded.headers.get("content-type") ?? "multipart/form-data";
  return { bytes, headers: { "content-type": type, "content-length": bytes.length } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function notAnApi(what: string): ServerFault {
  return new ServerFault(
    "refused",
    `answered with ${what}`,
    "Check the address, and that its API is on (A1111 and Forge: start with --api).",
  );
}

function tooLate(timeoutMs: number): ServerFault {
  return new ServerFault(
    "timeout",
    `did not answer within ${Math.round(timeoutMs / 1000)} s`,
    "See what it does, or set a larger timeout_seconds.",
  );
}

function connectionFault(error: NodeJS.ErrnoException, origin: string): ServerFault {
  if (error instanceof ServerFault) return error;
  const reason = error.code ?? error.message;
  if (UNREACHABLE.includes(reason) || error instanceof AggregateError)
    return new ServerFault(
      "down",
      `does not answer at ${origin} (${reason})`,
      "Start it, or choose another model.",
      {
        cause: error,
      },
    );
  return new ServerFault("lost", `broke the connection (${reason})`, "See its log: it may have crashed.", {
    cause: error,
  });
}
