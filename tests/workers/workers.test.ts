import { fork } from "node:child_process";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";
import { deflateSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { KindOrder, MakeOrder } from "../../service/workers/messages.ts";
import { UnreadablePlan } from "../../service/workers/unreadable-plan.ts";
import { WorkerDied } from "../../service/workers/worker-died.ts";
import type { Workers, WorkersOptions } from "../../service/workers/workers.ts";
import type { JobProgress } from "../../shared/job.ts";
import { addBrokenModel } from "../generators/broken-model.ts";
import { modelFolder, modelsFolder } from "../generators/generator-fixture.ts";
import { PNG } from "../http/canned-asset.ts";
import { quiet } from "../kinds/test-worker.ts";
import {
  alive,
  bytesOf,
  longPixels,
  longSprites,
  openTestWorkers,
  spriteOrder,
  turnOrder,
  until,
} from "./sample-orders.ts";

const sixty = () => spriteOrder({ steps: 60 });
const make = (workers: Workers, order: MakeOrder, signal = new AbortController().signal) =>
  workers.make("generator", order, { signal, onProgress: () => {} });

/** Makes an asset and acts once, when its given denoising step is reported. */
function makeAndAct(
  workers: Workers,
  order: MakeOrder,
  act: { at: number; run: () => void },
  signal = new AbortController().signal,
) {
  let acted = false;
  const onProgress = ({ stage, step }: JobProgress) => {
    if (acted || stage !== "denoising" || step < act.at) return;
    acted = true;
    act.run();
  };
  return workers.make("generator", order, { signal, onProgress });
}

describe("the generator's process through its life", () => {
  let workers: Workers;
  let pids: number[];
  let reference: [string, string][];

  beforeAll(async () => {
    ({ workers, pids } = await openTestWorkers());
    reference = bytesOf(await make(workers, sixty()));
  });
  afterAll(() => workers.close());

  test("no process runs before it is needed, and it tells its device once a model is loaded", async () => {
    const { workers: fresh, pids: started } = await openTestWorkers();
    expect([fresh.generatorPid(), fresh.device(), await fresh.ping(1000)]).toEqual([null, null, false]);
    expect(started).toEqual([]);
    await fresh.warm();
    expect(fresh.device()).toEqual({ provider: "cpu", failures: [] });
    expect(await fresh.ping(10_000)).toBe(true);
    expect(started).toEqual([fresh.generatorPid()]);
    await fresh.close();
  });

  test("what is asked first is made first", async () => {
    const done: number[] = [];
    const orders = [3, 1, 2].map((seed) =>
      make(workers, spriteOrder({ seed, steps: 2 })).then(() => done.push(seed)),
    );
    await Promise.all(orders);
    expect(done).toEqual([3, 1, 2]);
  });

  test("a process that hangs is ended, its task fails as with a process that died, and the next one is made", async () => {
    const hanging = await openTestWorkers({ stallMs: 20_000 });
    onTestFinished(() => hanging.workers.close());
    const cut = (order: MakeOrder) => hanging.workers.make("pixels", order, quiet());
    const made = cut(longPixels());
    await until(() => hanging.pids.length === 1);
    process.kill(hanging.pids[0]!, "SIGSTOP");
    await expect(made).rejects.toThrow(WorkerDied);
    const turned = await hanging.workers.edit(turnOrder(PNG.toString("base64")), quiet());
    expect(turned.frames).toBe(1);
    expect(hanging.pids).toHaveLength(2);
  });

  test("the event loop of the service goes on while the model draws", async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    let steps = 0;
    const onProgress = ({ stage }: JobProgress) => void (stage === "denoising" && steps++);
    await workers.make("generator", sixty(), { ...quiet(), onProgress });
    clearInterval(ticking);
    expect(steps).toBeGreaterThanOrEqual(60);
    expect(ticks).toBeGreaterThan(steps);
  });

  test("a kill in the middle rejects with a retryable error, and the next try gives the same bytes", async () => {
    const pid = workers.generatorPid()!;
    const killed = makeAndAct(workers, sixty(), { at: 20, run: () => process.kill(pid, "SIGKILL") });
    await expect(killed).rejects.toBeInstanceOf(WorkerDied);
    await expect(killed).rejects.toMatchObject({ retryable: true, begun: true });
    expect(workers.generatorPid()).toBeNull();
    const again = await make(workers, sixty());
    expect(bytesOf(again)).toEqual(reference);
    expect(again.timings.load).toBeGreaterThan(0);
    expect(workers.generatorPid()).not.toBe(pid);
  });

  test("orders that wait survive the death of the process under another order", async () => {
    const run = () => void process.kill(workers.generatorPid()!, "SIGKILL");
    const killed = makeAndAct(workers, sixty(), { at: 5, run });
    const waiting = make(workers, sixty());
    await expect(killed).rejects.toBeInstanceOf(WorkerDied);
    expect(bytesOf(await waiting)).toEqual(reference);
  });

  test("a process that dies before the work began says so", async () => {
    const { workers: fresh, pids: started } = await openTestWorkers();
    const died = make(fresh, spriteOrder());
    process.kill(started[0]!, "SIGKILL");
    await expect(died).rejects.toBeInstanceOf(WorkerDied);
    await expect(died).rejects.toMatchObject({ retryable: true, begun: false });
    await fresh.close();
  });

  test("a cancel between steps keeps the process and its model", async () => {
    const pid = workers.generatorPid();
    const controller = new AbortController();
    const act = { at: 3, run: () => controller.abort() };
    const cancelled = makeAndAct(workers, longSprites(), act, controller.signal);
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect((await make(workers, spriteOrder({ steps: 2 }))).timings.load).toBe(0);
    expect(workers.generatorPid()).toBe(pid);
  });

  test("a cancelled order that waits leaves the line and nothing else stops", async () => {
    const controller = new AbortController();
    const first = make(workers, sixty());
    const second = make(workers, sixty(), controller.signal);
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: "cancelled" });
    expect(bytesOf(await first)).toEqual(reference);
    await expect(make(workers, sixty(), controller.signal)).rejects.toMatchObject({ code: "cancelled" });
  });

  test("what is refused arrives with its code and fields, and the process lives on", async () => {
    const pid = workers.generatorPid();
    const refused = make(workers, spriteOrder({ input_palette: "nope" }));
    await expect(refused).rejects.toMatchObject({
      code: "invalid-request",
      errors: [{ field: "input_palette" }],
    });
    const { target } = spriteOrder();
    const damaged = { kind: "sprite", from: { plan: new Uint8Array(3), model: null }, target };
    await expect(make(workers, damaged)).rejects.toBeInstanceOf(UnreadablePlan);
    await make(workers, spriteOrder({ steps: 2 }));
    expect(workers.generatorPid()).toBe(pid);
    expect(pids.at(-1)).toBe(pid);
  });

  test("a model is named by its id and weights: other weights are refused", async () => {
    const [entry] = workers.catalog();
    const order = spriteOrder({ steps: 2 });
    const { from } = order;
    if ("plan" in from) throw new Error("Expected a request.");
    const { plan, model } = await workers.plan({ kind: "sprite", ...from }, quiet());
    expect(model).toEqual({ id: "embedded-v1", sha256: entry?.info.sha256 });
    const made = await make(workers, { ...order, from: { plan, model } });
    expect(bytesOf(made)).toEqual(bytesOf(await make(workers, order)));
    const other = { id: "embedded-v1", sha256: "0".repeat(64) };
    await expect(make(workers, { ...order, from: { plan, model: other } })).rejects.toMatchObject({
      code: "model-unavailable",
    });
  });
});

