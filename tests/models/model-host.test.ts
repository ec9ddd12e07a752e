import { fork } from "node:child_process";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { DrawnPictures } from "../../service/generators/drawn-pictures.ts";
import type { PictureRequest } from "../../service/generators/generator.ts";
import { equalImages } from "../../service/pixel/image.ts";
import type { GenerationPlan } from "../../service/generators/generation-plan.ts";
import { WorkerDied } from "../../service/workers/worker-died.ts";
import { createModelHost, type ModelHost, type ModelHostOptions } from "../../service/workers/workers.ts";
import type { JobProgress } from "../../shared/job.ts";
import { modelFolder, modelsFolder, nativeComposition, samplePlan, sampleRequest } from "../generators/generator-fixture.ts";

const cpu = { ...process.env, PIXELKILN_DEVICE: "cpu" };
const openHost = (changes: Partial<ModelHostOptions> = {}): Promise<ModelHost> =>
  createModelHost({ modelsDirs: [modelsFolder], env: cpu, log: () => {}, ...changes });
const manySteps = (steps = 60, changes: Partial<PictureRequest> = {}) =>
  samplePlan([sampleRequest({ steps, ...changes })]);
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => {} });

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((wake) => setTimeout(wake, 10));
}

/** Starts a plan and acts once, when its given denoising step is reported. */
function generateAndAct(
  host: ModelHost,
  plan: GenerationPlan,
  act: { at: number; run: () => void },
  signal?: AbortSignal,
) {
  let acted = false;
  const onProgress = ({ stage, step }: JobProgress) => {
    if (acted || stage !== "denoising" || step < act.at) return;
    acted = true;
    act.run();
  };
  return host.generate(plan, { signal: signal ?? new AbortController().signal, onProgress });
}

