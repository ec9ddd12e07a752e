import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { expectRefused, get, post } from "./expect-refused.ts";
import { type HttpService, startHttp } from "./http-service.ts";
import { type RawAnswer, sendRaw } from "./raw-request.ts";

let running: HttpService;
const DEV = "http://localhost:5173";

beforeAll(async () => {
  running = await startHttp({ allowedOrigins: [DEV] });
});
afterAll(async () => {
  await running.close();
});

const own = (): string => `127.0.0.1:${running.port}`;
const refused = (bytes: string, status: number): Promise<RawAnswer> => expectRefused(running, bytes, status);

describe("a foreign Host gets nothing", () => {
  const hosts = (port: number): string[] => [
    "evil.example",
    `evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `127.0.0.1.evil.example:${port}`,
    `sub.localhost:${port}`,
    `localhost.:${port}`,
    `127.0.0.1.:${port}`,
    `0.0.0.0:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `0177.0.0.1:${port}`,
    `127.1:${port}`,
    `127.0.0.2:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `[::ffff:7f00:1]:${port}`,
    `[0:0:0:0:0:0:0:1]:${port}`,
    `[::]:${port}`,
    `::1:${port}`,
    `192.168.1.10:${port}`,
    `10.0.0.1:${port}`,
    `printer.local:${port}`,
    `host.internal:${port}`,
    `host.docker.internal:${port}`,
    "127.0.0.1",
    "localhost",
    "[::1]",
    `127.0.0.1:${port + 1}`,
    "localhost:80",
    `localhost:0${port}`,
    `localhost:${port} x`,
    `user@localhost:${port}`,
    `localhost:${port}@evil.example`,
    `http://localhost:${port}`,
    `localhost:${port}/`,
    `localhost:${port}, evil.example`,
    `evil.example, localhost:${port}`,
    "localhost:",
    ":",
    "*",
    "null",
    "",
    `ⓛocalhost:${port}`,
    `localhost%00:${port}`,
    `localhost\t:${port}`,
  ];

  test("44 spellings that are not ours are misdirected, for reads and for writes", async () => {
    expect(hosts(running.port).length).toBe(44);
    for (const host of hosts(running.port)) {
      await refused(get("/v1/jobs", [`Host: ${host}`]), 421);
      await refused(post([`Host: ${host}`, "Content-Type: application/json"]), 421);
    }
  });

  test("no Host and two Hosts are misdirected, in HTTP/1.0 too", async () => {
    await refused(get("/livez", ["Accept: */*"]), 421);
    await refused("GET /livez HTTP/1.0\r\n\r\n", 421);
    await refused(get("/livez", [`Host: ${own()}`, `Host: ${own()}`]), 421);
    await refused(get("/livez", [`Host: ${own()}`, "Host: evil.example"]), 421);
    await refused(get("/livez", ["Host: evil.example", `Host: ${own()}`]), 421);
  });

  test.each(["127.0.0.1", "localhost", "[::1]", "LOCALHOST", "LocalHost"])(
    "%s with the port is served",
    async (name) => {
      const answer = await sendRaw(running.port, get("/livez", [`Host: ${name}:${running.port}`]));
      expect(answer.status).toBe(200);
    },
  );
});

