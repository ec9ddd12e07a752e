import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request that a stand-in got. */
export interface FakeCall {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  bytes: Buffer;
  /** Its body as JSON; null if it is none. */
  json: Record<string, unknown> | null;
}

/** An answer: JSON, bytes with their type, or null for one that never comes. */
export type FakeAnswer =
  | { status?: number; json: unknown }
  | { status?: number; type: string; body: string | Uint8Array }
  | "drop"
  | null;

/** A server on this machine that answers like a picture server. */
export interface FakeHttp {
  readonly url: string;
  readonly server: Server;
  readonly calls: FakeCall[];
  close(): Promise<void>;
}

/** Starts a stand-in on a free port, or on one that was used before. */
export async function startFake(
  answer: (call: FakeCall) => FakeAnswer | Promise<FakeAnswer>,
  port = 0,
): Promise<FakeHttp> {
  const calls: FakeCall[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    send(await answer(call), request, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    calls,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readCall(request: IncomingMessage): Promise<FakeCall> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
  return {
    method: request.method ?? "GET",
    path: pathname,
    query: searchParams,
    headers: request.headers,
    bytes,
    json: (request.headers["content-type"] ?? "").includes("json")
      ? (JSON.parse(bytes.toString()) as Record<string, unknown>)
      : null,
  };
}

function send(answer: FakeAnswer, request: IncomingMessage, response: ServerResponse): void {
  if (answer === null) return;
  if (answer === "drop") {
    request.socket.destroy();
    return;
  }
  const isJson = "json" in answer;
  response.writeHead(answer.status ?? 200, { "content-type": isJson ? "application/json" : answer.type });
  response.end(isJson ? JSON.stringify(answer.json) : answer.body);
}

/** Reads the parts of a multipart/form-data body. */
export async function readForm(call: FakeCall): Promise<FormData> {
  const headers = { "content-type": call.headers["content-type"] ?? "" };
  return new Response(new Uint8Array(call.bytes), { headers }).formData();
}