describe("one host through its life", () => {
  let host: ModelHost;
  let reference: DrawnPictures;

  beforeAll(async () => {
    host = await openHost();
    reference = await host.generate(manySteps(), quiet());
  });
  afterAll(() => host.close());

  test("no process runs before it is needed, and it tells its device once a model is loaded", async () => {
    const fresh = await openHost();
    expect([fresh.childPid(), fresh.device(), await fresh.ping(1000)]).toEqual([null, null, false]);
    await fresh.warm();
    expect(fresh.device()).toEqual({ provider: "cpu", failures: [] });
    expect(await fresh.ping(10_000)).toBe(true);
    await fresh.close();
  });

  test("pictures come finished, in order, one for each request", async () => {
    const plan = samplePlan(
      [sampleRequest({ seed: 1 }), sampleRequest({ seed: 2 }), sampleRequest({ seed: 1 })],
      {
        passes: [
          { pass: "binarize-alpha", threshold: 128 },
          { pass: "limit-colors", colorCount: 4, dither: "none", ditherStrength: 50 },
          { pass: "upscale-nearest", factor: 2 },
        ],
        keepBeforePalette: true,
      },
    );
    const { pictures, executionProvider, timings } = await host.generate(plan, quiet());
    expect(executionProvider).toBe("cpu");
    expect(pictures.map(({ image }) => image.width)).toEqual([64, 64, 64]);
    expect(equalImages(pictures[0]!.image, pictures[2]!.image)).toBe(true);
    expect(equalImages(pictures[0]!.image, pictures[1]!.image)).toBe(false);
    expect(pictures[0]!.beforePalette).not.toBeNull();
    expect(pictures[0]!.beforeBackground).toBeNull();
    for (const { image } of pictures) {
      const pixels = new Set(new Uint32Array(image.data.slice().buffer).values());
      expect(pixels.size).toBeLessThanOrEqual(5);
      expect(image.data.every((value, i) => i % 4 !== 3 || value === 0 || value === 255)).toBe(true);
    }
    expect(timings.loadMs).toBe(0);
    expect(timings.modelMs).toBeGreaterThan(timings.stepMs);
  });

  test("a composition sees the drawing, not the network's faint alpha", async () => {
    const composition = {
      ...nativeComposition,
      width: 40,
      height: 44,
      fit: "pad",
      anchor: "bottom",
    } as const;
    const plan = samplePlan([sampleRequest({ steps: 20, exemplars: "auto" })], { composition });
    const image = (await host.generate(plan, quiet())).pictures[0]!.image;
    expect([image.width, image.height]).toEqual([40, 44]);
    const lastRow = image.data.subarray(4 * 40 * 43);
    expect(lastRow.some((value, i) => i % 4 === 3 && value === 255)).toBe(true);
  });

  test("a sheet takes a picture for each cell and names the exemplars of all", async () => {
    const composition = { ...nativeComposition, width: 64, columns: 2 };
    const cells = [
      sampleRequest({ seed: 1, exemplars: "auto" }),
      sampleRequest({ seed: 2, exemplars: "auto" }),
    ];
    const { pictures } = await host.generate(samplePlan(cells, { composition }), quiet());
    expect(pictures).toHaveLength(1);
    expect([pictures[0]!.image.width, pictures[0]!.image.height]).toEqual([64, 32]);
    expect(pictures[0]!.exemplars.length).toBeGreaterThanOrEqual(1);
  });

  test("progress counts the steps of all pictures, forwards only", async () => {
    const seen: JobProgress[] = [];
    const plan = samplePlan([sampleRequest({ seed: 1 }), sampleRequest({ seed: 2 })]);
    await host.generate(plan, { ...quiet(), onProgress: (progress) => seen.push(progress) });
    const denoising = seen.filter(({ stage }) => stage === "denoising");
    expect(denoising.at(-1)).toEqual({ stage: "denoising", step: 12, steps: 12 });
    expect(seen.map(({ step }) => step)).toEqual(seen.map(({ step }) => step).sort((a, b) => a - b));
    expect(seen.map(({ stage }) => stage)).toContain("pixel-passes");
  });

  test("the event loop of the service goes on while the model draws", async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    let steps = 0;
    await host.generate(manySteps(), {
      ...quiet(),
      onProgress: ({ stage }) => void (stage === "denoising" && steps++),
    });
    clearInterval(ticking);
    expect(steps).toBeGreaterThanOrEqual(60);
    expect(ticks).toBeGreaterThan(steps);
  });

  test("a kill in the middle rejects with a retryable error, and the next try gives the same bytes", async () => {
    const pid = host.childPid()!;
    const killed = generateAndAct(host, manySteps(), { at: 20, run: () => process.kill(pid, "SIGKILL") });
    await expect(killed).rejects.toBeInstanceOf(WorkerDied);
    await expect(killed).rejects.toMatchObject({ retryable: true, begun: true });
    expect(host.childPid()).toBeNull();
    const { pictures, timings } = await host.generate(manySteps(), quiet());
    expect(equalImages(pictures[0]!.image, reference.pictures[0]!.image)).toBe(true);
    expect(timings.loadMs).toBeGreaterThan(0);
    expect(host.childPid()).not.toBe(pid);
  });

  test("plans that wait survive the death of the process under another plan", async () => {
    const killed = generateAndAct(host, manySteps(), {
      at: 5,
      run: () => process.kill(host.childPid()!, "SIGKILL"),
    });
    const waiting = host.generate(manySteps(), quiet());
    await expect(killed).rejects.toBeInstanceOf(WorkerDied);
    expect(equalImages((await waiting).pictures[0]!.image, reference.pictures[0]!.image)).toBe(true);
  });

  test("a cancel between steps keeps the process and its model", async () => {
    const pid = host.childPid();
    const controller = new AbortController();
    const act = { at: 3, run: () => controller.abort() };
    const cancelled = generateAndAct(host, manySteps(1000), act, controller.signal);
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect((await host.generate(manySteps(2), quiet())).timings.loadMs).toBe(0);
    expect(host.childPid()).toBe(pid);
  });

  test("a cancelled plan that waits leaves the line and nothing else stops", async () => {
    const controller = new AbortController();
    const first = host.generate(manySteps(), quiet());
    const second = host.generate(manySteps(), { signal: controller.signal, onProgress: () => {} });
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: "cancelled" });
    expect(equalImages((await first).pictures[0]!.image, reference.pictures[0]!.image)).toBe(true);
    const late = host.generate(manySteps(), { signal: controller.signal, onProgress: () => {} });
    await expect(late).rejects.toMatchObject({ code: "cancelled" });
  });

  test("what the model refuses arrives with its code and fields", async () => {
    const refused = host.generate(samplePlan([sampleRequest({ width: 33 })]), quiet());
    await expect(refused).rejects.toMatchObject({ code: "invalid-request", errors: [{ field: "width" }] });
    const unknown = host.generate(samplePlan([sampleRequest()], { model: "dall-e" }), quiet());
    await expect(unknown).rejects.toMatchObject({ code: "model-unavailable" });
    await expect(unknown).rejects.toThrow('"dall-e"');
    const halfSheet = samplePlan([sampleRequest()], { composition: { ...nativeComposition, columns: 2 } });
    await expect(host.generate(halfSheet, quiet())).rejects.toMatchObject({ code: "generation-failed" });
    const pid = host.childPid();
    await host.generate(manySteps(2), quiet());
    expect(host.childPid()).toBe(pid);
  });
});

