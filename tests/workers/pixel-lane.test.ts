import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { rotatePixels } from "../../service/pixel/rotate-pixels.ts";
import { WorkerDied } from "../../service/workers/worker-died.ts";
import type { Workers } from "../../service/workers/workers.ts";
import { quiet } from "../kinds/test-worker.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";
import {
  alive,
  bytesOf,
  longPixels,
  longSprites,
  openTestWorkers,
  orderOf,
  turnOrder,
  until,
} from "./sample-orders.ts";

const goblin = draw(GOBLIN);
const picture = Buffer.from(await encodePng(goblin)).toString("base64");
const small = () => orderOf("pixelate", { input_image: picture });
const isPixels = ({ stage }: { stage: string }) => stage === "pixel-passes";

describe("the lane for pixels", () => {
  let workers: Workers;
  let pids: number[];
  beforeAll(async () => {
    ({ workers, pids } = await openTestWorkers());
  });
  afterAll(() => workers.close());

  test("works without a generator, and says how far it is", async () => {
    const seen: number[] = [];
    const onProgress = ({ stage, step, steps }: { stage: string; step: number; steps: number }) => {
      if (stage !== "pixel-passes") return;
      expect(steps).toBe(1);
      seen.push(step);
    };
    const { manifest } = await workers.make("pixels", small(), { ...quiet(), onProgress });
    expect(manifest.images).toMatchObject([{ width: goblin.width, height: goblin.height }]);
    expect(seen).toEqual([0, 1]);
    expect([workers.generatorPid(), workers.device()]).toEqual([null, null]);
  });

  test("edits a picture", async () => {
    const edited = await workers.edit(turnOrder(picture), quiet());
    expect(await decodeImage(edited.bytes, "edited")).toEqual(rotatePixels(goblin, 90));
    expect(pids).toHaveLength(1);
  });

  test("answers while the generator draws", async () => {
    const stop = new AbortController();
    let drawing = true;
    const drawn = workers
      .make("generator", longSprites(), { signal: stop.signal, onProgress: () => {} })
      .catch(() => {})
      .finally(() => {
        drawing = false;
      });
    await workers.make("pixels", small(), quiet());
    expect(drawing).toBe(true);
    stop.abort();
    await drawn;
  });

  test("leaves edits and plans to a spare process while it is busy", async () => {
    const stop = new AbortController();
    const hooks = { signal: stop.signal, onProgress: () => {} };
    const before = pids.length;
    const waiting = Promise.allSettled([1, 2].map(() => workers.make("pixels", small(), hooks)));
    // It stands still: what is answered now comes from elsewhere.
    process.kill(pids[0]!, "SIGSTOP");
    const edited = await workers.edit(turnOrder(picture), quiet());
    expect(edited).toMatchObject({ width: goblin.height, height: goblin.width });
    const { from } = small();
    if ("plan" in from) throw new Error("Expected a request.");
    const planned = await workers.plan({ kind: "pixelate", ...from }, quiet());
    expect(planned).toMatchObject({ model: null, steps: 0 });
    expect(pids.length).toBe(before + 1);
    stop.abort();
    for (const outcome of await waiting) expect(outcome).toMatchObject({ reason: { code: "cancelled" } });
  });

  test("stops when it is cancelled, and takes the next work", async () => {
    const reference = bytesOf(await workers.make("pixels", small(), quiet()));
    const stop = new AbortController();
    const cancelled = workers.make("pixels", longPixels(), {
      signal: stop.signal,
      onProgress: (progress) => void (isPixels(progress) && stop.abort()),
    });
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(bytesOf(await workers.make("pixels", small(), quiet()))).toEqual(reference);
  });

  test("rejects when its process is killed, and gets a new one for the next work", async () => {
    let killed = false;
    const died = workers.make("pixels", longPixels(), {
      ...quiet(),
      onProgress: (progress) => {
        if (killed || !isPixels(progress)) return;
        killed = true;
        for (const pid of pids.filter((one) => one !== workers.generatorPid())) kill(pid);
      },
    });
    await expect(died).rejects.toBeInstanceOf(WorkerDied);
    await expect(died).rejects.toMatchObject({ begun: true });
    const started = pids.length;
    expect((await workers.make("pixels", small(), quiet())).manifest.images).toHaveLength(1);
    expect(pids.length).toBe(started + 1);
  });

  test("says what went wrong with work that cannot be done, and lives on", async () => {
    const huge = orderOf("pixelate", { input_image: picture, width: goblin.width + 1 });
    await expect(workers.make("pixels", huge, quiet())).rejects.toMatchObject({
      code: "invalid-request",
      errors: [{ field: "width" }],
    });
    const started = pids.length;
    await workers.make("pixels", small(), quiet());
    expect(pids.length).toBe(started);
  });
});

function kill(pid: number): void {
  if (alive(pid)) process.kill(pid, "SIGKILL");
}

test("a process for pixels ends when it has nothing to do for long, and the next work starts another", async () => {
  const { workers, pids } = await openTestWorkers({ idleMs: 50 });
  const first = bytesOf(await workers.make("pixels", small(), quiet()));
  await until(() => !alive(pids[0]!));
  expect(bytesOf(await workers.make("pixels", small(), quiet()))).toEqual(first);
  expect(pids).toHaveLength(2);
  await workers.close();
});

test("closing refuses what waits, and ends what runs", async () => {
  const { workers, pids } = await openTestWorkers();
  const results = Promise.allSettled([
    workers.make("pixels", longPixels(), quiet()),
    workers.make("pixels", small(), quiet()),
  ]);
  await workers.close();
  for (const result of await results)
    expect(result).toMatchObject({ status: "rejected", reason: { code: "shutting-down" } });
  expect(pids.map(alive)).toEqual([false]);
});
