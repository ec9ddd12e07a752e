import { ServiceError } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { CatalogEntry } from "../generators/catalog.ts";
import type { PixelWork } from "../pixel/pixel-work.ts";
import type { GenerationPlan } from "../recipes/plan.ts";
import { type ModelChild, startModelChild, type WorkResult } from "./child.ts";
import type { DeviceReport } from "./messages.ts";

/** What a model process can be given to do. A load has no result (null). */
export type Work =
  | { type: "load"; entry: CatalogEntry }
  | { type: "generate"; entry: CatalogEntry; plan: GenerationPlan }
  | { type: "pixels"; work: PixelWork };

export interface LaneOptions {
  env: NodeJS.ProcessEnv;
  log: (message: string, fields?: Record<string, unknown>) => void;
  killGraceMs: number;
}

interface Task {
  work: Work;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
  resolve: (result: WorkResult) => void;
  reject: (error: unknown) => void;
}

interface Running {
  /** Asks for an end between steps, and kills the process when that takes too long. */
  stop: () => void;
  finished: Promise<void>;
}

/** The line in which work waits for the one model process, in order of arrival. */
export class ModelLane {
  readonly #options: LaneOptions;
  readonly #queue: Task[] = [];
  #child: ModelChild | null = null;
  #device: DeviceReport | null = null;
  #running: Running | null = null;
  #closed = false;
  #lastId = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get pid(): number | null {
    return this.#child?.alive ? this.#child.pid : null;
  }

  get device(): DeviceReport | null {
    return this.#device;
  }

  /** Puts work in the line. An abort takes it out again, or stops it when it has begun. */
  run(work: Work, signal: AbortSignal, onProgress: (progress: JobProgress) => void): Promise<WorkResult> {
    if (this.#closed || signal.aborted) return Promise.reject(stopReason(signal));
    const leaving = new AbortController();
    const result = new Promise<WorkResult>((resolve, reject) => {
      const task: Task = { work, signal, onProgress, resolve, reject };
      const leave = () => {
        const place = this.#queue.indexOf(task);
        if (place < 0) return;
        this.#queue.splice(place, 1);
        reject(stopReason(signal));
      };
      signal.addEventListener("abort", leave, { signal: leaving.signal });
      this.#queue.push(task);
      this.#next();
    });
    return result.finally(() => leaving.abort());
  }

  /** Whether a running process answers in time. One that is in a step answers after it. */
  async ping(timeoutMs: number): Promise<boolean> {
    if (!this.#child?.alive) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const answer = this.#child.ask({ type: "ping", id: ++this.#lastId }).then(
      () => true,
      () => false,
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  /** Refuses what waits, stops what runs and ends the process, by force after the grace time. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.reject(stopReason(task.signal));
    this.#running?.stop();
    await this.#running?.finished;
    const child = this.#child;
    if (!child?.alive) return;
    const killer = setTimeout(() => child.kill(), this.#options.killGraceMs);
    child.disconnect();
    await child.exited;
    clearTimeout(killer);
  }

  #next(): void {
    if (this.#running) return;
    const task = this.#queue.shift();
    if (task) this.#start(task);
  }

  #start(task: Task): void {
    const child = this.#liveChild();
    const id = ++this.#lastId;
    let killer: NodeJS.Timeout | undefined;
    let stopped = false;
    const stop = () => {
      if (stopped) return;
      stopped = true;
      child.tell({ type: "cancel", id });
      killer = setTimeout(() => child.kill(), this.#options.killGraceMs);
    };
    task.signal.addEventListener("abort", stop);
    const finished = child
      .ask({ ...task.work, id }, task.onProgress)
      // A process that was killed because it did not stop in time has done what was asked of it.
      .then(task.resolve, (error: unknown) => task.reject(stopped ? stopReason(task.signal) : error))
      .finally(() => {
        clearTimeout(killer);
        task.signal.removeEventListener("abort", stop);
        this.#running = null;
        this.#next();
      });
    this.#running = { stop, finished };
  }

  #liveChild(): ModelChild {
    if (this.#child?.alive) return this.#child;
    const { env, log } = this.#options;
    const child = startModelChild({
      env,
      log,
      onDevice: (device) => {
        this.#device = device;
      },
    });
    log("The model process started.", { pid: child.pid });
    this.#child = child;
    return child;
  }
}

/** A job's own cancel is `cancelled`; everything else that stops work here is the service's end. */
function stopReason(signal: AbortSignal): ServiceError {
  if (signal.aborted) return new ServiceError("cancelled", "The job was cancelled.");
  return new ServiceError("shutting-down", "The service is stopping.", { retryAfter: 5 });
}
