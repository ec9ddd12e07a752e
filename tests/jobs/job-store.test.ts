import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { leaseOf, toJob } from "../../service/queue/job-row.ts";
import { JobStore } from "../../service/queue/job-store.ts";
import { ServiceError, toProblem } from "../../shared/errors.ts";
import { Job } from "../../shared/job.ts";
import { jobOf, openTestStore, put, ROOMY, TestClock, temporaryFolder } from "./job-setup.ts";

const LEASE_MS = 30_000;
const SUCCESS = {
  assetId: "spr_0000000000000000",
  timings: { queue: 1, model: 2, post: 3, write: 4, total: 10 },
  result: { execution_provider: "cpu" },
};

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof ServiceError ? error.code : String(error);
  }
  return "no error";
}

test("an accepted job is there with all that decides its bytes after the database is opened again", () => {
  const { store, clock, dir } = openTestStore();
  const id = put(store, "red dragon");
  const again = openTestStore(clock, dir).store.get(id);
  expect(again).toMatchObject({ ...jobOf("red dragon"), id, state: "queued", attempts: 0, client: "test" });
});

test("jobs are claimed in the order they came, and a job that waits again keeps its place", () => {
  const { store } = openTestStore();
  const ids = ["a", "b", "c"].map((prompt) => put(store, prompt));
  const first = store.claim("one", LEASE_MS);
  expect(first?.id).toBe(ids[0]);
  if (first) store.release(leaseOf(first), { countAttempt: true });
  expect([1, 2, 3].map(() => store.claim("one", LEASE_MS)?.id)).toEqual(ids);
  expect(store.claim("one", LEASE_MS)).toBeNull();
});

test("two handles on one file never claim the same job", () => {
  const { store, clock, dir } = openTestStore();
  const other = openTestStore(clock, dir).store;
  const ids = Array.from({ length: 40 }, (_, i) => put(store, `job ${i}`));
  const claimed = ids.map((_, i) => (i % 3 === 0 ? other : store).claim(`owner ${i % 3}`, LEASE_MS)?.id);
  expect(claimed).toEqual(ids);
});

test("a worker that lost its lease can write nothing: not progress, not success, not failure", () => {
  const { store, clock } = openTestStore();
  const id = put(store, "dragon");
  const late = store.claim("one", LEASE_MS);
  clock.time += LEASE_MS;
  expect(store.reap(clock.now()).map((row) => row.state)).toEqual(["queued"]);
  const next = store.claim("one", LEASE_MS);
  if (!late || !next) throw new Error("nothing to claim");

  const before = store.get(id);
  const lease = leaseOf(late);
  expect(store.renew(lease, LEASE_MS)).toBe("lost");
  expect(store.progress(lease, { stage: "writing", step: 1, steps: 1 })).toBe("lost");
  expect(store.succeed(lease, SUCCESS)).toBe(false);
  expect(store.fail(lease, toProblem(new Error("late")))).toBe(false);
  expect(store.stop(lease)).toBe(false);
  expect(store.release(lease, { countAttempt: true })).toBe(false);
  expect(store.get(id)).toEqual(before);
  expect(next.fence).toBe(late.fence + 1);

  expect(store.succeed(leaseOf(next), SUCCESS)).toBe(true);
  expect(store.succeed(leaseOf(next), SUCCESS)).toBe(false);
  expect(store.get(id)).toMatchObject({ state: "succeeded", assetId: SUCCESS.assetId, leaseOwner: null });
});

test("a renewed lease is not reaped, one that ran out is", () => {
  const { store, clock } = openTestStore();
  put(store, "dragon");
  const row = store.claim("one", LEASE_MS);
  if (!row) throw new Error("nothing to claim");
  clock.time += LEASE_MS - 1;
  expect(store.renew(leaseOf(row), LEASE_MS)).toBe("held");
  clock.time += LEASE_MS - 1;
  expect(store.reap(clock.now())).toEqual([]);
  clock.time += 1;
  expect(store.reap(clock.now()).map((job) => job.id)).toEqual([row.id]);
});

