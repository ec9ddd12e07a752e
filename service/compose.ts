import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AssetManifest } from "../shared/asset.ts";
import { type Config, type ConfigFlags, readConfig } from "./config.ts";
import { createEventBus } from "./events/bus.ts";
import { createApp } from "./http/app.ts";
import { listen } from "./http/listen.ts";
import { createHttpDeps } from "./http-deps.ts";
import { createRunAssetJob } from "./jobs/run-asset-job.ts";
import { createStorageCheck, folderGone } from "./jobs/storage-check.ts";
import { asStorageError } from "./library/disk.ts";
import { openRoot, type Root } from "./library/paths.ts";
import { pruneLibrary } from "./library/prune-library.ts";
import { cleanStaging } from "./library/publish.ts";
import { writeServiceRecord } from "./library/service-record.ts";
import { packageInfo } from "./package-info.ts";
import { detectEngines } from "./project/detect-engines.ts";
import { openProjectAssets } from "./project/project-assets.ts";
import { readModels } from "./project/read-models.ts";
import { usedAssets } from "./project/used-assets.ts";
import { type InstanceLock, lockInstance } from "./queue/instance-lock.ts";
import { JobRunner } from "./queue/job-runner.ts";
import { JobStore } from "./queue/job-store.ts";
import type { Log } from "./service-log.ts";
import { createWorkers } from "./workers/workers.ts";

/** How many events a client may miss and still resume. */
const EVENTS_KEPT = 4_096;
/** How long a running job may take to finish when the service stops. */
const STOP_GRACE_MS = 10_000;
/** How long open answers may take after that. */
const ANSWER_GRACE_MS = 1_000;
/** How long a request waits for its job. Node's fetch, for one, gives up after 300 s without headers. */
const MOST_WAIT_MS = 240_000;
/** Finished jobs are kept for a month, and the newest thousand for good. */
const KEEP_JOBS_MS = 30 * 24 * 3_600_000;
const KEEP_JOBS = 1_000;
/** Above this size, the library lets assets go that are as old as that and not in the game. */
const MOST_LIBRARY_BYTES = 2 * 1024 ** 3;
/** How often the service looks whether its folder is still there. */
const LOOK_EVERY_MS = 1_000;

export interface ServiceOptions extends ConfigFlags {
  env: NodeJS.ProcessEnv;
  log: Log;
}

/** A service that is listening. */
export interface RunningService {
  url: string;
  /** Aborted, with a ServiceError as its reason, when the service cannot go on: close it, and tell. */
  lost: AbortSignal;
  /** Stops in order: no new jobs; running ones get 10 s; streams end; the workers end. */
  close(): Promise<void>;
}

/** Starts the service of a project. Throws a ServiceError if a setting is wrong or another service is running there. */
export async function startService({ env, log, ...flags }: ServiceOptions): Promise<RunningService> {
  const config = readConfig(flags, env);
  const undo = new UndoStack();
  try {
    return await start(config, { env, log, undo });
  } catch (error) {
    await undo.run();
    throw error;
  }
}

interface StartContext {
  env: NodeJS.ProcessEnv;
  log: Log;
  undo: UndoStack;
}

