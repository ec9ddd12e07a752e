import { join } from "node:path";
import Database from "libsql";
import { expect, onTestFinished, test, vi } from "vitest";
import { toJob } from "../../service/queue/job-row.ts";
import { MIGRATIONS } from "../../service/queue/job-sql.ts";
import { JobStore } from "../../service/queue/job-store.ts";
import { ServiceError, toProblem } from "../../shared/errors.ts";
import { Job } from "../../shared/job.ts";
import { jobOf, openTestStore, put, putAll, ROOMY, TestClock, temporaryFolder } from "./queue-setup.ts";

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

async function codeOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
  } catch (error) {
    return error instanceof ServiceError ? error.code : String(error);
  }
  return "no error";
}

test("an accepted job is there with all that decides its bytes after the database is opened again", async () => {
  const { store, clock, dir } = await openTestStore();
  const id = await put(store, "red dragon");
  const { plan, ...rest } = jobOf("red dragon");
  const again = (await openTestStore(clock, dir)).store;
  expect(await again.get(id)).toMatchObject({ ...rest, id, state: "queued", attempts: 0, client: "test" });
  expect(await again.claim("generator")).toMatchObject({ id, state: "running", plan });
});

test("a plan is read when its job is claimed, and let go of when the job ends", async () => {
  const { store, dir } = await openTestStore();
  const ends = [SUCCESS, FAILURE, { state: "cancelled" } as const];
  const ids = await putAll(
    store,
    ends.map((_, i) => `job ${i}`),
  );
  expect(await store.get(ids[0]!)).not.toHaveProperty("plan");
  expect((await store.list({ limit: 10 }))[0]).not.toHaveProperty("plan");
  for (const end of ends) {
    const row = (await store.claim("generator"))!;
    expect(row.plan).toEqual(jobOf(String(row.request.prompt)).plan);
    expect(await store.finish(row.id, end)).not.toHaveProperty("plan");
  }
  await store.cancel(await put(store, "waiting"));
  const db = new Database(join(dir, "jobs.db"));
  expect(db.prepare("SELECT COUNT(*) AS n FROM job WHERE plan IS NOT NULL").all()).toEqual([{ n: 0 }]);
  db.close();
  expect((await store.get(ids[0]!))?.request).toEqual(jobOf("job 0").request);
});

test("jobs are claimed in the order they came, and a job that waits again keeps its place", async () => {
  const { store } = await openTestStore();
  const ids = await putAll(store, ["a", "b", "c"]);
  expect((await store.claim("generator"))?.id).toBe(ids[0]);
  await store.release(ids[0]!, "worker-died");
  for (const id of ids) expect((await store.claim("generator"))?.id).toBe(id);
  expect(await store.claim("generator")).toBeNull();
});

test("each lane claims the oldest job of its own", async () => {
  const { store } = await openTestStore();
  const drawn = await putAll(store, ["a", "b"]);
  const cut = await put(store, "c", { lane: "pixels" });
  expect(await store.claim("pixels")).toMatchObject({ id: cut, lane: "pixels" });
  expect(await store.claim("pixels")).toBeNull();
  expect(await store.claim("generator")).toMatchObject({ id: drawn[0], lane: "generator" });
});

test("a job that has ended stays as it is", async () => {
  const { store } = await openTestStore();
  const id = await put(store, "dragon");
  await store.claim("generator");
  const ended = await store.finish(id, SUCCESS);
  expect(ended).toMatchObject(SUCCESS);
  expect(await store.finish(id, FAILURE)).toEqual(ended);
  expect(await store.release(id, "stopped")).toEqual(ended);
  expect(await store.cancel(id)).toEqual(ended);
  expect(await store.takeBack()).toEqual([]);
});

test("a job that took its worker down four times fails as poison; stops and kills of the service do not count", async () => {
  const { store } = await openTestStore();
  const id = await put(store, "dragon");
  for (let i = 0; i < 4; i++) {
    await store.claim("generator");
    expect((await store.takeBack()).map((row) => row.state)).toEqual(["queued"]);
  }
  const states: string[] = [];
  for (let i = 0; i < 4; i++) {
    await store.claim("generator");
    states.push((await store.release(id, "worker-died")).state);
  }
  expect(states).toEqual(["queued", "queued", "queued", "failed"]);
  const job = await store.get(id);
  expect(job?.error).toMatchObject({ code: "generation-failed", job_id: id });
  expect(job?.error?.detail).toContain("kept dying on this job");
  expect(await store.claim("generator")).toBeNull();
});

test("a job that the service never survives is given up after twenty starts", async () => {
  const { store } = await openTestStore();
  await put(store, "dragon");
  const states: unknown[] = [];
  for (let i = 0; i < 20; i++) {
    await store.claim("generator");
    states.push((await store.takeBack())[0]?.state);
  }
  expect(states).toEqual([...Array.from({ length: 19 }, () => "queued"), "failed"]);
});

