import { join } from "node:path";
import Database from "libsql";
import { expect, onTestFinished, test, vi } from "vitest";
import { toJob } from "../../service/queue/job-row.ts";
import { MIGRATIONS } from "../../service/queue/job-sql.ts";
import { JobStore } from "../../service/queue/job-store.ts";
import { ServiceError, toProblem } from "../../shared/errors.ts";
import { Job } from "../../shared/job.ts";
import { jobOf, openTestStore, put, ROOMY, TestClock, temporaryFolder } from "./queue-setup.ts";

const SUCCESS = {
  state: "succeeded",
  assetId: "spr_0000000000000000",
  timings: { queue: 1, model: 2, post: 3, write: 4, total: 10 },
  result: { execution_provider: "cpu" },
} as const;
const FAILURE = {
  state: "failed",
  error: toProblem(new ServiceError("generation-failed", "No.")),
} as const;

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
  const { plan, ...rest } = jobOf("red dragon");
  const again = openTestStore(clock, dir).store;
  expect(again.get(id)).toMatchObject({ ...rest, id, state: "queued", attempts: 0, client: "test" });
  expect(again.claim("generator")).toMatchObject({ id, state: "running", plan });
});

test("a plan is read when its job is claimed, and let go of when the job ends", () => {
  const { store, dir } = openTestStore();
  const ends = [SUCCESS, FAILURE, { state: "cancelled" } as const];
  const ids = ends.map((_, i) => put(store, `job ${i}`));
  expect(store.get(ids[0]!)).not.toHaveProperty("plan");
  expect(store.list({ limit: 10 })[0]).not.toHaveProperty("plan");
  for (const end of ends) {
    const row = store.claim("generator")!;
    expect(row.plan).toEqual(jobOf(String(row.request.prompt)).plan);
    expect(store.finish(row.id, end)).not.toHaveProperty("plan");
  }
  store.cancel(put(store, "waiting"));
  const db = new Database(join(dir, "jobs.db"));
  expect(db.prepare("SELECT COUNT(*) AS n FROM job WHERE plan IS NOT NULL").all()).toEqual([{ n: 0 }]);
  db.close();
  expect(store.get(ids[0]!)?.request).toEqual(jobOf("job 0").request);
});

test("jobs are claimed in the order they came, and a job that waits again keeps its place", () => {
  const { store } = openTestStore();
  const ids = ["a", "b", "c"].map((prompt) => put(store, prompt));
  expect(store.claim("generator")?.id).toBe(ids[0]);
  store.release(ids[0]!, "worker-died");
  expect([1, 2, 3].map(() => store.claim("generator")?.id)).toEqual(ids);
  expect(store.claim("generator")).toBeNull();
});

test("each lane claims the oldest job of its own", () => {
  const { store } = openTestStore();
  const drawn = ["a", "b"].map((prompt) => put(store, prompt));
  const cut = put(store, "c", { lane: "pixels" });
  expect(store.claim("pixels")).toMatchObject({ id: cut, lane: "pixels" });
  expect(store.claim("pixels")).toBeNull();
  expect(store.claim("generator")).toMatchObject({ id: drawn[0], lane: "generator" });
});

test("a job that has ended stays as it is", () => {
  const { store } = openTestStore();
  const id = put(store, "dragon");
  store.claim("generator");
  const ended = store.finish(id, SUCCESS);
  expect(ended).toMatchObject(SUCCESS);
  expect(store.finish(id, FAILURE)).toEqual(ended);
  expect(store.release(id, "stopped")).toEqual(ended);
  expect(store.cancel(id)).toEqual(ended);
  expect(store.takeBack()).toEqual([]);
});

test("a job that took its worker down three times fails as poison; stops and kills of the service do not count", () => {
  const { store } = openTestStore();
  const id = put(store, "dragon");
  for (let i = 0; i < 4; i++) {
    store.claim("generator");
    expect(store.takeBack().map((row) => row.state)).toEqual(["queued"]);
  }
  const states = [1, 2, 3].map(() => {
    store.claim("generator");
    return store.release(id, "worker-died").state;
  });
  expect(states).toEqual(["queued", "queued", "failed"]);
  const job = store.get(id);
  expect(job?.error).toMatchObject({ code: "generation-failed", job_id: id });
  expect(job?.error?.detail).toContain("kept dying on this job");
  expect(store.claim("generator")).toBeNull();
});

