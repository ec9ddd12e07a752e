import { ServiceError } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { ConfiguredModel } from "../generators/catalog.ts";
import type { Log } from "../service-log.ts";
import { startChild, type WorkerChild } from "./child.ts";
import type { DeviceReport, TaskHooks, TaskName, WorkerTasks } from "./messages.ts";

export interface LaneOptions {
  env: NodeJS.ProcessEnv;
  modelsDirs: readonly string[];
  configured: readonly ConfiguredModel[];
  log: Log;
  /** How many ms a cancelled task may take to stop by itself before its process is killed. */
  killGraceMs: number;
  /** A process that reports no progress of its task for so many ms hangs, and is killed. */
  stallMs: number;
  /** Port at which a debugger can attach to the process; null: none. */
  inspectPort: number | null;
  /** After this many ms without work the process ends; null keeps it. */
  idleMs: number | null;
  /** Id of the model for requests that name none; null: the first of the catalog. */
  defaultModel: () => string | null;
  /** Whether its process starts fast rather than stays small. */
  isBrief: boolean;
}

interface Task extends TaskHooks {
  message: { type: TaskName; order: object };
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

interface Running {
  /** Asks the task to stop between steps, and kills the process if that takes too long. */
  stop: () => void;
  finished: Promise<void>;
}

/** The line of tasks that wait for one worker process, in order of arrival. The process starts with the first task. */
export class WorkerLane {
  readonly #options: LaneOptions;
  readonly #queue: Task[] = [];
  #child: WorkerChild | null = null;
  #device: DeviceReport | null = null;
  #running: Running | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
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

  /** Whether it has a process with nothing to do. */
  get isIdle(): boolean {
    return this.pid !== null && this.#running === null;
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Adds a task to the line. An abort removes it, or stops it if it has begun. */
  run<T extends TaskName>(
    type: T,
    order: WorkerTasks[T]["order"],
    { signal, onProgress }: TaskHooks,
  ): Promise<WorkerTasks[T]["answer"]> {
    if (this.#closed || signal.aborted) return Promise.reject(stopReason(signal));
    const leaving = new AbortController();
    const answer = new Promise<unknown>((resolve, reject) => {
      const task: Task = { message: { type, order }, signal, onProgress, resolve, reject };
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
    return answer.finally(() => leaving.abort()) as Promise<WorkerTasks[T]["answer"]>;
  }

  /** Whether a running process answers in time. In the middle of a step, it answers after that step. */
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

  /** Refuses waiting tasks, stops the running one and ends the process, by force after the grace period. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idleTimer);
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

  #restWhenIdle(): void {
    const { idleMs } = this.#options;
    if (idleMs === null || this.#running) return;
    this.#idleTimer = setTimeout(() => {
      this.#child?.disconnect();
      this.#child = null;
    }, idleMs).unref();
  }

  #start(task: Task): void {
    clearTimeout(this.#idleTimer);
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
    const watchdog = this.#watch(child);
    const onProgress = (progress: JobProgress) => {
      watchdog.refresh();
      task.onProgress(progress);
    };
    const finished = child
      .ask({ ...task.message, id, defaultModel: this.#options.defaultModel() }, onProgress)
      // A process that was killed because it did not stop in time counts as cancelled, not as failed.
      .then(task.resolve, (error: unknown) => task.reject(stopped ? stopReason(task.signal) : error))
      .finally(() => {
        clearTimeout(killer);
        clearTimeout(watchdog);
        task.signal.removeEventListener("abort", stop);
        this.#running = null;
        this.#next();
        this.#restWhenIdle();
      });
    this.#running = { stop, finished };
  }

  /** Kills a process that hangs: to its task it died, and the task may be tried again. */
  #watch(child: WorkerChild): NodeJS.Timeout {
    const { stallMs, log } = this.#options;
    return setTimeout(() => {
      log("A worker process hangs and is ended.", { level: "error", pid: child.pid, silent_ms: stallMs });
      child.kill();
    }, stallMs);
  }

  #liveChild(): WorkerChild {
    if (this.#child?.alive) return this.#child;
    const { env, modelsDirs, configured, log, inspectPort, isBrief } = this.#options;
    const child = startChild({
      env,
      modelsDirs,
      configured,
      log,
      inspectPort,
      isBrief,
      onDevice: (device) => {
        this.#device = device;
      },
    });
    log("A worker process started.", {
      pid: child.pid,
      ...(inspectPort === null ? {} : { inspect: inspectPort }),
    });
    this.#child = child;
    return child;
  }
}

/** A cancelled job gives `cancelled`; anything else that stops work here is the service stopping. */
function stopReason(signal: AbortSignal): ServiceError {
  if (signal.aborted) return new ServiceError("cancelled", "The job was cancelled.");
  return new ServiceError("shutting-down", "The service is stopping.", { retryAfter: 5 });
}
