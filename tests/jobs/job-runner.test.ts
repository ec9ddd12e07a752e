import { expect, onTestFinished, test } from "vitest";
import { createEventBus } from "../../service/events/bus.ts";
import type { JobRunnerOptions } from "../../service/queue/job-runner.ts";
import { createJobRunner } from "../../service/queue/job-runner.ts";
import type { JobOutcome, RunHooks, RunJob } from "../../service/queue/run-job.ts";
import { ServiceError } from "../../shared/errors.ts";
import type { ServiceEvent } from "../../shared/events.ts";
import { jobOf, openTestStore, put, ROOMY } from "./job-setup.ts";

const never = new AbortController().signal;

function outcomeOf(jobId: string): JobOutcome {
  return {
    assetId: `spr_${jobId.slice(4)}`,
    timings: { model: 5, post: 2, write: 1 },
    result: { images: 1 },
  };
}

/** Runs until the signal aborts, as a model does that is asked to stop. */
const untilAborted: RunJob = (_, { signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

function died(): Error {
  return Object.assign(new Error("the model process ended"), { retryable: true });
}

function setUp(
  run: RunJob,
  options: Partial<JobRunnerOptions> & { at?: ReturnType<typeof openTestStore> } = {},
) {
  const { at = openTestStore(), ...rest } = options;
  const events: ServiceEvent[] = [];
  const bus = createEventBus({ capacity: 1000, now: at.clock.now, onListenerError: () => undefined });
  bus.subscribe(({ event }) => events.push(event));
  const runner = createJobRunner({
    store: at.store,
    run,
    events: bus,
    now: at.clock.now,
    owner: "this process",
    leaseMs: 60,
    concurrency: 1,
    log: () => undefined,
    ...rest,
  });
  onTestFinished(() => runner.close({ graceMs: 0 }));
  const statesOf = (id: string) =>
    events.flatMap((event) => (event.type === "job.state" && event.job_id === id ? [event.status] : []));
  return { ...at, runner, events, statesOf };
}

/** Waits for a condition that other code brings about. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

test("a submitted job runs at once and ends with its asset, its timings and its events", async () => {
  const { runner, store, statesOf } = setUp(async (job) => outcomeOf(job.id), { leaseMs: 60_000 });
  const { job } = runner.submit(jobOf("dragon"), ROOMY);
  const done = await runner.waitFor(job.id, never);
  expect(done).toMatchObject({ status: "succeeded", asset_id: `spr_${job.id.slice(4)}`, attempts: 1 });
  expect(store.get(job.id)).toMatchObject({
    timings: { queue: 0, model: 5, post: 2, write: 1, total: 0 },
    result: { images: 1 },
  });
  expect(statesOf(job.id)).toEqual(["queued", "running", "succeeded"]);
});

test("jobs run one after another, in order", async () => {
  const order: string[] = [];
  let running = 0;
  const { runner } = setUp(async (job) => {
    running++;
    order.push(`${job.request.prompt} with ${running}`);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return outcomeOf(job.id);
  });
  const jobs = ["a", "b", "c"].map((prompt) => runner.submit(jobOf(prompt), ROOMY).job);
  await Promise.all(jobs.map((job) => runner.waitFor(job.id, never)));
  expect(order).toEqual(["a with 1", "b with 1", "c with 1"]);
});

test("a long job keeps its lease, so that nobody else takes it", async () => {
  let finish = (): void => undefined;
  const { runner, store, clock } = setUp(async (job) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return outcomeOf(job.id);
  });
  const { job } = runner.submit(jobOf("a"), ROOMY);
  await until(() => store.get(job.id)?.state === "running");
  for (let i = 0; i < 3; i++) {
    const before = store.get(job.id)?.leaseUntil ?? 0;
    clock.time += 50;
    await until(() => (store.get(job.id)?.leaseUntil ?? 0) > before);
  }
  expect(store.reap(clock.now())).toEqual([]);
  finish();
  expect(await runner.waitFor(job.id, never)).toMatchObject({ status: "succeeded", attempts: 1 });
});

test("a clock that jumps ahead does not take the running job from its own runner", async () => {
  let finish = (): void => undefined;
  const { runner, store, clock } = setUp(async (job) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return outcomeOf(job.id);
  });
  const { job } = runner.submit(jobOf("a"), ROOMY);
  await until(() => store.get(job.id)?.state === "running");
  clock.time += 3_600_000;
  await until(() => (store.get(job.id)?.leaseUntil ?? 0) > clock.time);
  finish();
  expect(await runner.waitFor(job.id, never)).toMatchObject({ status: "succeeded", attempts: 1 });
});

test("a failed run ends the job with its error; an unknown error tells no details", async () => {
  const { runner } = setUp(async (job) => {
    if (job.request.prompt === "known") throw new ServiceError("storage-full", "Expected space.");
    throw new Error("secret path");
  });
  const [known, unknown] = ["known", "unknown"].map((prompt) => runner.submit(jobOf(prompt), ROOMY).job.id);
  const first = await runner.waitFor(known ?? "", never);
  const second = await runner.waitFor(unknown ?? "", never);
  expect(first).toMatchObject({
    status: "failed",
    attempts: 1,
    error: { code: "storage-full", job_id: known },
  });
  expect(second.error?.code).toBe("internal");
  expect(JSON.stringify(second)).not.toContain("secret");
});

test("a run whose process died is tried again, and given up as poison after the third time", async () => {
  const attempts = new Map<unknown, number>();
  const { runner, statesOf } = setUp(async (job) => {
    const attempt = (attempts.get(job.id) ?? 0) + 1;
    attempts.set(job.id, attempt);
    if (job.request.prompt === "poison" || attempt < 3) throw died();
    return outcomeOf(job.id);
  });
  const [unlucky, poison] = ["unlucky", "poison"].map((prompt) => runner.submit(jobOf(prompt), ROOMY).job.id);
  expect(await runner.waitFor(unlucky ?? "", never)).toMatchObject({ status: "succeeded", attempts: 3 });
  const given = await runner.waitFor(poison ?? "", never);
  expect(given).toMatchObject({ status: "failed", attempts: 3, error: { code: "generation-failed" } });
  expect(statesOf(poison ?? "")).toEqual([
    "queued",
    "running",
    "queued",
    "running",
    "queued",
    "running",
    "failed",
  ]);
});

test("a process that dies before the job began is not the job's fault, until it has happened twenty times", async () => {
  const attempts = new Map<unknown, number>();
  const { runner } = setUp(async (job) => {
    const attempt = (attempts.get(job.id) ?? 0) + 1;
    attempts.set(job.id, attempt);
    if (job.request.prompt === "never" || attempt < 6) throw Object.assign(died(), { begun: false });
    return outcomeOf(job.id);
  });
  const [late, stuck] = ["late", "never"].map((prompt) => runner.submit(jobOf(prompt), ROOMY).job.id);
  expect(await runner.waitFor(late ?? "", never)).toMatchObject({ status: "succeeded", attempts: 1 });
  expect(await runner.waitFor(stuck ?? "", never)).toMatchObject({ status: "failed" });
  expect(attempts.get(stuck)).toBe(20);
});

test("cancelling a running job aborts its run; a waiting one never runs", async () => {
  const ran: unknown[] = [];
  const { runner, statesOf } = setUp((job, hooks) => {
    ran.push(job.request.prompt);
    return untilAborted(job, hooks);
  });
  const [running, waiting] = ["running", "waiting"].map(
    (prompt) => runner.submit(jobOf(prompt), ROOMY).job.id,
  );
  await until(() => runner.activeCount() === 1);
  expect(runner.cancel(waiting ?? "").state).toBe("cancelled");
  runner.cancel(running ?? "");
  expect(await runner.waitFor(running ?? "", never)).toMatchObject({ status: "cancelled", asset_id: null });
  expect(ran).toEqual(["running"]);
  expect(statesOf(waiting ?? "")).toEqual(["queued", "cancelled"]);
});

test("a cancel that came through the store alone reaches the run", async () => {
  const { runner, store } = setUp(untilAborted);
  const { job } = runner.submit(jobOf("a"), ROOMY);
  await until(() => runner.activeCount() === 1);
  store.cancel(job.id);
  expect((await runner.waitFor(job.id, never)).status).toBe("cancelled");
});

test("progress is stored and told at most ten times a second, but every new stage is", async () => {
  let hooks: RunHooks | undefined;
  const { runner, store, clock, events } = setUp((job, own) => {
    hooks = own;
    return untilAborted(job, own);
  });
  const { job } = runner.submit(jobOf("a"), ROOMY);
  await until(() => hooks !== undefined);
  for (let step = 1; step <= 100; step++) {
    hooks?.onProgress({ stage: "denoising", step, steps: 100 });
    clock.time += 10;
  }
  hooks?.onProgress({ stage: "pixel-passes", step: 100, steps: 100 });
  const told = events.filter((event) => event.type === "job.progress");
  expect(told).toHaveLength(11);
  expect(told.at(-1)).toMatchObject({ progress: { stage: "pixel-passes" } });
  expect(store.get(job.id)?.progress).toEqual({ stage: "pixel-passes", step: 100, steps: 100 });
});

test("a start takes back at once what an earlier process had under way", async () => {
  const at = openTestStore();
  const id = put(at.store, "a");
  at.store.claim("dead process", 3_600_000);
  const { runner, statesOf } = setUp(async (job) => outcomeOf(job.id), { at, leaseMs: 60_000 });
  expect(await runner.waitFor(id, never)).toMatchObject({ status: "succeeded", attempts: 1 });
  expect(at.store.get(id)?.fence).toBe(2);
  expect(statesOf(id)).toEqual(["queued", "running", "succeeded"]);
});

test("a runner that shares its store takes a job back only when its lease ran out, and does so while busy", async () => {
  const at = openTestStore();
  const id = put(at.store, "abandoned");
  at.store.claim("another process", 1000);
  const { runner, store, clock } = setUp(
    (job, hooks) =>
      job.request.prompt === "long" ? untilAborted(job, hooks) : Promise.resolve(outcomeOf(job.id)),
    { at, ownsStore: false },
  );
  const long = runner.submit(jobOf("long"), ROOMY).job.id;
  await until(() => runner.activeCount() === 1);
  expect(store.get(id)?.leaseOwner).toBe("another process");
  clock.time += 1000;
  await until(() => store.get(id)?.state === "queued");
  runner.cancel(long);
  expect((await runner.waitFor(id, never)).status).toBe("succeeded");
});

test("a run that lost its lease is aborted and its result is refused", async () => {
  const reasons: unknown[] = [];
  const { runner, store, clock } = setUp(async (job, { signal }) => {
    if (job.attempts > 1) return outcomeOf(job.id);
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    reasons.push(signal.reason);
    return { ...outcomeOf(job.id), assetId: "spr_late000000000000" };
  });
  const { job } = runner.submit(jobOf("a"), ROOMY);
  await until(() => runner.activeCount() === 1);
  clock.time += 1_000_000;
  store.reap(clock.now());
  const done = await runner.waitFor(job.id, never);
  expect(reasons).toHaveLength(1);
  expect(done).toMatchObject({ status: "succeeded", attempts: 2, asset_id: `spr_${job.id.slice(4)}` });
});

test("closing lets a short job end, and takes no new one", async () => {
  let finish = (): void => undefined;
  const { runner, store } = setUp(async (job) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return outcomeOf(job.id);
  });
  const [short, next] = ["short", "next"].map((prompt) => runner.submit(jobOf(prompt), ROOMY).job.id);
  await until(() => runner.activeCount() === 1);
  const closed = runner.close({ graceMs: 10_000 });
  expect(() => runner.submit(jobOf("late"), ROOMY)).toThrow(/stopping/);
  finish();
  await closed;
  expect(store.get(short ?? "")?.state).toBe("succeeded");
  expect(store.get(next ?? "")?.state).toBe("queued");
});

test("closing aborts a long job and puts it back without counting the attempt; the next start finishes it", async () => {
  const at = openTestStore();
  const first = setUp(untilAborted, { at });
  const { job } = first.runner.submit(jobOf("long"), ROOMY);
  await until(() => first.runner.activeCount() === 1);
  const waiting = first.runner.waitFor(job.id, never);
  const refused = expect(waiting).rejects.toMatchObject({ code: "shutting-down" });
  await first.runner.close({ graceMs: 1 });
  await refused;
  expect(at.store.get(job.id)).toMatchObject({ state: "queued", attempts: 0, leaseOwner: null });

  const second = setUp(async (row) => outcomeOf(row.id), { at });
  expect(await second.runner.waitFor(job.id, never)).toMatchObject({ status: "succeeded", attempts: 1 });
});

test("waiting ends with the signal, with not-found for an unknown job, and without any event", async () => {
  const { runner, store } = setUp(untilAborted);
  await expect(runner.waitFor("job_0000000000000000", never)).rejects.toMatchObject({ code: "not-found" });
  const { job } = runner.submit(jobOf("a"), ROOMY);
  const waiting = runner.waitFor(job.id, AbortSignal.timeout(5));
  await expect(waiting).rejects.toMatchObject({ name: "TimeoutError" });

  // Nobody tells the runner of this one: the stored state alone does.
  const other = put(store, "b");
  const found = runner.waitFor(other, never);
  store.cancel(other);
  expect((await found).status).toBe("cancelled");
});