test("a service that is stopped in order never gives a job up, however often", async () => {
  const { store } = await openTestStore();
  const id = await put(store, "dragon");
  for (let i = 0; i < 25; i++) {
    await store.claim("generator");
    expect(await store.release(id, "stopped")).toMatchObject({
      state: "queued",
      attempts: 0,
      startedAt: null,
    });
  }
});

test("progress is shown while a job runs, begins anew with another start, and stays when the job ends", async () => {
  const { store } = await openTestStore();
  const id = await put(store, "dragon");
  const progress = { stage: "denoising", step: 3, steps: 8 } as const;
  const progressOf = async () => (await store.get(id))?.progress;
  await store.claim("generator");
  store.progress(id, progress);
  expect(await progressOf()).toEqual(progress);
  await store.release(id, "stopped");
  expect(await progressOf()).toEqual({ stage: "queued", step: 0, steps: 0 });
  await store.claim("generator");
  store.progress(id, progress);
  await store.finish(id, SUCCESS);
  expect(await progressOf()).toEqual({ ...progress, stage: "done" });
});

test("a full queue refuses with the usual time of a job as the advice, and takes more once one is done", async () => {
  const { store, clock } = await openTestStore();
  const bounds = { limit: 2, perClientLimit: 2 };
  const first = await put(store, "a", bounds);
  await put(store, "b", bounds);
  await store.claim("generator");
  expect(await codeOf(() => put(store, "c", bounds))).toBe("queue-full");
  clock.time += 4200;
  await store.finish(first, SUCCESS);
  await put(store, "c", bounds);
  try {
    await put(store, "d", bounds);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "queue-full", retryAfter: 5 });
    expect(toProblem(error).status).toBe(429);
  }
  expect(await store.counts()).toEqual({ queued: 2, running: 0, succeeded: 1, failed: 0, cancelled: 0 });
});

test("the advice of a full queue is about the lane that fills it", async () => {
  const { store, clock } = await openTestStore();
  const lanes = [
    ["generator", 9000],
    ["pixels", 50],
  ] as const;
  for (const [lane, ms] of lanes) {
    const id = await put(store, "before", { lane });
    await store.claim(lane);
    clock.time += ms;
    await store.finish(id, SUCCESS);
  }
  await put(store, "a", { lane: "generator" });
  await expect(put(store, "b", { lane: "generator", limit: 1 })).rejects.toMatchObject({ retryAfter: 9 });
});

test("one client cannot take all places", async () => {
  const { store } = await openTestStore();
  const bounds = { limit: 10, perClientLimit: 2 };
  await put(store, "a", { ...bounds, client: "greedy" });
  await put(store, "b", { ...bounds, client: "greedy" });
  expect(await codeOf(() => put(store, "c", { ...bounds, client: "greedy" }))).toBe("queue-full");
  expect(await codeOf(() => put(store, "d", { ...bounds, client: "modest" }))).toBe("no error");
});

test("fifty accepts with one key are one job, also after another start; another body is a conflict", async () => {
  const { store, clock, dir } = await openTestStore();
  const options = { ...ROOMY, idempotencyKey: "key-1", bodyHash: "aa" };
  const accepts = (at: JobStore) =>
    Promise.all(Array.from({ length: 25 }, () => at.accept(jobOf("dragon"), options)));
  const accepted = [...(await accepts(store)), ...(await accepts((await openTestStore(clock, dir)).store))];
  expect(new Set(accepted.map(({ job }) => job.id)).size).toBe(1);
  expect(accepted.filter(({ created }) => created)).toHaveLength(1);
  expect(await codeOf(() => store.accept(jobOf("cat"), { ...options, bodyHash: "bb" }))).toBe(
    "idempotency-conflict",
  );
  expect(await store.list({ limit: 100 })).toHaveLength(1);
});

test("a key gives its job back even when the queue is full", async () => {
  const { store } = await openTestStore();
  const options = { client: "test", limit: 1, perClientLimit: 1, idempotencyKey: "k", bodyHash: "aa" };
  const { job } = await store.accept(jobOf("dragon"), options);
  expect(await store.accept(jobOf("dragon"), options)).toEqual({ job, created: false });
});

test("a waiting job is cancelled at once, a running one is asked to stop, a finished one stays", async () => {
  const { store } = await openTestStore();
  const [running, waiting] = [await put(store, "a"), await put(store, "b")];
  await store.claim("generator");
  expect(await store.cancel(waiting)).toMatchObject({ state: "cancelled", finishedAt: expect.any(Number) });
  expect(await store.cancel(running)).toMatchObject({ state: "running", cancelRequested: true });
  expect(await store.release(running, "stopped")).toMatchObject({ state: "cancelled", attempts: 1 });
  expect(await store.cancel(running)).toMatchObject({ state: "cancelled" });
  expect(await codeOf(() => store.cancel("job_0000000000000000"))).toBe("not-found");
});

