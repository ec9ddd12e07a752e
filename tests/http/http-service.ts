import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEventBus, type EventBus } from "../../service/events/bus.ts";
import { createApp } from "../../service/http/app.ts";
import type { HttpDeps } from "../../service/http/deps.ts";
import { type Listening, type ListenOptions, listen } from "../../service/http/listen.ts";
import { createHttpDeps } from "../../service/http-deps.ts";
import { createRunAssetJob } from "../../service/jobs/run-asset-job.ts";
import { createStorageCheck } from "../../service/jobs/storage-check.ts";
import { openRoot } from "../../service/library/paths.ts";
import { JobRunner } from "../../service/queue/job-runner.ts";
import { JobStore } from "../../service/queue/job-store.ts";
import { StubWorkers } from "./stub-workers.ts";

export interface HttpServiceOptions extends Partial<Omit<ListenOptions, "fetch">> {
  /** Events that are kept. */
  capacity?: number;
  /** Most unfinished jobs. */
  queue?: number;
  version?: string;
  /** Free bytes of the disk; default: as many as one likes. */
  freeBytes?: () => number;
  /** For how many ms a request waits for its job. */
  mostWaitMs?: number;
  /** How the stub of the workers begins: a runner asks it for waiting jobs at once. */
  stub?: Partial<Pick<StubWorkers, "making" | "model">>;
  /** Folder of game and jobs, which stays; without it, one that goes with the service. */
  dir?: string;
}

/** The service in this process, with real storage, queue and library: only its workers draw nothing. */
export interface HttpService extends Listening {
  workers: StubWorkers;
  deps: HttpDeps;
  events: EventBus;
  store: JobStore;
  runner: JobRunner;
  /** What was logged as an error, and what listeners of events threw. */
  errors: unknown[];
  stopping: AbortController;
  stopped: AbortController;
  /** Requests that came through the door. */
  entered(): number;
  /** Jobs that were accepted so far. */
  jobs(): Promise<number>;
}

/** Listens on a free port. */
export async function startHttp(options: HttpServiceOptions = {}): Promise<HttpService> {
  const { capacity = 1000, queue = 64, version = "0.0.0-test", mostWaitMs = 240_000 } = options;
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), "pixelkiln-http-")));
  const errors: unknown[] = [];
  const events = createEventBus({ capacity, now: Date.now, onListenerError: (error) => errors.push(error) });
  const log = (message: string, fields: Record<string, unknown> = {}): void => {
    if (fields.level === "error") errors.push({ message, ...fields });
  };
  const clock = createClock();
  const store = await JobStore.open({ file: join(dir, "jobs.db"), now: clock });
  const library = await openRoot(join(dir, "library"));
  const project = await openRoot(join(dir, "game"));
  const workers = Object.assign(new StubWorkers(), options.stub);
  const told = { onPublished: () => {}, onProjectWritten: async () => {} };
  const run = createRunAssetJob({ workers, version, library, project, engines: [], ...told });
  const runner = new JobRunner({ store, run, events, now: clock, log });
  const [stopping, stopped] = [new AbortController(), new AbortController()];
  const deps = createHttpDeps({
    version,
    instance: "test",
    mostWaitMs,
    stopping: stopping.signal,
    stopped: stopped.signal,
    events,
    workers,
    store,
    runner,
    library,
    checkStorage: createStorageCheck({
      dir,
      lock: { isLost: () => false },
      store,
      freeBytes: async () => options.freeBytes?.() ?? Number.POSITIVE_INFINITY,
    }),
    projectAssets: { refresh: async () => {}, list: async () => [], close: async () => {} },
    limits: { queueLimit: queue, queueLimitPerClient: queue },
    log,
  });
  const app = createApp(deps);
  const closeStorage = async (): Promise<void> => {
    await runner.close({ graceMs: 0 });
    await store.close();
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  };
  let entered = 0;
  const door = await listen({
    host: "127.0.0.1",
    port: 0,
    token: null,
    allowedOrigins: [],
    allowedHosts: [],
    ...options,
    fetch: (request, context) => {
      entered += 1;
      return app.fetch(request, context);
    },
  }).catch(async (error) => {
    await closeStorage();
    throw error;
  });
  return {
    ...door,
    ...{ workers, deps, events, store, runner, errors, stopping, stopped },
    entered: () => entered,
    jobs: async () => Object.values(await store.counts()).reduce((sum, count) => sum + count, 0),
    async close(graceMs) {
      await door.close(graceMs);
      await closeStorage();
    },
  };
}

/** A clock that never stands, so that no progress is passed over for coming too soon after another. */
function createClock(): () => number {
  let time = Date.now();
  return () => {
    time += 200;
    return time;
  };
}