describe("workers of their own", () => {
  let workers: Workers;
  const open = async (changes: Partial<WorkersOptions> = {}) => {
    ({ workers } = await openTestWorkers(changes));
  };
  afterEach(() => workers.close());

  test("kill an order that does not stop within the grace time, and go on with a new process", async () => {
    await open({ killGraceMs: 0 });
    await workers.warm();
    const pid = workers.generatorPid()!;
    const controller = new AbortController();
    const act = { at: 2, run: () => void (process.kill(pid, "SIGSTOP") && controller.abort()) };
    const cancelled = makeAndAct(workers, longSprites(), act, controller.signal);
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    expect(alive(pid)).toBe(false);
    expect((await make(workers, spriteOrder({ steps: 2 }))).manifest.images).toHaveLength(1);
  });

  test("end their work and their process when they are closed", async () => {
    await open();
    await workers.warm();
    const pid = workers.generatorPid()!;
    const closing: Promise<unknown>[] = [];
    const act = { at: 2, run: () => void closing.push(workers.close()) };
    const running = makeAndAct(workers, longSprites(), act);
    const queued = make(workers, sixty());
    const outcomes = await Promise.allSettled([running, queued]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: "shutting-down" } });
    await Promise.all(closing);
    expect([workers.generatorPid(), alive(pid)]).toEqual([null, false]);
    await expect(make(workers, sixty())).rejects.toMatchObject({ code: "shutting-down" });
  });

  test("fall back to the processor and say why when the wanted device is not there", async () => {
    const absent = process.platform === "darwin" ? "dml" : "coreml";
    await open({ env: { ...process.env, PIXELKILN_DEVICE: absent } });
    await workers.warm();
    expect(workers.device()?.provider).toBe("cpu");
    expect(workers.device()?.failures).toMatchObject([{ provider: absent }]);
  });

  test("take some device on their own, with a reason for each that was passed over", async () => {
    await open({ env: { ...process.env, PIXELKILN_DEVICE: "auto" } });
    await workers.warm();
    const { provider, failures } = workers.device()!;
    expect(failures.map((failure) => failure.provider)).not.toContain(provider);
    for (const { reason } of failures) expect(reason).not.toBe("");
    if (provider === "cpu") expect(failures.length).toBeGreaterThan(0);
  });

  test("refuse a model whose files are not those of its model.json", async () => {
    const folder = await mkdtemp(join(tmpdir(), "models-"));
    await cp(modelFolder, join(folder, "embedded-v1"), { recursive: true, dereference: true });
    await appendFile(join(folder, "embedded-v1", "decoder.onnx"), "x");
    await open({ modelsDirs: [folder] });
    await expect(workers.warm()).rejects.toMatchObject({ code: "model-unavailable" });
    await expect(make(workers, spriteOrder())).rejects.toThrow("decoder.onnx");
    await rm(folder, { recursive: true, force: true });
  });

  test("refuse to draw without any model on the disk, and say which device name is wrong", async () => {
    await open({ modelsDirs: [join(tmpdir(), "no-models-here")] });
    expect(workers.catalog()).toEqual([]);
    await expect(workers.warm()).rejects.toMatchObject({ code: "model-unavailable" });
    await expect(make(workers, spriteOrder())).rejects.toMatchObject({ code: "model-unavailable" });
    const { workers: other } = await openTestWorkers({
      env: { ...process.env, PIXELKILN_DEVICE: "quantum" },
    });
    await expect(other.warm()).rejects.toThrow("quantum");
    await other.close();
  });

  test("leave no process behind when their own is killed", async () => {
    await open();
    const script = fileURLToPath(new URL("./workers-parent.ts", import.meta.url));
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

describe("with a first model that is broken", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "models-"));
    await addBrokenModel(folder, "a-broken");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function open() {
    const warnings: unknown[] = [];
    const { workers } = await openTestWorkers({
      modelsDirs: [folder, modelsFolder],
      log: (message, fields) => void (fields?.level === "warn" && warnings.push({ message, ...fields })),
    });
    onTestFinished(() => workers.close());
    return { workers, warnings };
  }
  const ids = (workers: Workers) => workers.catalog().map(({ info }) => info.id);

  test("warming loads the next one, which is the default from then on, and warns of the first", async () => {
    const { workers, warnings } = await open();
    await workers.warm();
    expect(ids(workers)).toEqual(["embedded-v1", "a-broken"]);
    expect(warnings).toMatchObject(
      [{ message: "A model cannot be used.", folder: join(folder, "a-broken"), reason: /sha256/ }].map(
        ({ reason, ...rest }) => ({ ...rest, reason: expect.stringMatching(reason) }),
      ),
    );
  });

  test("a request that names no model is planned and drawn by the next one, in every process", async () => {
    const { workers } = await open();
    const { from } = spriteOrder() as { from: Omit<KindOrder, "kind"> };
    const { model, plan } = await workers.plan({ kind: "sprite", ...from }, quiet());
    expect(model?.id).toBe("embedded-v1");
    const order = { ...spriteOrder(), from: { plan, model } };
    expect((await make(workers, order)).manifest.provenance.model?.id).toBe("embedded-v1");
    const { workers: others } = await open();
    expect((await make(others, spriteOrder())).manifest.provenance.model?.id).toBe("embedded-v1");
  });

  test("one that names the broken one is refused with the reason", async () => {
    const { workers } = await open();
    await expect(make(workers, spriteOrder({ model: "a-broken" }))).rejects.toMatchObject({
      code: "model-unavailable",
      message: expect.stringContaining("sha256"),
    });
  });
});

test.each([
  ["nothing", new Uint8Array()],
  ["other bytes", Buffer.from("no plan")],
  ["a plan of another form", deflateSync(serialize({ pictures: [] }))],
])("a plan that is %s is told from a failure, as it can be made again", async (_, plan) => {
  const { workers } = await openTestWorkers();
  onTestFinished(() => workers.close());
  const order = { ...spriteOrder(), from: { plan, model: null } };
  await expect(workers.make("pixels", order, quiet())).rejects.toBeInstanceOf(UnreadablePlan);
});