describe("a request target that is not a plain path is refused", () => {
  test.each([
    "http://evil.example/livez",
    "http://127.0.0.1/livez",
    "HTTP://localhost/livez",
    "https://evil.example/",
    "*",
    "/livez#x",
    "/#/v1/jobs",
    "/v1\\jobs",
    "\\livez",
    "/livez?a=#b",
    "/livez?x=\\",
    "livez",
    "//livez#",
    "evil.example:443",
    "?x",
    "javascript:alert(1)",
    "file:///etc/passwd",
  ])("GET %s", async (target) => {
    const answer = await refused(get(target, [`Host: ${own()}`]), 400);
    expect(JSON.parse(answer.body).code).toMatch(/^(bad-target|malformed-request)$/);
  });

  test("NUL, CONNECT and OPTIONS * are refused", async () => {
    await refused(get("/livez\0", [`Host: ${own()}`]), 400);
    await refused(`CONNECT evil.example:443 HTTP/1.1\r\nHost: ${own()}\r\n\r\n`, 400);
    await refused(`OPTIONS * HTTP/1.1\r\nHost: ${own()}\r\n\r\n`, 400);
  });

  test("what is not HTTP, two lengths, and headers without end get 4xx", async () => {
    await refused("hello\r\n\r\n", 400);
    await refused(
      post([`Host: ${own()}`, "Content-Type: application/json", "Transfer-Encoding: chunked"]),
      400,
    );
    await refused(post([`Host: ${own()}`, "Content-Type: application/json", "Content-Length: 3"]), 400);
    await refused(get("/livez", [`Host: ${own()}`, "Bad Name: 1"]), 400);
    await refused(get("/livez", [`Host: ${own()}`, `X-Long: ${"x".repeat(20_000)}`]), 431);
    await refused(get(`/${"x".repeat(20_000)}`, [`Host: ${own()}`]), 431);
  });

  test.each([
    "/v1/assets/..%2f..%2fetc/files/passwd",
    "/v1/assets/spr_0000000000000000/files/..%2F..%2Fmanifest.json",
    "/v1/assets/spr_0000000000000000/files/%2e%2e%5cx",
    "/v1/assets/spr_0000000000000000/files/a%00.png",
    "/v1/jobs/%00",
    "/v1/jobs/__proto__",
    "/v1/jobs/job_0000000000000000%0a",
    "//evil.example/v1/jobs",
    "/../../etc/passwd",
    "/v1/assets/spr_0000000000000000/files/%E0%A4%A",
    "/v1/assets/spr_0000000000000000/files/nul.png%20",
  ])("GET %s is not found and reads nothing", async (target) => {
    const read = vi.spyOn(running.deps.assets, "file");
    onTestFinished(() => read.mockRestore());
    const answer = await sendRaw(running.port, get(target, [`Host: ${own()}`]));
    expect(answer.status).toBe(404);
    expect(read).not.toHaveBeenCalled();
  });
});

