import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import type { PixelTask, PixelWork } from "../../service/pixel/pixel-work.ts";
import { rotatePixels } from "../../service/pixel/rotate-pixels.ts";
import { WorkerDied } from "../../service/workers/worker-died.ts";
import { createModelHost, type ModelHost } from "../../service/workers/workers.ts";
import { draw, GOBLIN, paint } from "../pixel/ascii-image.ts";
import { modelsFolder, samplePlan, sampleRequest } from "../generators/generator-fixture.ts";

const goblin = draw(GOBLIN);
const workOf = (task: PixelTask, frames = [goblin]): PixelWork => ({
  frames,
  task,
  enlarge: 1,
  mostPixelColors: null,
  measure: { palette: null, tileX: false, tileY: false },
});
const turn = workOf({ task: "rotate", degrees: 90 });
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => {} });
/** Many frames, so that there are many moments between two of them. */
const long = workOf(
  { task: "rotate", degrees: 33 },
  Array.from({ length: 200 }, () => paint(96, 96, (x, y) => x * y)),
);

describe("the pixel process", () => {
  let host: ModelHost;
  beforeAll(async () => {
    const env = { ...process.env, PIXELKILN_DEVICE: "cpu" };
    host = await createModelHost({ modelsDirs: [modelsFolder], env, log: () => {} });
  });
  afterAll(() => host.close());

  test("works on pixels without loading a model, and says how far it is", async () => {
    const steps: number[] = [];
    const result = await host.runPixels(workOf({ task: "rotate", degrees: 90 }, [goblin, goblin]), {
      signal: new AbortController().signal,
      onProgress: ({ stage, step, steps: all }) => {
        expect([stage, all]).toEqual(["pixel-passes", 2]);
        steps.push(step);
      },
    });
    expect(result.frames).toEqual([rotatePixels(goblin, 90), rotatePixels(goblin, 90)]);
    expect(result.colors[0]).toEqual(colorsOf(goblin));
    expect(result.checks).toMatchObject({ duplicate_images: 1, colors: 6 });
    expect(steps).toEqual([0, 1, 2, 2]);
    expect(host.childPid()).toBeNull();
    expect(host.device()).toBeNull();
  });

  test("answers while the model draws", async () => {
    const stop = new AbortController();
    let drawing = true;
    const drawn = host
      .generate(samplePlan([sampleRequest({ steps: 200 })]), { signal: stop.signal, onProgress: () => {} })
      .catch(() => {})
      .finally(() => {
        drawing = false;
      });
    await host.runPixels(turn, quiet());
    expect(drawing).toBe(true);
    stop.abort();
    await drawn;
  });

  test("stops between two frames when it is cancelled, and takes the next work", async () => {
    const stop = new AbortController();
    let last = 0;
    const cancelled = host.runPixels(long, {
      signal: stop.signal,
      onProgress: ({ step }) => {
        last = step;
        if (step === 3) stop.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(last).toBeLessThan(200);
    expect((await host.runPixels(turn, quiet())).frames).toEqual([rotatePixels(goblin, 90)]);
  });

  test("says what went wrong with work that cannot be done, and lives on", async () => {
    const wrong = workOf({ task: "k-centroid", width: 99, height: 99 });
    await expect(host.runPixels(wrong, quiet())).rejects.toMatchObject({ code: "generation-failed" });
    const empty = { ...turn, frames: [] };
    await expect(host.runPixels(empty, quiet())).rejects.toMatchObject({ code: "generation-failed" });
    const damaged = { ...turn, frames: [{ width: 4, height: 4, data: new Uint8Array(5) }] };
    await expect(host.runPixels(damaged, quiet())).rejects.toMatchObject({ code: "generation-failed" });
    expect((await host.runPixels(turn, quiet())).frames).toHaveLength(1);
  });

  test("refuses an enlargement that has too many pixels before it makes it", async () => {
    const huge = { ...turn, frames: [paint(2000, 2000, () => 0)], enlarge: 16 };
    await expect(host.runPixels(huge, quiet())).rejects.toMatchObject({
      code: "invalid-request",
      errors: [{ field: "upscale_output_factor", expected: "at most 2 for a result of 4000000 pixels" }],
    });
  });

  test("holds the frames of a GIF to what it can show, together", async () => {
    const frames = [paint(40, 40, (x, y) => 40 * x + y), paint(40, 40, (x, y) => 0xff0000 + 40 * x + y)];
    const work = { ...workOf({ task: "passes", passes: [] }, frames), mostPixelColors: 256 };
    const { frames: held, warnings } = await host.runPixels(work, quiet());
    expect(new Set(held.flatMap(colorsOf)).size).toBeLessThanOrEqual(255);
    expect(warnings).toHaveLength(1);
  });
});

test("closing the host refuses what waits, and the process that died says so", async () => {
  const host = await createModelHost({ modelsDirs: [modelsFolder], env: process.env, log: () => {} });
  const results = Promise.allSettled([host.runPixels(long, quiet()), host.runPixels(turn, quiet())]);
  await host.close();
  for (const result of await results) {
    expect(result.status).toBe("rejected");
    const { reason } = result as PromiseRejectedResult;
    expect(
      reason instanceof WorkerDied || reason.code === "shutting-down" || reason.code === "cancelled",
    ).toBe(true);
  }
});