describe("a host of its own", () => {
  let host: ModelHost;
  afterEach(() => host.close());

  test("kills a plan that does not stop within the grace time, and goes on with a new process", async () => {
    host = await openHost({ killGraceMs: 0 });
    await host.warm();
    const pid = host.childPid()!;
    const controller = new AbortController();
    const act = { at: 2, run: () => void (process.kill(pid, "SIGSTOP") && controller.abort()) };
    const cancelled = generateAndAct(host, manySteps(1000), act, controller.signal);
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(alive(pid)).toBe(false);
    expect((await host.generate(manySteps(2), quiet())).pictures).toHaveLength(1);
  });

  test("ends its work and its process when it is closed", async () => {
    host = await openHost();
    await host.warm();
    const pid = host.childPid()!;
    const waiting: Promise<unknown>[] = [];
    const act = { at: 2, run: () => void waiting.push(host.close()) };
    const running = generateAndAct(host, manySteps(1000), act);
    const queued = host.generate(manySteps(), quiet());
    const outcomes = await Promise.allSettled([running, queued]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: "shutting-down" } });
    await Promise.all(waiting);
    expect([host.childPid(), alive(pid)]).toEqual([null, false]);
    await expect(host.generate(manySteps(), quiet())).rejects.toMatchObject({ code: "shutting-down" });
  });

  test("falls back to the processor and says why when the wanted device is not there", async () => {
    const absent = process.platform === "darwin" ? "dml" : "coreml";
    host = await openHost({ env: { ...process.env, PIXELKILN_DEVICE: absent } });
    await host.warm();
    expect(host.device()?.provider).toBe("cpu");
    expect(host.device()?.failures).toMatchObject([{ provider: absent }]);
  });

  test("takes some device on its own, with a reason for each that it passed over", async () => {
    host = await openHost({ env: { ...process.env, PIXELKILN_DEVICE: "auto" } });
    await host.warm();
    const { provider, failures } = host.device()!;
    expect(failures.map((failure) => failure.provider)).not.toContain(provider);
    for (const { reason } of failures) expect(reason).not.toBe("");
    if (provider === "cpu") expect(failures.length).toBeGreaterThan(0);
  });

  test("refuses a model whose files are not those of its model.json", async () => {
    const folder = await mkdtemp(join(tmpdir(), "models-"));
    await cp(modelFolder, join(folder, "embedded-v1"), { recursive: true, dereference: true });
    await appendFile(join(folder, "embedded-v1", "decoder.onnx"), "x");
    host = await openHost({ modelsDirs: [folder] });
    await expect(host.warm()).rejects.toMatchObject({ code: "model-unavailable" });
    await expect(host.generate(manySteps(2), quiet())).rejects.toThrow("decoder.onnx");
    await rm(folder, { recursive: true, force: true });
  });

  test("refuses plans without any model on the disk, and says which device name is wrong", async () => {
    host = await openHost({ modelsDirs: [join(tmpdir(), "no-models-here")] });
    expect(host.catalog()).toEqual([]);
    await expect(host.warm()).rejects.toMatchObject({ code: "model-unavailable" });
    const other = await openHost({ env: { ...process.env, PIXELKILN_DEVICE: "quantum" } });
    await expect(other.warm()).rejects.toThrow("quantum");
    await other.close();
  });

  test("leaves no process behind when its own is killed", async () => {
    host = await openHost();
    const script = fileURLToPath(new URL("./host-parent.ts", import.meta.url));
    const parent = fork(script, [], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.once("message", (message) => resolve(Number(message))),
    );
    expect(alive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await until(() => !alive(pid));
  });
});
