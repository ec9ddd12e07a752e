import { ERROR_CODES, ServiceError, toProblem } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import { LANES, type Lane } from "../../shared/job.ts";
import type { EventBus } from "../events/bus.ts";
import type { Log } from "../service-log.ts";
import type { ClaimedJob, JobRow, NewJob } from "./job-row.ts";
import type { AcceptOptions, JobStore } from "./job-store.ts";
import { isBlameless, isRetryable, type JobOutcome, type RunJob } from "./run-job.ts";

export interface JobRunnerOptions {
  store: JobStore;
  run: RunJob;
  events: Pick<EventBus, "publish">;
  /** ms since 1970. */
  now: () => number;
  log: Log;
  /** How many ms a lane rests after a worker died on a first start; default 250. */
  restMs?: number;
}

/** Minimum interval between progress events of a job; a new stage is always published. */
const PROGRESS_INTERVAL_MS = 100;
/** Delay before retrying a store that cannot be written, such as on a full disk. */
const RETRY_MS = 1000;
/** How long an aborted run may take to end when the service stops. */
const ABORT_GRACE_MS = 2000;
/** How long a lane rests after its worker died on a job: so long, then twice as long with each start, up to eight times. */
const REST_MS = 250;
const LONGEST_REST = 8;

interface ActiveJob {
  job: ClaimedJob;
  controller: AbortController;
  progressAt: number;
  stage: string;
  /** Stores the outcome of the job; null while it runs. */
  settle: (() => Promise<JobRow>) | null;
  done: Promise<void>;
}

