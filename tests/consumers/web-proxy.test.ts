import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { serviceProxy } from "../../plugins/web/src/vite/proxy.ts";
import { startHttp } from "../http/http-service.ts";
import { sendRaw } from "../http/raw-request.ts";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A dev server that is nothing but the proxy. */
async function startProxy(
  service: string,
  token?: string,
): Promise<{ url: string; port: number; host: string }> {
  const server: Server = createServer(serviceProxy({ service, token }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, host: `127.0.0.1:${port}` };
}

async function startService(token: string | null = null) {
  const running = await startHttp({ token });
  closing.push(() => running.close());
  return running;
}

const BODY = JSON.stringify({ prompt: "a dragon", async: true });

test("the game's own page asks for a sprite, with an origin that the service does not know", async () => {
  const service = await startService();
  const proxy = await startProxy(service.url);
  const headers = { "content-type": "application/json", origin: proxy.url };
  const answer = await fetch(`${proxy.url}/v1/sprites`, { method: "POST", headers, body: BODY });
  expect(answer.status).toBe(202);
  expect(service.entered()).toBe(1);
});

test("the token is added on the way: the page never has it", async () => {
  const service = await startService("a-secret-of-enough-letters");
  const without = await startProxy(service.url);
  expect((await fetch(`${without.url}/v1/jobs`)).status).toBe(401);
  const proxy = await startProxy(service.url, "a-secret-of-enough-letters");
  expect((await fetch(`${proxy.url}/v1/jobs`)).status).toBe(200);
});

test.each([
  ["another site", "Origin: http://evil.example"],
  ["no site at all", "Origin: null"],
  ["another port of this machine", "Origin: http://127.0.0.1:1"],
  ["a page elsewhere, without an origin", "Sec-Fetch-Site: cross-site"],
])("a request of %s does not reach the service", async (_title, header) => {
  const service = await startService();
  const proxy = await startProxy(service.url);
  const lines = [
    "POST /v1/sprites HTTP/1.1",
    `Host: ${proxy.host}`,
    header,
    "Content-Type: application/json",
    `Content-Length: ${BODY.length}`,
    "Connection: close",
  ];
  const answer = await sendRaw(proxy.port, `${lines.join("\r\n")}\r\n\r\n${BODY}`);
  expect(answer.status).toBe(403);
  expect(service.entered()).toBe(0);
});

// Only Linux has the whole of 127.0.0.0/8: to the proxy, 127.0.0.2 is another machine.
test.runIf(process.platform === "linux")(
  "a request of another machine does not reach the service",
  async () => {
    const service = await startService();
    const { port } = await startProxy(service.url);
    const status = await new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, path: "/v1/jobs", localAddress: "127.0.0.2" };
      get(options, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
    });
    expect(status).toBe(403);
    expect(service.entered()).toBe(0);
  },
);

test("events stream through as they happen", async () => {
  const service = await startService();
  const proxy = await startProxy(service.url);
  const answer = await fetch(`${proxy.url}/v1/events`);
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const readUntil = async (part: string) => {
    while (!text.includes(part)) text += (await reader.read()).value ?? "";
  };
  await readUntil("event: snapshot");
  service.events.publish({
    type: "project.changed",
    dir: "art",
    name: "hero",
    kind: "sprite",
    rev: "1",
    files: [],
  });
  await readUntil("event: project.changed");
  await reader.cancel();
});

test("a service that is not there is said to be not there", async () => {
  const proxy = await startProxy("http://127.0.0.1:9");
  const answer = await fetch(`${proxy.url}/v1/jobs`);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("pixelkiln serve") });
});
