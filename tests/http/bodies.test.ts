import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BODY_LIMITS } from "../../shared/api-route.ts";
import { Problem } from "../../shared/errors.ts";
import { type HttpService, startHttp } from "./http-service.ts";
import { type RawAnswer, sendRaw } from "./raw-request.ts";

let running: HttpService;
beforeAll(async () => {
  running = await startHttp({ queue: 1_000_000 });
});
afterAll(() => running.close());

const head = (lines: string[]): string =>
  [
    "POST /v1/sprites HTTP/1.1",
    `Host: 127.0.0.1:${running.port}`,
    "Content-Type: application/json",
    ...lines,
    "",
    "",
  ].join("\r\n");
const send = (body: Uint8Array): Promise<RawAnswer> =>
  sendRaw(running.port, Buffer.concat([Buffer.from(head([`Content-Length: ${body.length}`])), body]));
const codeOf = (answer: RawAnswer): string => Problem.parse(JSON.parse(answer.body)).code;

describe("a body that is too large", () => {
  test("is refused by its length before it is sent", async () => {
    const answer = await sendRaw(running.port, head([`Content-Length: ${BODY_LIMITS.pictures + 1}`]));
    expect([answer.status, codeOf(answer)]).toEqual([413, "payload-too-large"]);
  });

  test("is refused in chunks without a length, at the first byte too many", async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const framed = Buffer.concat([
      Buffer.from(`${chunk.length.toString(16)}\r\n`),
      chunk,
      Buffer.from("\r\n"),
    ]);
    // 33 MiB without an end: only a reader that counts can answer.
    const bytes = Buffer.concat([
      Buffer.from(head(["Transfer-Encoding: chunked"])),
      ...Array<Buffer>(33).fill(framed),
    ]);
    const answer = await sendRaw(running.port, bytes);
    expect([answer.status, codeOf(answer)]).toEqual([413, "payload-too-large"]);
  });

  test("just under the limit is read, with pictures in it", async () => {
    const body = JSON.stringify({
      prompt: "a",
      async: true,
      reference_images: ["A".repeat(16e6), "B".repeat(16e6)],
    });
    expect(body.length).toBeLessThan(BODY_LIMITS.pictures);
    expect((await send(Buffer.from(body))).status).toBe(202);
  });

  test("a picture that is longer than pictures may be is a wrong field", async () => {
    const answer = await send(
      Buffer.from(JSON.stringify({ prompt: "a", input_image: "A".repeat(17 * 1024 * 1024) })),
    );
    expect([answer.status, codeOf(answer)]).toEqual([422, "invalid-request"]);
    expect(answer.body.length).toBeLessThan(1_000);
  });
});

describe("a body that is not JSON", () => {
  test.each([
    "",
    " ",
    "{",
    "nul",
    "{'prompt': 1}",
    '{"prompt": "a",}',
    '\ufeff{"prompt":"a"',
    "prompt=a",
    '{"prompt":"a"}{}',
    "NaN",
    "\0",
    '{"prompt":"\u0001"}',
  ])("%j", async (text) => {
    const answer = await send(Buffer.from(text));
    expect([answer.status, codeOf(answer)]).toEqual([400, "malformed-json"]);
  });

  test("bytes that are not UTF-8", async () => {
    expect((await send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(400);
  });

  test("a million open brackets", async () => {
    expect((await send(Buffer.alloc(1_000_000, "["))).status).toBe(400);
    const deep = `{"prompt":"a","output":${'{"dir":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
    expect((await send(Buffer.from(deep))).status).toBe(422);
  });
});

/** A valid request with many fields, to mutate. */
const VALID = {
  prompt: "red dragon",
  negative_prompt: "",
  prompt_style: "default",
  width: 32,
  height: 24,
  num_images: 2,
  seed: 7,
  input_palette: ["#000000", "#ffffff"],
  color_count: 8,
  dither_mode: "none",
  dither_strength: 50,
  remove_bg: true,
  tile_x: false,
  view: "side",
  upscale_output_factor: 2,
  output: { dir: "art", name: "hero" },
  strict: false,
  async: true,
};
const NAMES = [
  ...Object.keys(VALID),
  "description",
  "image_size",
  "init_image",
  "init_image_strength",
  "color_image",
  "check_cost",
  "reference_images",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "wings",
  "",
];
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, -1, 1e308, 0.5, "", "\0", "../x", [], {}, [[]], true, 2 ** 53),
);
/** JSON text, so that `__proto__` and repeated keys arrive as a client would send them. */
const mutated = fc.array(fc.tuple(fc.constantFrom(...NAMES), anyValue), { maxLength: 5 }).map((changes) => {
  const entries = [...Object.entries(VALID), ...changes].map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return Buffer.from(`{${entries.join(",")}}`);
});
const cut = fc.tuple(mutated, fc.nat(400)).map(([body, at]) => body.subarray(0, at));
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
);

test("2,000 generated bodies get only documented answers, and the service lives", async () => {
  const seen = new Map<number, number>();
  const body = fc.oneof(
    { weight: 3, arbitrary: mutated },
    { weight: 1, arbitrary: cut },
    { weight: 1, arbitrary: garbage },
  );
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      const answer = await send(bytes);
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      expect([200, 202, 400, 422]).toContain(answer.status);
      if (answer.status >= 400)
        expect(["malformed-json", "invalid-request", "ignored-parameter"]).toContain(codeOf(answer));
    }),
    // Few bodies ask for an answer with the asset, and one of them has to.
    { numRuns: 2_000, examples: [[Buffer.from(JSON.stringify({ ...VALID, async: false }))]] },
  );
  // A run that only ever got one answer would prove nothing.
  for (const status of [202, 400, 422]) expect(seen.get(status) ?? 0, String(status)).toBeGreaterThan(50);
  expect(seen.get(200) ?? 0).toBeGreaterThan(0);
  expect(running.errors).toEqual([]);
  expect((await fetch(`${running.url}/livez`)).status).toBe(200);
});