test("a job that took its worker down three times fails as poison; stops and kills of the service do not count", () => {
  const { store, clock } = openTestStore();
  const id = put(store, "dragon");
  for (let i = 0; i < 4; i++) {
    store.claim("one", LEASE_MS);
    expect(store.reapAll().map((row) => row.state)).toEqual(["queued"]);
  }
  for (let i = 0; i < 5; i++) {
    const row = store.claim("one", LEASE_MS);
    if (row) store.release(leaseOf(row), { countAttempt: false });
  }
  const states = [1, 2, 3].map(() => {
    store.claim("one", LEASE_MS);
    clock.time += LEASE_MS;
    return store.reap(clock.now()).map((row) => row.state);
  });
  expect(states).toEqual([["queued"], ["queued"], ["failed"]]);
  const job = store.get(id);
  expect(job?.error).toMatchObject({ code: "generation-failed", job_id: id });
  expect(job?.error?.detail).toContain("poison");
  expect(store.claim("one", LEASE_MS)).toBeNull();
});

test("a job that the service never survives is given up after twenty starts", () => {
  const { store } = openTestStore();
  put(store, "dragon");
  const states = Array.from({ length: 20 }, () => {
    store.claim("one", LEASE_MS);
    return store.reapAll()[0]?.state;
  });
  expect(states).toEqual([...Array.from({ length: 19 }, () => "queued"), "failed"]);
});

test("a full queue refuses with the usual time of a job as the advice, and takes more once one is done", () => {
  const { store, clock } = openTestStore();
  const bounds = { limit: 2, perClientLimit: 2 };
  put(store, "a", bounds);
  put(store, "b", bounds);
  const row = store.claim("one", LEASE_MS);
  expect(codeOf(() => put(store, "c", bounds))).toBe("queue-full");
  clock.time += 4200;
  if (row) store.succeed(leaseOf(row), SUCCESS);
  put(store, "c", bounds);
  try {
    put(store, "d", bounds);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "queue-full", status: 429, retryAfter: 5 });
  }
  expect(store.counts()).toEqual({ queued: 2, running: 0, succeeded: 1, failed: 0, cancelled: 0 });
});

test("one client cannot take all places", () => {
  const { store } = openTestStore();
  const bounds = { limit: 10, perClientLimit: 2 };
  put(store, "a", { ...bounds, client: "greedy" });
  put(store, "b", { ...bounds, client: "greedy" });
  expect(codeOf(() => put(store, "c", { ...bounds, client: "greedy" }))).toBe("queue-full");
  expect(codeOf(() => put(store, "d", { ...bounds, client: "modest" }))).toBe("no error");
});

test("fifty accepts with one key, over two handles, are one job; another body is a conflict", async () => {
  const { store, clock, dir } = openTestStore();
  const other = openTestStore(clock, dir).store;
  const options = { ...ROOMY, idempotencyKey: "key-1", bodyHash: "aa" };
  const accepted = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => (i % 2 ? other : store).accept(jobOf("dragon"), options)),
  );
  expect(new Set(accepted.map(({ job }) => job.id)).size).toBe(1);
  expect(accepted.filter(({ created }) => created)).toHaveLength(1);
  expect(codeOf(() => store.accept(jobOf("cat"), { ...options, bodyHash: "bb" }))).toBe(
    "idempotency-conflict",
  );
  expect(store.list({ limit: 100 })).toHaveLength(1);
});

test("a key gives its job back even when the queue is full", () => {
  const { store } = openTestStore();
  const options = { client: "test", limit: 1, perClientLimit: 1, idempotencyKey: "k", bodyHash: "aa" };
  const { job } = store.accept(jobOf("dragon"), options);
  expect(store.accept(jobOf("dragon"), options)).toEqual({ job, created: false });
});

