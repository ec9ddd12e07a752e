import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openEventStream } from "../../service/http/event-stream.ts";
import { createStreamSlots, STREAM_LIMITS } from "../../service/http/stream-slots.ts";
import { Problem } from "../../shared/errors.ts";
import { ServiceEvent } from "../../shared/events.ts";
import { eventually } from "./eventually.ts";
import { type HttpService, startHttp } from "./http-service.ts";

/** Pages of other servers on this machine: each is a client. */
const PAGES = [1, 2, 3, 4, 5].map((n) => `http://page${n}.test`);
let running: HttpService;
let open: AbortController;
beforeEach(async () => {
  running = await startHttp({ capacity: 10, allowedOrigins: PAGES });
  running.workers.making = "held";
  open = new AbortController();
});
afterEach(async () => {
  open.abort();
  await running.close();
});

interface Block {
  id: string;
  name: string;
  data: { jobs?: { id: string; status: string }[] } & Record<string, unknown>;
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(running.url + path, { headers, signal: open.signal });
async function newJob(path = "/v1/sprites", fields: object = { prompt: "a" }): Promise<string> {
  const body = JSON.stringify({ ...fields, async: true });
  const answer = await fetch(running.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return ((await answer.json()) as { job_id: string }).job_id;
}

async function* blocks(answer: Response): AsyncGenerator<Block> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      const match = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(part);
      if (match) yield { id: match[1]!, name: match[2]!, data: JSON.parse(match[3]!) };
    }
  }
}
async function take(stream: AsyncGenerator<Block>, count: number): Promise<Block[]> {
  const taken: Block[] = [];
  while (taken.length < count) {
    const next = await stream.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

describe("the stream of a job", () => {
  test("starts with its state, tells its events in order, and ends with it", async () => {
    const before = await newJob();
    const id = await newJob();
    const answer = await get(`/v1/jobs/${id}/events`);
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const stream = blocks(answer);
    const [first] = await take(stream, 1);
    expect(first).toMatchObject({ name: "snapshot", data: { jobs: [{ id, status: "queued" }] } });
    const other = await newJob("/v1/pixelate", { input_image: "AAAA" });
    await running.workers.finish(before);
    await running.workers.progress(other, 1);
    for (const step of [1, 2]) await running.workers.progress(id, step);
    await running.workers.finish(id);
    const rest = await take(stream, 99);
    expect(rest.map(({ name }) => name)).toEqual(["job.state", "job.progress", "job.progress", "job.state"]);
    for (const { data } of rest) expect(ServiceEvent.parse(data)).toMatchObject({ job_id: id });
  });

  test("of a finished job tells that and ends; a client that knows it is told to stay away", async () => {
    const id = await newJob();
    await running.workers.finish(id);
    await eventually(async () => expect((await running.store.get(id))?.state).toBe("succeeded"));
    const told = await take(blocks(await get(`/v1/jobs/${id}/events`)), 99);
    expect(told).toMatchObject([{ name: "snapshot", data: { jobs: [{ id, status: "succeeded" }] } }]);
    const again = await get(`/v1/jobs/${id}/events`, { "last-event-id": told[0]!.id });
    expect(again.status).toBe(204);
  });

  test("resumes after the last event that the client saw", async () => {
    const before = await newJob();
    const id = await newJob();
    const [first] = await take(blocks(await get(`/v1/jobs/${id}/events`)), 1);
    open.abort();
    open = new AbortController();
    await running.workers.finish(before);
    await running.workers.progress(id, 1);
    await running.workers.finish(id);
    const rest = await take(blocks(await get(`/v1/jobs/${id}/events`, { "last-event-id": first!.id })), 99);
    expect(rest.map(({ name }) => name)).toEqual(["job.state", "job.progress", "job.state"]);
  });

  test("of no job is not found", async () => {
    expect((await get("/v1/jobs/job_0000000000000000/events")).status).toBe(404);
  });
});

describe("the stream of everything", () => {
  test("resumes without a gap and without repeats", async () => {
    const id = await newJob();
    await running.workers.progress(id, 0);
    const stream = blocks(await get("/v1/events"));
    await take(stream, 1);
    await running.workers.progress(id, 1);
    await running.workers.progress(id, 2);
    const second = await take(stream, 1);
    const resumed = await take(blocks(await get("/v1/events", { "last-event-id": second[0]!.id })), 1);
    expect(resumed[0]).toMatchObject({ name: "job.progress", data: { progress: { step: 2 } } });
    expect(Number(resumed[0]!.id)).toBe(Number(second[0]!.id) + 1);
  });

  test.each(["0", "1", "99999999999999999999", "abc", "-1"])(
    "Last-Event-ID %s that the ring does not hold gets a reset with the state",
    async (lastId) => {
      const id = await newJob();
      for (let step = 1; step <= 20; step++) await running.workers.progress(id, step);
      const stream = blocks(await get("/v1/events", { "last-event-id": lastId }));
      const [reset] = await take(stream, 1);
      expect(reset).toMatchObject({ name: "reset", data: { jobs: [{ id, progress: { step: 20 } }] } });
      await running.runner.cancel(id);
      expect(await take(stream, 1)).toMatchObject([{ name: "job.state", data: { status: "cancelled" } }]);
    },
  );

  test("a client that missed more than the ring holds gets a reset, one that missed less does not", async () => {
    const id = await newJob();
    await running.workers.progress(id, 0);
    const [first] = await take(blocks(await get("/v1/events")), 1);
    for (let step = 1; step <= 10; step++) await running.workers.progress(id, step);
    const less = await take(blocks(await get("/v1/events", { "last-event-id": first!.id })), 1);
    expect(less[0]!.name).toBe("job.progress");
    await running.workers.progress(id, 11);
    const more = await take(blocks(await get("/v1/events", { "last-event-id": first!.id })), 1);
    expect(more[0]!.name).toBe("reset");
  });

  test("ends when the service is stopped, and no new one is opened", async () => {
    const stream = blocks(await get("/v1/events"));
    await take(stream, 1);
    running.stopping.abort();
    expect((await get("/v1/events")).status).toBe(503);
    running.stopped.abort();
    expect(await take(stream, 99)).toEqual([]);
  });
});

describe("the limits of streams", () => {
  test("a client has 16 streams, all clients 64, and a closed one gives its place back", async () => {
    const [first = "", fifth = "", ...others] = PAGES;
    const opened: AbortController[] = [];
    const attempt = async (client: string): Promise<number> => {
      const controller = new AbortController();
      opened.push(controller);
      const answer = await fetch(`${running.url}/v1/events`, {
        headers: { origin: client },
        signal: controller.signal,
      });
      if (!answer.ok) expect(Problem.parse(await answer.json()).code).toBe("too-many-streams");
      return answer.status;
    };
    for (let i = 0; i < STREAM_LIMITS.perClient; i++) expect(await attempt(first)).toBe(200);
    expect(await attempt(first)).toBe(429);
    for (const client of others) {
      for (let i = 0; i < STREAM_LIMITS.perClient; i++) expect(await attempt(client)).toBe(200);
    }
    expect(await attempt(fifth)).toBe(429);
    opened[0]!.abort();
    await eventually(async () => expect(await attempt(fifth)).toBe(200));
    for (const controller of opened) controller.abort();
  });

  test("places given back by one client, even twice, are not another's", () => {
    const slots = createStreamSlots();
    for (let i = 0; i < STREAM_LIMITS.perClient; i++) slots.take("first");
    const giveBack = slots.take("second");
    giveBack();
    giveBack();
    expect(() => slots.take("first")).toThrow("per client");
    for (let i = STREAM_LIMITS.perClient; i < STREAM_LIMITS.all; i++) slots.take(`client ${i}`);
    expect(() => slots.take("last")).toThrow("in total");
  });

  test("a client that does not read is dropped, and others go on", async () => {
    const id = await newJob();
    await running.workers.progress(id, 0);
    const socket = connect(running.port, "127.0.0.1");
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.pause();
    socket.write(`GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${running.port}\r\nOrigin: ${PAGES[0]}\r\n\r\n`);
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => {});
    const reader = blocks(await get("/v1/events"));
    await take(reader, 1);
    const files = ["x".repeat(50_000)];
    // More than the system's own buffers and the allowed 1 MiB together.
    for (let i = 0; i < 400; i++) {
      running.events.publish({
        type: "asset.published",
        asset_id: "spr_0000000000000000",
        kind: "sprite",
        rev: "1",
        files,
      });
      await take(reader, 1);
    }
    // It reads what the system has buffered, and then finds the connection closed.
    socket.resume();
    await closed;
    await running.workers.progress(id, 1);
    expect(await take(reader, 1)).toMatchObject([{ name: "job.progress" }]);
  });

  test("a heartbeat comes every 15 s and brings the end of a job whose last event was lost", async () => {
    await newJob();
    const waiting = await newJob();
    vi.useFakeTimers();
    try {
      let ended = 0;
      const deaf = { ...running.deps, events: { ...running.events, subscribe: () => () => {} } };
      const stream = openEventStream({
        deps: deaf,
        jobId: waiting,
        lastEventId: null,
        drop: () => {},
        onEnd: () => ended++,
      });
      const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
      const texts: string[] = [];
      const reading = (async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read()) texts.push(part.value);
      })();
      await vi.advanceTimersByTimeAsync(15_000);
      expect(texts.filter((text) => text === ": heartbeat\n\n")).toHaveLength(1);
      await running.runner.cancel(waiting);
      await vi.advanceTimersByTimeAsync(15_000);
      await reading;
      expect(texts.at(-1)).toContain('"status":"cancelled"');
      expect(ended).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});