/** Puts the parts together: the only place that knows all of them. */
async function start(config: Config, context: StartContext): Promise<RunningService> {
  const { log, undo } = context;
  const storage = await openStorage(config, undo);
  const { store, lock } = storage;
  const lost = watchFolder(config.dataDir, { lock, log, undo });
  const checkStorage = createStorageCheck({ dir: config.dataDir, lock, store });
  const { modelsDirs } = config;
  const configured = await readModels(config.project, context.env);
  const workers = await createWorkers({ modelsDirs, configured, env: context.env, log });
  undo.add(() => workers.close());
  const { events, projectAssets, ...told } = await openEvents(storage.project, { log, undo });
  const { version } = packageInfo();
  const { engines } = await detectEngines(config.project);
  const run = createRunAssetJob({ workers, version, ...storage, ...told, engines });
  const runner = new JobRunner({ store, run, events, now: Date.now, log });
  undo.add(() => runner.close({ graceMs: 0 }));

  const instance = randomUUID();
  const stopping = new AbortController();
  const stopped = new AbortController();
  const signals = { stopping: stopping.signal, stopped: stopped.signal };
  const app = createApp(
    createHttpDeps({
      ...storage,
      ...signals,
      checkStorage,
      mostWaitMs: MOST_WAIT_MS,
      version,
      workers,
      runner,
      events,
      projectAssets,
      instance,
      log,
      limits: config,
    }),
  );
  const door = await listen({ ...config, fetch: (request, from) => app.fetch(request, from) });
  undo.add(() => door.close(ANSWER_GRACE_MS));
  const record = await writeServiceRecord(config.dataDir, { instance, url: door.url, pid: process.pid });
  undo.add(() => record.remove());
  workers.warm().catch((error) => log("The model could not be loaded.", { level: "error", error }));

  const close = async (): Promise<void> => {
    stopping.abort();
    await runner.close({ graceMs: STOP_GRACE_MS });
    // Tell whoever is still waiting, then close everything in reverse order.
    stopped.abort();
    await undo.run();
  };
  let closed: Promise<void> | undefined;
  tidyLibrary(storage, log).catch((error) =>
    log("The library could not be tidied.", { level: "warn", error }),
  );
  return {
    url: door.url,
    lost,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

/** Opens the event bus, and what publishes on it besides jobs: the assets of the library and of the project. */
async function openEvents(project: Root, { log, undo }: Pick<StartContext, "log" | "undo">) {
  const events = createEventBus({
    capacity: EVENTS_KEPT,
    now: Date.now,
    onListenerError: (error) => log("An event listener failed.", { level: "error", error }),
  });
  const projectAssets = await openProjectAssets({
    projectDir: project.dir,
    publish: (event) => void events.publish(event),
    log,
  });
  undo.add(() => projectAssets.close());
  return {
    events,
    projectAssets,
    onPublished: ({ id, kind, rev, files }: AssetManifest): void => {
      const paths = files.map(({ path }) => path);
      events.publish({ type: "asset.published", asset_id: id, kind, rev, files: paths });
    },
    onProjectWritten: (dir: string): Promise<void> => projectAssets.refresh(dir),
  };
}

/** Opens everything on disk for this process alone, and cleans up after one that died. */
async function openStorage(
  config: Config,
  undo: UndoStack,
): Promise<{ project: Root; library: Root; store: JobStore; lock: InstanceLock }> {
  const lock = lockInstance(config.dataDir);
  undo.add(() => lock.release());
  await hideFromGit(config.dataDir);
  const project = await openRoot(config.project);
  const library = await openRoot(join(config.dataDir, "library"));
  await cleanStaging(library);
  const store = await JobStore.open({ file: join(config.dataDir, "jobs.db"), now: Date.now });
  undo.add(() => store.close());
  await store.prune(Date.now() - KEEP_JOBS_MS, KEEP_JOBS);
  return { project, library, store, lock };
}

/** Looks whether the service's folder is still the one that it locked. */
function watchFolder(
  dir: string,
  { lock, log, undo }: Pick<StartContext, "log" | "undo"> & { lock: InstanceLock },
): AbortSignal {
  const lost = new AbortController();
  const timer = setInterval(() => {
    if (!lock.isLost()) return;
    clearInterval(timer);
    const error = folderGone(dir);
    log(error.message, { level: "error" });
    lost.abort(error);
  }, LOOK_EVERY_MS).unref();
  undo.add(() => clearInterval(timer));
  return lost.signal;
}

/** Removes old assets from a library that has become too large, except those that lie in the game. */
async function tidyLibrary({ project, library }: { project: Root; library: Root }, log: Log): Promise<void> {
  const removed = await pruneLibrary(library, {
    keepAfter: Date.now() - KEEP_JOBS_MS,
    mostBytes: MOST_LIBRARY_BYTES,
    findUsed: () => usedAssets(project.dir),
  });
  if (removed.length > 0) log("Old assets were removed from the library.", { assets: removed.length });
}

/** Keeps the service's own folder, which is inside the game, out of the game's commits. */
async function hideFromGit(dir: string): Promise<void> {
  await writeFile(join(dir, ".gitignore"), "*\n", { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw asStorageError(error);
  });
}

/** Closes what was opened, in reverse order. If a part fails to close, the rest still close before it throws. */
class UndoStack {
  readonly #steps: (() => void | Promise<void>)[] = [];

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, "Some parts could not be closed.");
  }
}