test("a job that the service never survives is given up after twenty starts", () => {
  const { store } = openTestStore();
  put(store, "dragon");
  const states = Array.from({ length: 20 }, () => {
    store.claim("generator");
    return store.takeBack()[0]?.state;
  });
  expect(states).toEqual([...Array.from({ length: 19 }, () => "queued"), "failed"]);
});

test("a service that is stopped in order never gives a job up, however often", () => {
  const { store } = openTestStore();
  const id = put(store, "dragon");
  for (let i = 0; i < 25; i++) {
    store.claim("generator");
    expect(store.release(id, "stopped")).toMatchObject({ state: "queued", attempts: 0, startedAt: null });
  }
});

test("progress is shown while a job runs, begins anew with another start, and stays when the job ends", () => {
  const { store } = openTestStore();
  const id = put(store, "dragon");
  const progress = { stage: "denoising", step: 3, steps: 8 } as const;
  const progressOf = () => store.get(id)?.progress;
  store.claim("generator");
  store.progress(id, progress);
  expect(progressOf()).toEqual(progress);
  store.release(id, "stopped");
  expect(progressOf()).toEqual({ stage: "queued", step: 0, steps: 0 });
  store.claim("generator");
  store.progress(id, progress);
  store.finish(id, SUCCESS);
  expect(progressOf()).toEqual({ ...progress, stage: "done" });
});

test("a full queue refuses with the usual time of a job as the advice, and takes more once one is done", () => {
  const { store, clock } = openTestStore();
  const bounds = { limit: 2, perClientLimit: 2 };
  const first = put(store, "a", bounds);
  put(store, "b", bounds);
  store.claim("generator");
  expect(codeOf(() => put(store, "c", bounds))).toBe("queue-full");
  clock.time += 4200;
  store.finish(first, SUCCESS);
  put(store, "c", bounds);
  try {
    put(store, "d", bounds);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "queue-full", retryAfter: 5 });
    expect(toProblem(error).status).toBe(429);
  }
  expect(store.counts()).toEqual({ queued: 2, running: 0, succeeded: 1, failed: 0, cancelled: 0 });
});

test("the advice of a full queue is about the lane that fills it", () => {
  const { store, clock } = openTestStore();
  const lanes = [
    ["generator", 9000],
    ["pixels", 50],
  ] as const;
  for (const [lane, ms] of lanes) {
    const id = put(store, "before", { lane });
    store.claim(lane);
    clock.time += ms;
    store.finish(id, SUCCESS);
  }
  put(store, "a", { lane: "generator" });
  expect(() => put(store, "b", { lane: "generator", limit: 1 })).toThrow(
    expect.objectContaining({ retryAfter: 9 }),
  );
});

test("one client cannot take all places", () => {
  const { store } = openTestStore();
  const bounds = { limit: 10, perClientLimit: 2 };
  put(store, "a", { ...bounds, client: "greedy" });
  put(store, "b", { ...bounds, client: "greedy" });
  expect(codeOf(() => put(store, "c", { ...bounds, client: "greedy" }))).toBe("queue-full");
  expect(codeOf(() => put(store, "d", { ...bounds, client: "modest" }))).toBe("no error");
});

test("fifty accepts with one key are one job, also after another start; another body is a conflict", () => {
  const { store, clock, dir } = openTestStore();
  const options = { ...ROOMY, idempotencyKey: "key-1", bodyHash: "aa" };
  const accepts = (at: JobStore) => Array.from({ length: 25 }, () => at.accept(jobOf("dragon"), options));
  const accepted = [...accepts(store), ...accepts(openTestStore(clock, dir).store)];
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
  store.claim("generator");
  expect(store.cancel(waiting)).toMatchObject({ state: "cancelled", finishedAt: expect.any(Number) });
  expect(store.cancel(running)).toMatchObject({ state: "running", cancelRequested: true });
  expect(store.release(running, "stopped")).toMatchObject({ state: "cancelled", attempts: 1 });
  expect(store.cancel(running)).toMatchObject({ state: "cancelled" });
  expect(codeOf(() => store.cancel("job_0000000000000000"))).toBe("not-found");
});

