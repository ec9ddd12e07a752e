// A separate process for tests: `store-process.ts <task> <folder>`. It works on the same files as the test.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createEventBus } from "../../service/events/bus.ts";
import { openRoot } from "../../service/library/paths.ts";
import { cleanStaging, publishAsset } from "../../service/library/publish.ts";
import { lockInstance } from "../../service/queue/instance-lock.ts";
import { JobRunner } from "../../service/queue/job-runner.ts";
import { JobStore } from "../../service/queue/job-store.ts";
import type { RunJob } from "../../service/queue/run-job.ts";
import { manifestPart, picturesOf } from "../library/asset-setup.ts";
import { assetIdOf, put } from "./queue-setup.ts";

const [task, dir = ""] = process.argv.slice(2);
const tell = (message: unknown): void => void process.send?.(message);
const openStore = (): Promise<JobStore> => JobStore.open({ file: join(dir, "jobs.db"), now: Date.now });

/** Accepts one job after another, and reports the id of each as soon as its promise resolves, until it is killed. */
async function accept(): Promise<void> {
  const store = await openStore();
  for (let count = 0; ; count++) tell(await put(store, `job ${count}`));
}

/** Holds the instance lock until it is killed. */
async function lock(): Promise<void> {
  lockInstance(dir);
  tell("locked");
  await sleep(60_000);
}

/** A miniature service: takes the lock, cleans up, works through the queue and publishes what the stored plans say. */
async function work(): Promise<void> {
  lockInstance(dir);
  const root = await openRoot(join(dir, "library"));
  await cleanStaging(root);

  const run: RunJob = async (job, { signal, onProgress }) => {
    for (let step = 1; step <= 3; step++) {
      await sleep(5, undefined, { signal });
      onProgress({ stage: "denoising", step, steps: 3 });
    }
    const id = assetIdOf(job.id);
    const files = picturesOf(new TextDecoder().decode(job.plan ?? undefined));
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
  new JobRunner({ store: await openStore(), run, events, now: Date.now, log: () => undefined });
  tell("ready");
}

const tasks: Record<string, () => void | Promise<void>> = { accept, lock, work };
await tasks[task ?? ""]?.();
