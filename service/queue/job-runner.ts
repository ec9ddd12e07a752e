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
}

/** Minimum interval between progress events of a job; a new stage is always published. */
const PROGRESS_INTERVAL_MS = 100;
/** Delay before retrying a store that cannot be written, such as on a full disk. */
const RETRY_MS = 1000;
/** How long an aborted run may take to end when the service stops. */
const ABORT_GRACE_MS = 2000;

interface ActiveJob {
  job: ClaimedJob;
  controller: AbortController;
  progressAt: number;
  stage: string;
  /** Stores the outcome of the job; null while it runs. */
  settle: (() => JobRow) | null;
  done: Promise<void>;
}

/**
 * Works through the queue of a store, one job per lane at a time, and publishes what happens as events. The data
 * folder's instance lock makes it the only runner, so jobs marked as running when it starts were cut off and are
 * requeued.
 */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #active = new Map<Lane, ActiveJob>();
  #tookBack = false;
  #closing = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#wake();
  }

  /** Accepts a job (see JobStore.accept) and wakes the runner. Throws shutting-down once it closes. */
  submit(job: NewJob, options: AcceptOptions): { job: JobRow; created: boolean } {
    if (this.#closing) throw stopping();
    const accepted = this.#options.store.accept(job, options);
    if (accepted.created) this.#publishState(accepted.job);
    this.#wake();
    return accepted;
  }

  /** Cancels a job: a waiting one at once, a running one by aborting its run. Throws not-found. */
  cancel(id: string): JobRow {
    const row = this.#options.store.cancel(id);
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
    await this.#idleWithin(options.graceMs);
    for (const { controller } of this.#active.values()) controller.abort(stopping());
    await this.#idleWithin(ABORT_GRACE_MS);
    for (const { job, settle } of this.#active.values()) {
      const putBack = (): JobRow => this.#options.store.release(job.id, "stopped");
      this.#tryStore(() => this.#publishState((settle ?? putBack)()));
    }
    this.#active.clear();
    clearTimeout(this.#retry);
  }

  #wake(): void {
    queueMicrotask(() => this.#step());
  }

  /** Does what is due: requeues cut-off jobs, settles finished ones, starts waiting ones. */
  #step(): void {
    this.#tryStore(() => {
      if (!this.#tookBack) this.#takeBack();
      for (const lane of LANES) {
        this.#settle(lane);
        this.#start(lane);
      }
    });
  }

  /** Runs work that writes to the store. A failing store is logged and retried; the error is never thrown. */
  #tryStore(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.log("The job store cannot be written. It will be retried.", { level: "error", error });
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#step(), RETRY_MS);
    }
  }

  #takeBack(): void {
    for (const row of this.#options.store.takeBack()) {
      const { id, kind, starts, state } = row;
      this.#options.log("A job was cut off when the service ended.", { job: id, kind, starts, state });
      this.#publishState(row);
    }
    this.#tookBack = true;
  }

  #settle(lane: Lane): void {
    const settle = this.#active.get(lane)?.settle;
    if (!settle) return;
    const row = settle();
    this.#active.delete(lane);
    this.#publishState(row);
  }

  #start(lane: Lane): void {
    if (this.#closing || this.#active.has(lane)) return;
    const job = this.#options.store.claim(lane);
    if (!job) return;
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
    this.#step();
  }

  #afterSuccess({ job }: ActiveJob, { assetId, result, timings: parts }: JobOutcome): () => JobRow {
    const { store, now } = this.#options;
    const queue = (job.startedAt ?? job.createdAt) - job.createdAt;
    const timings = { queue, ...parts, total: now() - job.createdAt };
    return () => store.finish(job.id, { state: "succeeded", assetId, timings, result });
  }

  #afterError({ job, controller }: ActiveJob, error: unknown): () => JobRow {
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
    if (isRetryable(error)) return () => store.release(id, isBlameless(error) ? "blameless" : "worker-died");
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
