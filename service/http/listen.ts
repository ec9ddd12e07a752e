import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type ErrorCode, ServiceError, toProblem } from "../../shared/errors.ts";
import type { RequestContext } from "./deps.ts";
import { type DoorPolicy, doorPolicy, judge } from "./guard.ts";
import { problemHeaders } from "./problem.ts";

export interface ListenOptions {
  fetch: (request: Request, context: RequestContext) => Response | Promise<Response>;
  host: string;
  /** 0 picks any free port. */
  port: number;
  token: string | null;
  allowedOrigins: readonly string[];
  allowedHosts: readonly string[];
}

export interface Listening {
  url: string;
  port: number;
  /** Stops listening, gives open answers `graceMs` to finish, then closes every connection. */
  close(graceMs?: number): Promise<void>;
}

const LOOPBACK_ADDRESSES = new Set(["127.0.0.1", "::1", "localhost"]);
const MOST_CONNECTIONS = 512;

/** Headers of every answer, including those of the door. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
  Vary: "Origin",
};

/**
 * Listens with the door in front: no request reaches `fetch` unless `judge` lets it pass.
 * Rejects a host other than loopback if there is no token.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  refuseOpenDoor(options);
  const server = createServer({
    requireHostHeader: false, // the door answers a missing Host, with a problem body
    headersTimeout: 5_000,
    requestTimeout: 15_000, // for receiving; an answer may take as long as it needs
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
  });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await bind(server, options);
  const handle = doorkeeper(options, doorPolicy({ ...options, port }));
  server.on("request", handle);
  server.on("checkContinue", handle);
  server.on("checkExpectation", handle);
  server.on("connect", (_request, socket: Socket) => answerSocket(socket, "bad-target"));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) =>
    answerSocket(socket, parserCode(error)),
  );
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, port, close: (graceMs = 0) => closeServer(server, graceMs) };
}

function refuseOpenDoor({ host, token }: ListenOptions): void {
  if (LOOPBACK_ADDRESSES.has(host) || token !== null) return;
  throw new ServiceError(
    "invalid-request",
    `Other machines can reach ${host}, so it needs a token: set PIXELKILN_TOKEN, or listen on 127.0.0.1.`,
    {
      errors: [
        { field: "host", got: JSON.stringify(host), expected: "127.0.0.1, or a token in PIXELKILN_TOKEN" },
      ],
    },
  );
}

function bind(server: Server, { host, port }: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(bindError(error, { host, port })));
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function bindError(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Error {
  if (error.code !== "EADDRINUSE") return error;
  return new ServiceError(
    "internal",
    `Port ${port} on ${host} is taken: stop the other program, or choose another port with --port.`,
    { cause: error },
  );
}

function doorkeeper(
  options: ListenOptions,
  policy: DoorPolicy,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const toApp = getRequestListener(
    (request, env) => {
      const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
      const requestId = String(outgoing.getHeader("X-Request-ID"));
      return options.fetch(request, {
        requestId,
        client: clientOf(incoming),
        drop: () => outgoing.destroy(),
      });
    },
    { overrideGlobalObjects: false },
  );
  return (incoming, outgoing) => {
    const requestId = randomUUID();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) outgoing.setHeader(name, value);
    outgoing.setHeader("X-Request-ID", requestId);
    const { origin, preflight, refusal } = judge(incoming, policy);
    if (origin !== null) {
      outgoing.setHeader("Access-Control-Allow-Origin", origin);
      outgoing.setHeader("Access-Control-Expose-Headers", "X-Request-ID, Retry-After, Location, ETag");
    }
    if (refusal) {
      answerProblem(outgoing, refusal, requestId);
    } else if (preflight) {
      answerPreflight(outgoing);
    } else {
      if (/^100-continue$/i.test(incoming.headers.expect ?? "")) outgoing.writeContinue();
      void toApp(incoming, outgoing);
    }
  };
}

/** Identifies a client by what it cannot choose freely: its address and, for a page, its origin. */
function clientOf({ socket, headers }: IncomingMessage): string {
  return [socket.remoteAddress ?? "", headers.origin ?? ""].join(" ").slice(0, 200);
}

function answerProblem(outgoing: ServerResponse, error: ServiceError, requestId: string): void {
  const problem = toProblem(error, { requestId });
  const body = JSON.stringify(problem);
  // The body of a refused request is not read: the connection closes after the answer.
  outgoing.writeHead(problem.status, {
    ...problemHeaders(problem, error),
    ...(problem.status === 401 ? { "WWW-Authenticate": "Bearer" } : {}),
    "Content-Length": Buffer.byteLength(body),
    Connection: "close",
  });
  outgoing.end(body);
}

function answerPreflight(outgoing: ServerResponse): void {
  outgoing.writeHead(204, {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Last-Event-ID",
    "Access-Control-Max-Age": "600",
  });
  outgoing.end();
}

function parserCode(error: NodeJS.ErrnoException): ErrorCode {
  if (error.code === "HPE_HEADER_OVERFLOW") return "headers-too-large";
  return error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "request-timeout" : "malformed-request";
}

/** Answers when there is no request object: the input is not HTTP, too large, too slow, or asks for a tunnel. */
function answerSocket(socket: Socket, code: ErrorCode): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const problem = toProblem(new ServiceError(code, "This service takes plain HTTP/1.1 requests only."), {
    requestId,
  });
  const body = JSON.stringify(problem);
  const headers = {
    ...problemHeaders(problem, null),
    ...SECURITY_HEADERS,
    "X-Request-ID": requestId,
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${problem.status} ${problem.code}\r\n${head.join("\r\n")}\r\n\r\n${body}`);
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