test("a job that was to be cancelled when the service was killed does not run again", async () => {
  const { store, clock, dir } = await openTestStore();
  const id = await put(store, "a");
  await store.claim("generator");
  await store.cancel(id);
  const again = (await openTestStore(clock, dir)).store;
  expect((await again.takeBack()).map((row) => row.state)).toEqual(["cancelled"]);
  expect(await again.claim("generator")).toBeNull();
});

test("a listing is newest first, by state, and in pages that neither skip nor repeat", async () => {
  const { store } = await openTestStore();
  const ids = await putAll(store, ["a", "b", "c", "d", "e"]);
  await store.cancel(ids[1] ?? "");
  const newestFirst = ids.toReversed();
  const page = await store.list({ limit: 2 });
  const rest = await store.list({ limit: 10, before: page.at(-1)?.id });
  expect([...page, ...rest].map((row) => row.id)).toEqual(newestFirst);
  expect((await store.list({ limit: 10, state: "cancelled" })).map((row) => row.id)).toEqual([ids[1]]);
});

test("old finished jobs are pruned, the newest of them and all unfinished ones are kept", async () => {
  const { store, clock } = await openTestStore();
  const ids = await putAll(store, ["a", "b", "c", "d"]);
  for (const id of ids.slice(0, 3)) await store.cancel(id);
  expect(await store.prune(clock.now(), 0)).toBe(0);
  clock.time += 1000;
  expect(await store.prune(clock.now(), 1)).toBe(2);
  expect((await store.list({ limit: 10 })).map((row) => row.id)).toEqual([ids[3], ids[2]]);
});

test("a stored job has the API's form in every state", async () => {
  const { store } = await openTestStore();
  const [done, failed, waiting] = await putAll(store, ["a", "b", "c"]);
  for (const end of [SUCCESS, FAILURE]) await store.finish((await store.claim("generator"))!.id, end);
  const rows = await Promise.all([done, failed, waiting].map((id) => store.get(id ?? "")));
  const jobs = rows.map((row) => row && Job.parse(toJob(row)));
  expect(jobs.map((job) => job?.status)).toEqual(["succeeded", "failed", "queued"]);
  expect(jobs[0]).toMatchObject({
    asset_id: SUCCESS.assetId,
    progress: { stage: "done" },
    request: { prompt: "a" },
  });
  expect(jobs[1]?.error?.code).toBe("generation-failed");
});

test("ids of jobs sort by age", async () => {
  const { store, clock } = await openTestStore();
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) {
    clock.time += 1 + i * 1000;
    ids.push(await put(store, `job ${i}`));
  }
  expect(ids.toSorted()).toEqual(ids);
});

test("the database is in WAL mode, passes its own check, and one of a newer version is refused", async () => {
  const dir = temporaryFolder();
  const { store } = await openTestStore(new TestClock(), dir);
  await put(store, "a");
  const file = join(dir, "jobs.db");
  const db = new Database(file);
  expect(db.pragma("journal_mode")).toEqual([{ journal_mode: "wal" }]);
  expect(db.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
  db.exec("PRAGMA user_version = 99");
  db.close();
  await expect(JobStore.open({ file, now: () => 0 })).rejects.toThrow(/newer Pixelkiln/);
});

test("a database of an earlier version is brought along with its jobs", async () => {
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

  const { store } = await openTestStore(new TestClock(), dir);
  expect((await store.takeBack()).map(({ id, state }) => [id, state])).toEqual([
    ["job_running", "queued"],
    ["job_cancelled", "cancelled"],
    ["job_hopeless", "failed"],
  ]);
  expect(await store.get("job_running")).toMatchObject({
    lane: "generator",
    progress: { stage: "queued", step: 0, steps: 0 },
    request: { prompt: "old" },
  });
  expect(await store.claim("generator")).toMatchObject({
    id: "job_running",
    kind: "sprite",
    starts: 2,
    plan: null,
  });
  expect(await store.claim("pixels")).toMatchObject({ id: "job_pixels", lane: "pixels", plan: null });
  expect(await store.get("job_done")).toMatchObject({ state: "succeeded", pipelineVersion: "0.9" });
  const again = await store.accept(jobOf("old"), { ...ROOMY, idempotencyKey: "job_pixels", bodyHash: "aa" });
  expect(again).toMatchObject({ created: false, job: { id: "job_pixels" } });
});

test("a request, which may be megabytes, is parsed only when somebody asks for it", async () => {
  const { store } = await openTestStore();
  const id = await put(store, "a needle");
  const parse = vi.spyOn(JSON, "parse");
  onTestFinished(() => parse.mockRestore());
  const parsed = () => parse.mock.calls.filter(([text]) => text.includes("a needle")).length;
  const rows = [await store.claim("generator"), await store.get(id), ...(await store.list({ limit: 9 }))];
  const jobs = rows.flatMap((row) => (row ? [toJob(row)] : []));
  expect([jobs.length, parsed()]).toEqual([3, 0]);
  for (const { request } of jobs) expect(request).toMatchObject({ prompt: "a needle" });
  expect(parsed()).toBe(3);
});
