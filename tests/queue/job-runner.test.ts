import { expect, onTestFinished, test, vi } from "vitest";
import { createEventBus } from "../../service/events/bus.ts";
import type { JobRow } from "../../service/queue/job-row.ts";
import { JobRunner } from "../../service/queue/job-runner.ts";
import type { JobOutcome, RunHooks, RunJob } from "../../service/queue/run-job.ts";
import { createLog } from "../../service/service-log.ts";
import { ServiceError } from "../../shared/errors.ts";
import type { ServiceEvent } from "../../shared/events.ts";
import type { Lane } from "../../shared/job.ts";
import { isFinal } from "../../shared/job.ts";
import { assetIdOf, jobOf, openTestStore, put, ROOMY } from "./queue-setup.ts";

function outcomeOf(jobId: string): JobOutcome {
  return {
    assetId: assetIdOf(jobId),
    timings: { model: 5, post: 2, write: 1 },
    result: { images: 1 },
  };
}

/** Runs until the signal aborts, like a model that is asked to stop. */
const untilAborted: RunJob = (_, { signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

function died(): Error {
  return Object.assign(new Error("the model process ended"), { retryable: true });
}

/** A run that ends when the test says so. */
function untilTold() {
  let finish = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { run: (async (job: JobRow) => told.then(() => outcomeOf(job.id))) satisfies RunJob, finish };
}

async function setUp(run: RunJob, opened?: Awaited<ReturnType<typeof openTestStore>>) {
  const at = opened ?? (await openTestStore());
  const { store, clock } = at;
  const events: ServiceEvent[] = [];
  const logged: Record<string, unknown>[] = [];
  const bus = createEventBus({ capacity: 1000, now: clock.now, onListenerError: () => undefined });
  bus.subscribe(({ event }) => events.push(event));
  const stderr = { write: (line: string) => logged.push(JSON.parse(line)) };
  const log = createLog({ stderr, env: {} });
  const runner = new JobRunner({ store, run, events: bus, now: clock.now, log, restMs: 1 });
  onTestFinished(() => runner.close({ graceMs: 0 }));
  const submit = async (prompt: string, lane?: Lane): Promise<string> =>
    (await runner.submit(jobOf(prompt, lane), ROOMY)).job.id;
  const ended = async (id: string): Promise<JobRow> => {
    await until(async () => isFinal(await stateOf(id)));
    return (await store.get(id))!;
  };
  const stateOf = async (id: string) => (await store.get(id))!.state;
  const statesOf = (id: string) =>
    events.flatMap((event) => (event.type === "job.state" && event.job_id === id ? [event.status] : []));
  return { ...at, runner, submit, ended, stateOf, statesOf, events, logged };
}

/** Waits until other code makes a condition true. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}

test("a submitted job runs at once and ends with its asset, its timings and its events", async () => {
  const { submit, ended, statesOf } = await setUp(async (job) => outcomeOf(job.id));
  const id = await submit("dragon");
  expect(await ended(id)).toMatchObject({
    state: "succeeded",
    assetId: assetIdOf(id),
    attempts: 1,
    timings: { queue: 0, model: 5, post: 2, write: 1, total: 0 },
    result: { images: 1 },
  });
  expect(statesOf(id)).toEqual(["queued", "running", "succeeded"]);
});

test("a run is given the plan as it was accepted", async () => {
  const plans: unknown[] = [];
  const { submit, ended } = await setUp(async (job) => {
    plans.push(job.plan);
    return outcomeOf(job.id);
  });
  await ended(await submit("dragon"));
  expect(plans).toEqual([jobOf("dragon").plan]);
});

test("jobs of a lane run one after another, in order", async () => {
  const order: string[] = [];
  let running = 0;
  const { submit, ended } = await setUp(async (job) => {
    running++;
    order.push(`${job.request.prompt} with ${running}`);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return outcomeOf(job.id);
  });
  for (const id of await Promise.all(["a", "b", "c"].map((prompt) => submit(prompt)))) await ended(id);
  expect(order).toEqual(["a with 1", "b with 1", "c with 1"]);
});

test.each([
  ["generator", "pixels"],
  ["pixels", "generator"],
] as const)(
  "while the lane %s is busy, with more jobs that wait, a job of the lane %s is done",
  async (busy, free) => {
    const { run, finish } = untilTold();
    const { submit, ended, stateOf } = await setUp((job) =>
      job.lane === busy ? run(job) : Promise.resolve(outcomeOf(job.id)),
    );
    const [long, next] = [await submit("long", busy), await submit("next", busy)];
    expect((await ended(await submit("quick", free))).state).toBe("succeeded");
    expect([await stateOf(long), await stateOf(next)]).toEqual(["running", "queued"]);
    finish();
    expect((await ended(next)).state).toBe("succeeded");
  },
);

test("a failed run ends the job with its error; an unknown error tells no details", async () => {
  const { submit, ended } = await setUp(async (job) => {
    if (job.request.prompt === "known") throw new ServiceError("storage-full", "Expected space.");
    throw new Error("secret path");
  });
  const known = await ended(await submit("known"));
  const unknown = await ended(await submit("unknown"));
  expect(known).toMatchObject({
    state: "failed",
    attempts: 1,
    error: { code: "storage-full", job_id: known.id },
  });
  expect(unknown.error?.code).toBe("internal");
  expect(JSON.stringify(unknown)).not.toContain("secret");
});

test("a job that fails by no fault of the program is a warning without a stack", async () => {
  const { submit, ended, logged } = await setUp(async () => {
    throw new ServiceError("file-changed", "You changed gem.png.");
  });
  expect(await ended(await submit("gem"))).toMatchObject({
    state: "failed",
    error: { code: "file-changed" },
  });
  expect(logged).toEqual([expect.objectContaining({ level: "warn", error: "You changed gem.png." })]);
});

test("the log names a failed job and tells message, stack and cause of its error in words", async () => {
  const { submit, ended, logged } = await setUp(async () => {
    throw new Error("no picture", { cause: new Error("tensor of rank 3") });
  });
  const id = await submit("dragon");
  await ended(id);
  expect(logged).toEqual([expect.objectContaining({ job: id, kind: "sprite", attempt: 1 })]);
  const { error } = JSON.parse(JSON.stringify(logged[0])) as { error: string };
  expect(error).toContain("Error: no picture");
  expect(error).toMatch(/at .*job-runner\.test\.ts/);
  expect(error).toContain("tensor of rank 3");
});

test("a run whose process died is tried again, and given up after a last try with nothing else at work", async () => {
  const attempts = new Map<unknown, number>();
  const beside: number[] = [];
  let running = 0;
  const { submit, ended, statesOf } = await setUp(async (job) => {
    const attempt = (attempts.get(job.id) ?? 0) + 1;
    attempts.set(job.id, attempt);
    if (attempt === 4) beside.push(running);
    running++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    if (job.request.prompt === "poison" || (job.request.prompt === "unlucky" && attempt < 4)) throw died();
    return outcomeOf(job.id);
  });
  const [unlucky, poison] = [await submit("unlucky"), await submit("poison", "pixels")];
  const others = await Promise.all(Array.from({ length: 6 }, (_, i) => submit(`other ${i}`)));
  expect(await ended(unlucky)).toMatchObject({ state: "succeeded", attempts: 4 });
  expect(await ended(poison)).toMatchObject({
    state: "failed",
    attempts: 4,
    error: { code: "generation-failed" },
  });
  for (const id of others) expect(await ended(id)).toMatchObject({ state: "succeeded" });
  expect(beside).toEqual([0, 0]);
  expect(statesOf(poison)).toEqual([
    ...Array.from({ length: 4 }, () => ["queued", "running"]).flat(),
    "failed",
  ]);
});

test("a process that dies before the job began is not the job's fault, until it has happened twenty times", async () => {
  const attempts = new Map<unknown, number>();
  const { submit, ended } = await setUp(async (job) => {
    const attempt = (attempts.get(job.id) ?? 0) + 1;
    attempts.set(job.id, attempt);
    if (job.request.prompt === "never" || attempt < 6) throw Object.assign(died(), { begun: false });
    return outcomeOf(job.id);
  });
  const [late, stuck] = [await submit("late"), await submit("never")];
  expect(await ended(late)).toMatchObject({ state: "succeeded", attempts: 1 });
  expect(await ended(stuck)).toMatchObject({ state: "failed" });
  expect(attempts.get(stuck)).toBe(20);
});

test("cancelling a running job aborts its run; a waiting one never runs", async () => {
  const ran: unknown[] = [];
  const { runner, submit, ended, stateOf, statesOf } = await setUp((job, hooks) => {
    ran.push(job.request.prompt);
    return untilAborted(job, hooks);
  });
  const [running, waiting] = [await submit("running"), await submit("waiting")];
  await until(async () => (await stateOf(running)) === "running");
  expect((await runner.cancel(waiting)).state).toBe("cancelled");
  await runner.cancel(running);
  expect(await ended(running)).toMatchObject({ state: "cancelled", assetId: null });
  expect(ran).toEqual(["running"]);
  expect(statesOf(running)).toEqual(["queued", "running", "cancelled"]);
  expect(statesOf(waiting)).toEqual(["queued", "cancelled"]);
});

test("a job that is cancelled while the service stops does not wait again", async () => {
  const { run, finish } = untilTold();
  const { runner, submit, stateOf, ended } = await setUp(async (job, hooks) => {
    await run(job);
    throw hooks.signal.reason;
  });
  const id = await submit("a");
  await until(async () => (await stateOf(id)) === "running");
  const closed = runner.close({ graceMs: 0 });
  await runner.cancel(id);
  finish();
  await closed;
  expect((await ended(id)).state).toBe("cancelled");
});

test("progress is stored and told at most ten times a second, but every new stage is", async () => {
  let hooks: RunHooks | undefined;
  const { submit, store, clock, events } = await setUp((job, own) => {
    hooks = own;
    return untilAborted(job, own);
  });
  const id = await submit("a");
  await until(() => hooks !== undefined);
  for (let step = 1; step <= 100; step++) {
    hooks?.onProgress({ stage: "denoising", step, steps: 100 });
    clock.time += 10;
  }
  hooks?.onProgress({ stage: "pixel-passes", step: 100, steps: 100 });
  const told = events.filter((event) => event.type === "job.progress");
  expect(told).toHaveLength(11);
  expect(told.at(-1)).toMatchObject({ progress: { stage: "pixel-passes" } });
  expect((await store.get(id))?.progress).toEqual({ stage: "pixel-passes", step: 100, steps: 100 });
});

test("a start takes back at once what an earlier process had under way", async () => {
  const at = await openTestStore();
  const ids = [await put(at.store, "a"), await put(at.store, "b", { lane: "pixels" })];
  await at.store.claim("generator");
  await at.store.claim("pixels");
  const { ended, statesOf, logged } = await setUp(async (job) => outcomeOf(job.id), at);
  for (const id of ids) {
    expect(await ended(id)).toMatchObject({ state: "succeeded", attempts: 1, starts: 2 });
    expect(statesOf(id)).toEqual(["queued", "running", "succeeded"]);
  }
  expect(logged.map(({ job }) => job)).toEqual(ids);
});

test("closing lets a short job end, and takes no new one", async () => {
  const { run, finish } = untilTold();
  const { runner, submit, stateOf } = await setUp(run);
  const [short, next] = [await submit("short"), await submit("next")];
  await until(async () => (await stateOf(short)) === "running");
  const closed = runner.close({ graceMs: 10_000 });
  await expect(submit("late")).rejects.toThrow(/stopping/);
  finish();
  await closed;
  expect([await stateOf(short), await stateOf(next)]).toEqual(["succeeded", "queued"]);
});

test("closing aborts long jobs and puts them back without counting the start; the next start finishes them", async () => {
  const at = await openTestStore();
  const first = await setUp(untilAborted, at);
  const ids = [await first.submit("long"), await first.submit("long too", "pixels")];
  await until(async () => (await at.store.counts()).running === 2);
  await first.runner.close({ graceMs: 1 });
  for (const id of ids)
    expect(await at.store.get(id)).toMatchObject({ state: "queued", attempts: 0, starts: 0 });

  const second = await setUp(async (row) => outcomeOf(row.id), at);
  for (const id of ids) expect(await second.ended(id)).toMatchObject({ state: "succeeded", attempts: 1 });
});

test("a run that does not heed its abort is put back all the same, and what it makes later is dropped", async () => {
  const { run, finish } = untilTold();
  const { runner, store, submit, stateOf, statesOf, logged } = await setUp(run);
  const id = await submit("deaf");
  await until(async () => (await stateOf(id)) === "running");
  await runner.close({ graceMs: 0 });
  expect(await stateOf(id)).toBe("queued");
  await store.close();
  finish();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(statesOf(id)).toEqual(["queued", "running", "queued"]);
  expect(logged).toEqual([]);
});

test.each(["takeBack", "claim", "finish"] as const)(
  "a store that cannot %s on a full disk is logged and tried again, and no job is lost or run twice",
  async (method) => {
    const at = await openTestStore();
    const full = vi
      .spyOn(at.store, method)
      .mockImplementation(() => Promise.reject(new Error("database or disk is full")));
    let runs = 0;
    const { submit, stateOf, logged } = await setUp(async (job) => {
      runs++;
      return outcomeOf(job.id);
    }, at);
    const id = await submit("a");
    await until(() => logged.length > 1);
    expect(await stateOf(id)).not.toBe("succeeded");
    expect(logged[0]?.error).toContain("disk is full");
    full.mockRestore();
    await until(async () => (await stateOf(id)) === "succeeded");
    expect(runs).toBe(1);
  },
);