test("a waiting job is cancelled at once, a running one is asked to stop, a finished one stays", () => {
  const { store } = openTestStore();
  const [running, waiting] = [put(store, "a"), put(store, "b")];
  const row = store.claim("one", LEASE_MS);
  if (!row) throw new Error("nothing to claim");
  expect(store.cancel(waiting)).toMatchObject({ state: "cancelled", finishedAt: expect.any(Number) });
  expect(store.cancel(running)).toMatchObject({ state: "running", cancelRequested: true });
  expect(store.renew(leaseOf(row), LEASE_MS)).toBe("cancel-requested");
  expect(store.progress(leaseOf(row), { stage: "denoising", step: 1, steps: 8 })).toBe("cancel-requested");
  expect(store.stop(leaseOf(row))).toBe(true);
  expect(store.cancel(running)).toMatchObject({ state: "cancelled" });
  expect(codeOf(() => store.cancel("job_0000000000000000"))).toBe("not-found");
});

test("a job whose worker died after a cancel request does not run again", () => {
  const { store } = openTestStore();
  const id = put(store, "a");
  store.claim("one", LEASE_MS);
  store.cancel(id);
  expect(store.reapAll().map((row) => row.state)).toEqual(["cancelled"]);
  expect(store.claim("one", LEASE_MS)).toBeNull();
});

test("a listing is newest first, by state, and in pages that neither skip nor repeat", () => {
  const { store } = openTestStore();
  const ids = ["a", "b", "c", "d", "e"].map((prompt) => put(store, prompt));
  store.cancel(ids[1] ?? "");
  const newestFirst = ids.toReversed();
  const page = store.list({ limit: 2 });
  const rest = store.list({ limit: 10, before: page.at(-1)?.id });
  expect([...page, ...rest].map((row) => row.id)).toEqual(newestFirst);
  expect(store.list({ limit: 10, state: "cancelled" }).map((row) => row.id)).toEqual([ids[1]]);
});

test("old finished jobs are pruned, the newest of them and all unfinished ones are kept", () => {
  const { store, clock } = openTestStore();
  const ids = ["a", "b", "c", "d"].map((prompt) => put(store, prompt));
  for (const id of ids.slice(0, 3)) store.cancel(id);
  expect(store.prune(clock.now(), 0)).toBe(0);
  clock.time += 1000;
  expect(store.prune(clock.now(), 1)).toBe(2);
  expect(store.list({ limit: 10 }).map((row) => row.id)).toEqual([ids[3], ids[2]]);
});

test("a stored job has the API's form in every state", () => {
  const { store } = openTestStore();
  const [done, failed, waiting] = ["a", "b", "c"].map((prompt) => put(store, prompt));
  const first = store.claim("one", LEASE_MS);
  if (first) store.succeed(leaseOf(first), SUCCESS);
  const second = store.claim("one", LEASE_MS);
  if (second) store.fail(leaseOf(second), toProblem(new ServiceError("generation-failed", "No.")));
  const jobs = [done, failed, waiting].map((id) => {
    const row = store.get(id ?? "");
    return row && Job.parse(toJob(row));
  });
  expect(jobs.map((job) => job?.status)).toEqual(["succeeded", "failed", "queued"]);
  expect(jobs[0]).toMatchObject({
    asset_id: SUCCESS.assetId,
    progress: { stage: "done" },
    request: { prompt: "a" },
  });
  expect(jobs[1]?.error?.code).toBe("generation-failed");
});

test("ids of jobs sort by age", () => {
  const { store, clock } = openTestStore();
  const ids = Array.from({ length: 20 }, (_, i) => {
    clock.time += 1 + i * 1000;
    return put(store, `job ${i}`);
  });
  expect(ids.toSorted()).toEqual(ids);
});

test("the database is in WAL mode, passes its own check, and one of a newer version is refused", () => {
  const dir = temporaryFolder();
  const { store } = openTestStore(new TestClock(), dir);
  put(store, "a");
  const file = join(dir, "jobs.db");
  const db = new Database(file);
  expect(db.pragma("journal_mode")).toEqual([{ journal_mode: "wal" }]);
  expect(db.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
  db.exec("PRAGMA user_version = 99");
  db.close();
  expect(() => new JobStore({ file, now: () => 0 })).toThrow(/newer Pixelkiln/);
});