test("a job that was to be cancelled when the service was killed does not run again", () => {
  const { store, clock, dir } = openTestStore();
  const id = put(store, "a");
  store.claim("generator");
  store.cancel(id);
  const again = openTestStore(clock, dir).store;
  expect(again.takeBack().map((row) => row.state)).toEqual(["cancelled"]);
  expect(again.claim("generator")).toBeNull();
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
  for (const end of [SUCCESS, FAILURE]) store.finish(store.claim("generator")!.id, end);
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

test("a database of an earlier version is brought along with its jobs", () => {
  const dir = temporaryFolder();
  const file = join(dir, "jobs.db");
  const db = new Database(file);
  db.exec(MIGRATIONS[0]!);
  db.exec("PRAGMA user_version = 1");
  const insert = db.prepare(
    `INSERT INTO job (id, kind, state, client, request, model_id, model_sha256, pipeline_version, extras,
                      idempotency_key, body_hash, created_at, started_at, attempts, lease_owner, lease_until,
                      fence, cancel_requested, progress)
     VALUES (@id, @kind, @state, 'test', '{"prompt":"old"}', 'ember', 'aa', '0.9', '{"ignored":[],"warnings":[]}',
             @id, 'aa', 1, NULL, @fence, 'a dead process', 99, @fence, @cancel,
             '{"stage":"denoising","step":3,"steps":8}')`,
  );
  const old = (id: string, kind: string, [state, fence, cancel]: [string, number, number]) =>
    insert.run({ id, kind, state, fence, cancel });
  old("job_running", "sprite", ["running", 1, 0]);
  old("job_cancelled", "tile", ["running", 1, 1]);
  old("job_hopeless", "tile", ["running", 20, 0]);
  old("job_pixels", "pixelate", ["queued", 0, 0]);
  old("job_done", "tileset", ["succeeded", 1, 0]);
  db.close();

  const { store } = openTestStore(new TestClock(), dir);
  expect(store.takeBack().map(({ id, state }) => [id, state])).toEqual([
    ["job_running", "queued"],
    ["job_cancelled", "cancelled"],
    ["job_hopeless", "failed"],
  ]);
  expect(store.get("job_running")).toMatchObject({
    lane: "generator",
    progress: { stage: "queued", step: 0, steps: 0 },
    request: { prompt: "old" },
  });
  expect(store.claim("generator")).toMatchObject({
    id: "job_running",
    kind: "sprite",
    starts: 2,
    plan: null,
  });
  expect(store.claim("pixels")).toMatchObject({ id: "job_pixels", lane: "pixels", plan: null });
  expect(store.get("job_done")).toMatchObject({ state: "succeeded", pipelineVersion: "0.9" });
  const again = store.accept(jobOf("old"), { ...ROOMY, idempotencyKey: "job_pixels", bodyHash: "aa" });
  expect(again).toMatchObject({ created: false, job: { id: "job_pixels" } });
});

test("a request, which may be megabytes, is parsed only when somebody asks for it", () => {
  const { store } = openTestStore();
  const id = put(store, "a needle");
  const parse = vi.spyOn(JSON, "parse");
  onTestFinished(() => parse.mockRestore());
  const parsed = () => parse.mock.calls.filter(([text]) => text.includes("a needle")).length;
  const jobs = [store.claim("generator")!, store.get(id)!, ...store.list({ limit: 9 })].map(toJob);
  expect([jobs.length, parsed()]).toEqual([3, 0]);
  for (const { request } of jobs) expect(request).toMatchObject({ prompt: "a needle" });
  expect(parsed()).toBe(3);
});
