import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectRefused, get, post } from "./expect-refused.ts";
import { type HttpService, startHttp } from "./http-service.ts";
import { sendRaw } from "./raw-request.ts";

let running: HttpService;
let locked: HttpService;
const TOKEN = "s3cret-token-of-the-test";

beforeAll(async () => {
  running = await startHttp();
  locked = await startHttp({ token: TOKEN });
});
afterAll(async () => {
  await running.close();
  await locked.close();
});

const own = (): string => `127.0.0.1:${running.port}`;

describe("with a token", () => {
  const refused = (bytes: string, status: number) => expectRefused(locked, bytes, status);
  const host = (): string => `Host: 127.0.0.1:${locked.port}`;

  test.each([
    [],
    ["Authorization: Bearer"],
    ["Authorization: Bearer wrong"],
    [`Authorization: Bearer ${TOKEN.slice(0, -1)}`],
    [`Authorization: Bearer ${TOKEN}x`],
    [`Authorization: Basic ${TOKEN}`],
    [`Authorization: ${TOKEN}`],
    [`X-Token: ${TOKEN}`],
    [`Authorization: Bearer ${TOKEN}`, "Authorization: Bearer wrong"],
  ])("%j is refused for reads and writes", async (...lines: string[]) => {
    await refused(get("/v1/jobs", [host(), ...lines]), 401);
    await refused(get(`/v1/jobs?token=${TOKEN}`, [host(), ...lines]), 401);
    await refused(post([host(), ...lines, "Content-Type: application/json"]), 401);
    await refused(
      `DELETE /v1/jobs/job_0000000000000000 HTTP/1.1\r\n${[host(), ...lines].join("\r\n")}\r\n\r\n`,
      401,
    );
    await refused(get("/livez/../v1/jobs", [host(), ...lines]), 401);
  });

  test("the token opens, and the page and the health need none", async () => {
    expect(
      (await sendRaw(locked.port, get("/v1/jobs", [host(), `Authorization: Bearer ${TOKEN}`]))).status,
    ).toBe(200);
    for (const path of ["/", "/livez", "/readyz", "/openapi.json"]) {
      expect((await sendRaw(locked.port, get(path, [host()]))).status).toBe(200);
    }
  });
});

describe("the listener", () => {
  test("listens on loopback alone", async () => {
    expect(running.url).toBe(`http://127.0.0.1:${running.port}`);
    await expect(startHttp({ host: "0.0.0.0" })).rejects.toThrow(/token/);
    await expect(startHttp({ host: "192.168.1.10" })).rejects.toMatchObject({ code: "invalid-request" });
  });

  test("with a token it may listen elsewhere, and serves the host names it was given", async () => {
    const open = await startHttp({ host: "0.0.0.0", token: TOKEN, allowedHosts: ["Studio.lan"] });
    const ask = (name: string) =>
      sendRaw(open.port, get("/v1/jobs", [`Host: ${name}:${open.port}`, `Authorization: Bearer ${TOKEN}`]));
    expect((await ask("studio.lan")).status).toBe(200);
    expect((await ask("0.0.0.0")).status).toBe(421);
    expect((await ask("other.lan")).status).toBe(421);
    await open.close();
  });

  test("every answer carries the security headers", async () => {
    for (const target of ["/", "/livez", "/v1/jobs", "/nowhere", "/livez#x"]) {
      const { headers } = await sendRaw(running.port, get(target, [`Host: ${own()}`]));
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
      });
      expect(headers["x-request-id"]).toBeTruthy();
    }
  });

  test("a port that is taken is told as that", async () => {
    await expect(startHttp({ port: running.port })).rejects.toThrow(
      `Port ${running.port} on 127.0.0.1 is taken`,
    );
  });

  test("a client that never finishes its headers or its body is let go with 408", async () => {
    const begun = [
      `GET /livez HTTP/1.1\r\nHost: ${own()}\r\nX-Slow: `,
      `POST /v1/sprites HTTP/1.1\r\nHost: ${own()}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    ];
    const answers = await Promise.all(begun.map((bytes) => textUntilClosed(running.port, bytes)));
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(answer).toContain('"code":"request-timeout"');
    }
    expect(await running.jobs()).toBe(0);
    expect(running.errors).toEqual([]);
  });

  test("closing ends idle and busy connections", async () => {
    const other = await startHttp();
    other.workers.making = "held";
    const lines = [`Host: 127.0.0.1:${other.port}`, "Content-Type: application/json"];
    const busy = textUntilClosed(other.port, post(lines, '{"prompt":"dragon"}'));
    const idle = textUntilClosed(other.port, "");
    while ((await other.jobs()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await other.close(10);
    expect(await Promise.all([busy, idle])).toEqual(["", ""]);
  });
});

function textUntilClosed(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}