/**
 * Works through the queue of a store, one job per lane at a time, and publishes what happens as events. The data
 * folder's instance lock makes it the only runner, so jobs marked as running when it starts were cut off and are
 * requeued. A job that took its worker down several times has its last try when nothing else waits, and alone.
 */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #active = new Map<Lane, ActiveJob>();
  /** When lanes whose worker died start again, in ms since 1970. */
  readonly #rests = new Map<Lane, number>();
  #tookBack = false;
  #closing = false;
  /** Whether a job has its last try. */
  #alone = false;
  #timer: NodeJS.Timeout | undefined;
  /** The steps under way, and whether another one is due after them. */
  #steps: Promise<void> | null = null;
  #again = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#wake();
  }

  /** Accepts a job (see JobStore.accept) and wakes the runner. Throws shutting-down once it closes. */
  async submit(job: NewJob, options: AcceptOptions): Promise<{ job: JobRow; created: boolean }> {
    if (this.#closing) throw stopping();
    const accepted = await this.#options.store.accept(job, options);
    if (accepted.created) this.#publishState(accepted.job);
    this.#wake();
    return accepted;
  }

  /** Cancels a job: a waiting one at once, a running one by aborting its run. Throws not-found. */
  async cancel(id: string): Promise<JobRow> {
    const row = await this.#options.store.cancel(id);
    const active = [...this.#active.values()].find(({ job }) => job.id === id);
    active?.controller.abort(new ServiceError("cancelled", "The job was cancelled."));
    if (row.state === "cancelled") this.#publishState(row);
    return row;
  }

  /**
   * Stops: takes no new jobs, gives the running ones `graceMs`, then aborts them and puts them back in the queue, where
   * the next start finds them. The store stays open.
   */
  async close(options: { graceMs: number }): Promise<void> {
    this.#closing = true;
    await this.#steps;
    await this.#idleWithin(options.graceMs);
    for (const { controller } of this.#active.values()) controller.abort(stopping());
    await this.#idleWithin(ABORT_GRACE_MS);
    await this.#steps;
    for (const { job, settle } of this.#active.values()) {
      const putBack = (): Promise<JobRow> => this.#options.store.release(job.id, "stopped");
      await this.#tryStore(async () => this.#publishState(await (settle ?? putBack)()));
    }
    this.#active.clear();
    clearTimeout(this.#timer);
  }

  /** Does what is due as soon as what is under way has been done. */
  #wake(): void {
    this.#again = true;
    this.#steps ??= this.#stepWhileDue().finally(() => {
      this.#steps = null;
    });
  }

  async #stepWhileDue(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#tryStore(() => this.#step());
    }
  }

  /** Requeues cut-off jobs, settles finished ones, starts waiting ones. */
  async #step(): Promise<void> {
    if (!this.#tookBack) await this.#takeBack();
    for (const lane of LANES) await this.#settle(lane);
    for (const lane of LANES) await this.#start(lane, false);
    for (const lane of LANES) if (this.#active.size === 0) await this.#start(lane, true);
  }

  /** Runs work that writes to the store. A failing store is logged and retried; the error is never thrown. */
  async #tryStore(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log("The job store cannot be written. It will be retried.", { level: "error", error });
      this.#wakeIn(RETRY_MS);
    }
  }

  #wakeIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wake(), ms);
  }

  async #takeBack(): Promise<void> {
    for (const row of await this.#options.store.takeBack()) {
      const { id, kind, starts, state } = row;
      this.#options.log("A job was cut off when the service ended.", { job: id, kind, starts, state });
      this.#publishState(row);
    }
    this.#tookBack = true;
  }

  async #settle(lane: Lane): Promise<void> {
    const settle = this.#active.get(lane)?.settle;
    if (!settle) return;
    const row = await settle();
    this.#active.delete(lane);
    if (this.#active.size === 0) this.#alone = false;
    this.#publishState(row);
  }

  /** Starts the next job of a lane; one that is suspected to take its worker down only with `alone`. */
  async #start(lane: Lane, alone: boolean): Promise<void> {
    if (this.#closing || this.#alone || this.#active.has(lane)) return;
    const restMs = (this.#rests.get(lane) ?? 0) - Date.now();
    if (restMs > 0) return this.#wakeIn(restMs);
    const job = await this.#options.store.claim(lane, { suspects: alone });
    if (!job) return;
    this.#alone = alone;
    const active: ActiveJob = {
      job,
      controller: new AbortController(),
      progressAt: this.#options.now() - PROGRESS_INTERVAL_MS,
      stage: job.progress.stage,
      settle: null,
      done: Promise.resolve(),
    };
    this.#active.set(lane, active);
    this.#publishState(job);
    active.done = this.#work(active);
  }

  async #work(active: ActiveJob): Promise<void> {
    const { signal } = active.controller;
    const onProgress = (progress: JobProgress): void => this.#onProgress(active, progress);
    try {
      active.settle = this.#afterSuccess(active, await this.#options.run(active.job, { signal, onProgress }));
    } catch (error) {
      active.settle = this.#afterError(active, error);
    }
    this.#wake();
  }

  #afterSuccess({ job }: ActiveJob, { assetId, result, timings: parts }: JobOutcome): () => Promise<JobRow> {
    const { store, now } = this.#options;
    const queue = (job.startedAt ?? job.createdAt) - job.createdAt;
    const timings = { queue, ...parts, total: now() - job.createdAt };
    return () => store.finish(job.id, { state: "succeeded", assetId, timings, result });
  }

  #afterError({ job, controller }: ActiveJob, error: unknown): () => Promise<JobRow> {
    const { store, log } = this.#options;
    const { id, kind, attempts: attempt } = job;
    // Also after a cancel: the store knows about it and does not requeue the job.
    if (controller.signal.aborted) return () => store.release(id, "stopped");
    const isOurs = !(error instanceof ServiceError) || ERROR_CODES[error.code].status >= 500;
    // A file that the user changed, say, is no fault of the program, and its stack tells nothing.
    log("An attempt at a job failed.", {
      ...{ level: isOurs ? "error" : "warn", job: id, kind, attempt },
      error: isOurs ? error : error.message,
    });
    if (isRetryable(error)) {
      const rest = Math.min(2 ** (job.starts - 1), LONGEST_REST) * (this.#options.restMs ?? REST_MS);
      this.#rests.set(job.lane, Date.now() + rest);
      return () => store.release(id, isBlameless(error) ? "blameless" : "worker-died");
    }
    return () => store.finish(id, { state: "failed", error: toProblem(error, { jobId: id }) });
  }

  #onProgress(active: ActiveJob, progress: JobProgress): void {
    const { now, store, events } = this.#options;
    const { job, controller, stage, progressAt } = active;
    const isDue = Math.abs(now() - progressAt) >= PROGRESS_INTERVAL_MS || progress.stage !== stage;
    if (!isDue || active.settle || controller.signal.aborted) return;
    active.progressAt = now();
    active.stage = progress.stage;
    store.progress(job.id, progress);
    events.publish({ type: "job.progress", job_id: job.id, progress });
  }

  #publishState({ id, state, assetId }: JobRow): void {
    this.#options.events.publish({ type: "job.state", job_id: id, status: state, asset_id: assetId });
  }

  async #idleWithin(ms: number): Promise<void> {
    const runs = [...this.#active.values()].map(({ done }) => done);
    if (runs.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([Promise.all(runs), late]);
    clearTimeout(timer);
  }
}

function stopping(): ServiceError {
  return new ServiceError("shutting-down", "The service is stopping: try again once it has restarted.", {
    retryAfter: 5,
  });
}