describe("another origin can neither read nor write", () => {
  const foreign = (port: number): string[] => [
    "null",
    "http://evil.example",
    "https://evil.example",
    `https://127.0.0.1:${port}`,
    `https://localhost:${port}`,
    "http://127.0.0.1",
    `http://127.0.0.1:${port + 1}`,
    `http://localhost:${port}.evil.example`,
    `http://localhost.evil.example:${port}`,
    `http://evil.example:${port}`,
    `http://192.168.1.10:${port}`,
    "file://",
    "http://localhost:5174",
    `${DEV}/`,
    `${DEV}.evil.example`,
    "https://localhost:5173",
    "",
    "*",
    `http://user@localhost:${port}`,
  ];
  const types = [
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
  ];

  test("19 origins x 5 content types: every write is forbidden", async () => {
    for (const origin of foreign(running.port)) {
      for (const type of types) {
        const lines = [
          `Host: ${own()}`,
          `Origin: ${origin}`,
          ...(type === "" ? [] : [`Content-Type: ${type}`]),
        ];
        const answer = await refused(post(lines), 403);
        expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
      }
    }
  });

  test("reads, deletes and preflights of those origins are forbidden", async () => {
    for (const origin of foreign(running.port)) {
      const lines = [`Host: ${own()}`, `Origin: ${origin}`];
      await refused(get("/v1/jobs", lines), 403);
      await refused(get("/", lines), 403);
      await refused(`DELETE /v1/jobs/job_0000000000000000 HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`, 403);
      await refused(
        `OPTIONS /v1/sprites HTTP/1.1\r\n${lines.join("\r\n")}\r\nAccess-Control-Request-Method: POST\r\n\r\n`,
        403,
      );
    }
  });

  test("two Origins are forbidden even when both are ours", async () => {
    const mine = `Origin: http://${own()}`;
    await refused(get("/v1/jobs", [`Host: ${own()}`, mine, mine]), 403);
  });

  test.each(["cross-site", "CROSS-SITE", "Cross-Site", "same-origin, cross-site"])(
    "Sec-Fetch-Site: %s cannot read or write",
    async (site) => {
      await refused(
        get("/v1/jobs", [`Host: ${own()}`, `Sec-Fetch-Site: ${site}`, "Sec-Fetch-Mode: no-cors"]),
        403,
      );
      await refused(
        get("/", [
          `Host: ${own()}`,
          `Sec-Fetch-Site: ${site}`,
          "Sec-Fetch-Mode: navigate",
          "Sec-Fetch-Dest: iframe",
        ]),
        403,
      );
      await refused(
        post([`Host: ${own()}`, `Sec-Fetch-Site: ${site}`, "Content-Type: application/json"]),
        403,
      );
    },
  );

  test("a link from another site to the studio works", async () => {
    const lines = [
      `Host: ${own()}`,
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Mode: navigate",
      "Sec-Fetch-Dest: document",
    ];
    expect((await sendRaw(running.port, get("/", lines))).status).toBe(200);
  });

  test("our own and the configured origins are echoed, one at a time", async () => {
    for (const origin of [
      `http://${own()}`,
      `http://localhost:${running.port}`,
      `http://[::1]:${running.port}`,
      DEV,
    ]) {
      const lines = [`Host: ${own()}`, `Origin: ${origin}`, "Sec-Fetch-Site: cross-site"];
      const answer = await sendRaw(running.port, get("/v1/jobs", lines));
      expect(answer.status).toBe(200);
      expect(answer.headers["access-control-allow-origin"]).toBe(origin);
      expect(answer.headers.vary).toBe("Origin");
    }
  });

  test("a preflight of a configured origin is answered without a handler", async () => {
    const before = running.entered();
    const lines = `Host: ${own()}\r\nOrigin: ${DEV}\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type`;
    const answer = await sendRaw(running.port, `OPTIONS /v1/sprites HTTP/1.1\r\n${lines}\r\n\r\n`);
    expect(answer.status).toBe(204);
    expect(answer.headers["access-control-allow-origin"]).toBe(DEV);
    expect(answer.headers["access-control-allow-headers"]).toContain("Content-Type");
    expect(running.entered()).toBe(before);
  });

  test("errors are readable for a configured origin too", async () => {
    const answer = await sendRaw(
      running.port,
      post([`Host: ${own()}`, `Origin: ${DEV}`, "Content-Type: text/plain"]),
    );
    expect(answer.status).toBe(415);
    expect(answer.headers["access-control-allow-origin"]).toBe(DEV);
  });
});

describe("only JSON can change anything", () => {
  test.each([
    "text/plain",
    "text/plain;application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json, text/plain",
    "application/jsonx",
    "application/json+x",
    "text/json",
    "image/png",
    "application/ld+json",
    "",
  ])("Content-Type: %s", async (type) => {
    await refused(post([`Host: ${own()}`, `Content-Type: ${type}`]), 415);
  });

  test("none, two, or a compressed body", async () => {
    await refused(post([`Host: ${own()}`]), 415);
    await refused(
      post([`Host: ${own()}`, "Content-Type: application/json", "Content-Type: text/plain"]),
      415,
    );
    await refused(post([`Host: ${own()}`, "Content-Type: application/json", "Content-Encoding: gzip"]), 415);
    await refused(
      `DELETE /v1/jobs/job_0000000000000000 HTTP/1.1\r\nHost: ${own()}\r\nContent-Type: text/plain\r\n\r\n`,
      415,
    );
  });

  test.each([
    "application/json",
    "APPLICATION/JSON",
    "application/json; charset=utf-8",
    "application/json ;charset=UTF-8",
  ])("%s is taken", async (type) => {
    expect((await sendRaw(running.port, post([`Host: ${own()}`, `Content-Type: ${type}`]))).status).toBe(202);
  });

  test("GET and HEAD change nothing, whatever their query says", async () => {
    const before = await running.jobs();
    for (const target of ["/?prompt=x&q=run", "/v1/sprites?prompt=x", "/v1/jobs?delete=1"]) {
      await sendRaw(running.port, get(target, [`Host: ${own()}`]));
    }
    expect(await running.jobs()).toBe(before);
  });
});

test("the service is alive after all of this", async () => {
  expect((await sendRaw(running.port, get("/livez", [`Host: ${own()}`]))).status).toBe(200);
  expect(running.errors).toEqual([]);
});
