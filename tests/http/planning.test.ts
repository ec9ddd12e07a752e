import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { KINDS } from "../../service/kinds/table.ts";
import type { Planned } from "../../service/workers/messages.ts";
import { WorkerDied } from "../../service/workers/worker-died.ts";
import { Problem } from "../../shared/errors.ts";
import { createTestWorker } from "../kinds/test-worker.ts";
import { eventually } from "./eventually.ts";
import { type HttpService, startHttp } from "./http-service.ts";

let running: HttpService;
beforeEach(async () => {
  running = await startHttp();
});
afterEach(() => running.close());

const BROKEN = Buffer.from("this is no picture").toString("base64");
/** A request with a broken picture of each kind, or with nobody to dress, and where that is. */
const WRONG: Record<string, [field: string, request: object]> = {
  sprite: ["input_image", { prompt: "gem", input_image: BROKEN }],
  tile: ["input_image", { prompt: "moss", repair: true, input_image: BROKEN }],
  tileset: [
    "upper_reference_image",
    { upper_description: "grass", lower_description: "water", upper_reference_image: BROKEN },
  ],
  character: ["prompt", { prompt: "green slime" }],
  effect: ["prompt", { prompt: "chicken" }],
  animation: ["input_image", { input_image: BROKEN, action: "idle" }],
  pixelate: ["input_image", { input_image: BROKEN }],
};

test.each(KINDS.map(({ id, path }) => [id, path]))(
  "what only a worker can see is wrong in a request of the kind %s is refused with 422 and its field before there is a job, asynchronous or not",
  async (id, path) => {
    const { plan } = createTestWorker();
    running.workers.planner = (order, hooks) => plan(order, hooks);
    const [field, request] = WRONG[id]!;
    for (const async of [false, true]) {
      const answer = await fetch(running.url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...request, async }),
      });
      const { errors = [], job_id } = Problem.parse(await answer.json());
      expect([answer.status, errors.map((error) => error.field), job_id]).toEqual([422, [field], undefined]);
    }
    expect(running.workers.planned).toHaveLength(2);
    expect(await running.jobs()).toBe(0);
    expect(running.workers.made).toEqual([]);
  },
);

test.each([
  [1, 200, undefined],
  [2, 500, "generation-failed"],
])(
  "a request is planned again if the worker dies, once: after %i deaths the answer is %i",
  async (deaths, status, code) => {
    let left = deaths;
    running.workers.planner = async (order) => {
      if (left-- > 0) throw new WorkerDied("SIGKILL", true);
      return running.workers.planAtOnce(order);
    };
    const answer = await fetch(`${running.url}/v1/sprites`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ prompt: "gem" }),
    });
    const body = (await answer.json()) as { code?: string };
    expect([answer.status, body.code]).toEqual([status, code]);
    expect(running.workers.planned).toHaveLength(2);
    expect(await running.jobs()).toBe(deaths === 1 ? 1 : 0);
  },
);

test.each([false, true])(
  "a client that goes away while its request is planned leaves no job (async: %s)",
  async (async) => {
    let signal: AbortSignal | undefined;
    let planned = (): void => {};
    // As a worker that is past the point where it would hear of a cancel: the plan comes all the same.
    running.workers.planner = (order, hooks) =>
      new Promise<Planned>((resolve) => {
        signal = hooks.signal;
        planned = () => resolve(running.workers.planAtOnce(order));
      });
    const body = JSON.stringify({ prompt: "a", async });
    const socket = connect(running.port, "127.0.0.1");
    socket.write(
      `POST /v1/sprites HTTP/1.1\r\nHost: 127.0.0.1:${running.port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await eventually(() => expect(signal).toBeDefined());
    socket.destroy();
    await eventually(() => expect(signal?.aborted).toBe(true));
    planned();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await running.jobs()).toBe(0);
    expect(running.errors).toEqual([]);
  },
);
