import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../plugins/client/client.ts";
import { followEvents } from "../../plugins/client/events.ts";
import { ServiceProblem } from "../../plugins/client/problem.ts";
import { invalidParameter, toProblem, toRetroProblem } from "../../shared/errors.ts";

/** A server of this test alone; returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function problemOf(work: Promise<unknown>): Promise<ServiceProblem> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof ServiceProblem) return error;
  throw new Error("it threw no ServiceProblem");
}

test("a call carries the token and a JSON body, below the path of the service's address", async () => {
  const seen: unknown[] = [];
  const url = await serve((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      seen.push([request.method, request.url, request.headers.authorization, body]);
      response.end('{"ok":true}');
    });
  });
  const client = createClient({ url: `${url}/kiln/`, token: () => "secret" });
  expect(await client.postJson("/v1/sprites", { prompt: "key" })).toEqual({ ok: true });
  expect(await createClient({ url }).getJson("/v1/kinds")).toEqual({ ok: true });
  expect(seen).toEqual([
    ["POST", "/kiln/v1/sprites", "Bearer secret", '{"prompt":"key"}'],
    ["GET", "/v1/kinds", undefined, ""],
  ]);
});

const WIDTH = toProblem(invalidParameter("width", "999", "at most 128"));

test.each([
  ["an RFC 9457 problem", WIDTH],
  ["Retro Diffusion's form of it", toRetroProblem(WIDTH)],
])("%s becomes an error with its code, sentence and fields", async (_title, body) => {
  const url = await serve((_request, response) => {
    response.writeHead(422).end(JSON.stringify(body));
  });
  expect(await problemOf(createClient({ url }).getJson("/"))).toMatchObject({
    status: 422,
    code: "invalid-request",
    message: "Invalid width: got 999, expected at most 128.",
    errors: [{ field: "width", got: "999", expected: "at most 128" }],
  });
});

test("an answer that is no problem, and no answer at all, are errors that say so", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(502).end("<h1>Bad gateway</h1>");
  });
  const other = await problemOf(createClient({ url }).getJson("/"));
  expect(other).toMatchObject({ status: 502, code: null, message: "The service answered 502." });
  const nobody = await problemOf(createClient({ url: "http://127.0.0.1:9" }).getJson("/"));
  expect(nobody).toMatchObject({ status: 0, code: null });
});

test("an aborted call throws the reason of its signal", async () => {
  const url = await serve(() => {});
  const stop = new AbortController();
  const call = createClient({ url }).getJson("/", stop.signal);
  stop.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
});

test("a stream that ends or is refused is opened again behind its last event, until it is aborted", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.headers["last-event-id"] as string | undefined);
    if (asked.length === 2) {
      response.writeHead(503).end();
      return;
    }
    response.write(`retry: 1\n\nid: ${asked.length}\nevent: job\ndata: ${asked.length}\n\n`);
    if (asked.length === 1) response.end();
  });
  const stop = new AbortController();
  const seen: string[] = [];
  await followEvents(createClient({ url }), {
    path: "/v1/events",
    signal: stop.signal,
    onEvent: ({ id, name, data }) => {
      seen.push(`${id} ${name} ${data}`);
      if (data === "3") stop.abort();
    },
    onLive: (isLive) => seen.push(isLive ? "live" : "lost"),
  });
  expect(asked).toEqual([undefined, "1", "1"]);
  expect(seen).toEqual(["live", "1 job 1", "lost", "lost", "live", "3 job 3", "lost"]);
});
