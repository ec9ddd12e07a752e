// A process of its own for tests: `store-process.ts <task> <folder>`. It works on the same files as the test.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createEventBus } from "../../service/events/bus.ts";
import { assetIdOfJob } from "../../service/kinds/table.ts";
import { openRoot } from "../../service/library/paths.ts";
import { cleanStaging, publishAsset } from "../../service/library/publish.ts";
import { lockInstance } from "../../service/queue/instance-lock.ts";
import type { JobRow } from "../../service/queue/job-row.ts";
import { createJobRunner } from "../../service/queue/job-runner.ts";
import { JobStore } from "../../service/queue/job-store.ts";
import type { JobOutcome, RunHooks } from "../../service/queue/run-job.ts";
import { manifestPart, picturesOf } from "../library/asset-setup.ts";
import { jobOf } from "./job-setup.ts";

const [task, dir = ""] = process.argv.slice(2);
const tell = (message: unknown): void => void process.send?.(message);
const openStore = (): JobStore => new JobStore({ file: join(dir, "jobs.db"), now: Date.now });

/** Accepts the same request with the same keys as its sibling processes do. */
function accept(): void {
  const store = openStore();
  const ids = Array.from({ length: 25 }, (_, i) => {
    const options = {
      client: "test",
      limit: 1000,
      perClientLimit: 1000,
      idempotencyKey: `key ${i}`,
      bodyHash: "aa",
    };
    return store.accept(jobOf(`job ${i}`), options).job.id;
  });
  store.close();
  tell(ids);
}

/** Claims until nothing waits. */
function claim(): void {
  const store = openStore();
  const ids: string[] = [];
  for (let row = store.claim(`${process.pid}`, 60_000); row; row = store.claim(`${process.pid}`, 60_000)) {
    ids.push(row.id);
  }
  store.close();
  tell(ids);
}

/** Holds the instance lock until it is killed. */
async function lock(): Promise<void> {
  lockInstance(dir);
  tell("locked");
  await sleep(60_000);
}

/** The service in small: takes the lock, cleans up, works the queue and publishes. */
async function work(): Promise<void> {
  lockInstance(dir);
  const root = await openRoot(join(dir, "library"));
  await cleanStaging(root);

  const run = async (job: JobRow, { signal, onProgress }: RunHooks): Promise<JobOutcome> => {
    for (let step = 1; step <= 3; step++) {
      await sleep(5, undefined, { signal });
      onProgress({ stage: "denoising", step, steps: 3 });
    }
    const id = assetIdOfJob(job.id, "sprite");
    const files = picturesOf(String(job.request.prompt));
    const { created } = await publishAsset({
      root,
      id,
      jobId: job.id,
      files,
      manifest: manifestPart("dragon"),
    });
    if (created) appendFileSync(join(dir, "published.log"), `${id}\n`);
    return { assetId: id, timings: { model: 1, post: 1, write: 1 }, result: {} };
  };
  const events = createEventBus({ capacity: 100, now: Date.now, onListenerError: () => undefined });
  events.subscribe(({ event }) => {
    if (event.type === "job.state" && event.status === "succeeded") tell("done");
  });
  createJobRunner({
    store: openStore(),
    run,
    events,
    now: Date.now,
    owner: `${process.pid}`,
    leaseMs: 30_000,
    concurrency: 1,
    log: () => undefined,
  });
  tell("ready");
}

const tasks: Record<string, () => void | Promise<void>> = { accept, claim, lock, work };
await tasks[task ?? ""]?.();
