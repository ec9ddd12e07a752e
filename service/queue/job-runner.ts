import { ServiceError, toProblem } from "../../shared/errors.ts";
import { isFinal, type Job, type JobProgress } from "../../shared/job.ts";
import type { EventBus } from "../events/bus.ts";
import { type JobRow, type Lease, type LeaseState, leaseOf, type NewJob, toJob } from "./job-row.ts";
import { type AcceptOptions, type JobStore, MAX_ATTEMPTS, MAX_CLAIMS, poisonProblem } from "./job-store.ts";
import { isBlameless, isRetryable, type JobOutcome, type RunJob } from "./run-job.ts";

export interface JobRunnerOptions {
  store: JobStore;
  run: RunJob;
  events: Pick<EventBus, "publish">;
  /** ms since 1970. */
  now: () => number;
  /** Name of this process in the leases. */
  owner: string;
  /** A job whose worker is silent for so many ms is given to another. 30000 is usual. */
  leaseMs: number;
  /** Jobs at one time; 1 for one device. */
  concurrency: number;
  log: (message: string, details: Record<string, unknown>) => void;
  /**
   * Whether this process holds the instance lock: then all running jobs are of dead processes and are taken
   * back at the start instead of after their lease. Default: true.
   */
  ownsStore?: boolean;
}

/** Progress is stored and published at most so often for each job. */
const PROGRESS_INTERVAL_MS = 100;
/** Waiters look at the stored state at least so often: events are only hints. */
const WAIT_POLL_MS = 250;
/** How long an aborted run may take to end when the service stops. */
const ABORT_GRACE_MS = 2000;

type AbortReason = "cancelled" | "lease-lost" | "shutting-down";

interface ActiveJob {
  row: JobRow;
  lease: Lease;
  controller: AbortController;
  reason: AbortReason | null;
  progressAt: number;
  stage: string;
  done: Promise<void>;
}

interface Waiter {
  jobId: string;
  resolve: (job: Job) => void;
  reject: (error: unknown) => void;
}

/**
 * Works the queue of a store: claims, runs, renews leases, aborts what is cancelled, takes back what was
 * abandoned, and tells it as events.
 */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #active = new Map<string, ActiveJob>();
  readonly #waiters = new Set<Waiter>();
  readonly #leaseTimer: NodeJS.Timeout;
  #waitTimer: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    if (options.ownsStore ?? true) this.#guard("take back", () => this.#takeBack(options.store.reapAll()));
    // On a timer and not only when idle: else a busy runner would leave abandoned jobs lying.
    this.#leaseTimer = setInterval(() => this.#tick(), Math.max(1, options.leaseMs / 3));
    this.poke();
  }

  /** Accepts a job (see JobStore.accept) and wakes the runner. Throws shutting-down once it closes. */
  submit(job: NewJob, options: AcceptOptions): { job: JobRow; created: boolean } {
    if (this.#closing) throw stopping();
    const accepted = this.#options.store.accept(job, options);
    if (accepted.created) this.#publishState(accepted.job);
    this.poke();
    return accepted;
  }

  /** Looks for work at once instead of at the next tick. */
  poke(): void {
    queueMicrotask(() => this.#guard("claim", () => this.#fill()));
  }

  /** Cancels a job: a waiting one at once, a running one by aborting its run. Throws not-found. */
  cancel(id: string): JobRow {
    const row = this.#options.store.cancel(id);
    const active = this.#active.get(id);
    if (active && row.cancelRequested) abort(active, "cancelled");
    if (row.state === "cancelled") this.#publishState(row);
    return row;
  }

  /**
   * Waits until a job is finished, by its stored state. Rejects with the signal's reason when that aborts,
   * with not-found for an unknown id, with shutting-down when the runner closes first.
   */
  waitFor(jobId: string, signal: AbortSignal): Promise<Job> {
    const row = this.#options.store.get(jobId);
    if (!row)
      return Promise.reject(new ServiceError("not-found", `Expected the id of a job but received ${jobId}.`));
    if (isFinal(row.state)) return Promise.resolve(toJob(row));
    if (this.#closing) return Promise.reject(stopping());
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise<Job>((resolve, reject) => {
      const waiter = { jobId, resolve, reject };
      const onAbort = (): void => this.#settleWaiter(waiter, () => reject(signal.reason));
      const ended =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          signal.removeEventListener("abort", onAbort);
          settle(value);
        };
      waiter.resolve = ended(resolve);
      waiter.reject = ended(reject);
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiters.add(waiter);
      this.#waitTimer ??= setInterval(() => this.#guard("wait", () => this.#checkWaiters()), WAIT_POLL_MS);
    });
  }

  /** How many jobs run at this moment. */
  activeCount(): number {
    return this.#active.size;
  }

  /**
   * Stops: takes no new job, gives the running ones `graceMs`, then aborts them and puts them back into the
   * queue, where the next start finds them. The store stays open.
   */
  async close(options: { graceMs: number }): Promise<void> {
    this.#closing = true;
    await settledWithin([...this.#active.values()], options.graceMs);
    for (const active of this.#active.values()) abort(active, "shutting-down");
    await settledWithin([...this.#active.values()], ABORT_GRACE_MS);
    for (const { lease } of this.#active.values()) {
      this.#guard("release", () => this.#options.store.release(lease, { countAttempt: false }));
    }
    clearInterval(this.#leaseTimer);
    this.#guard("wait", () => this.#checkWaiters());
    for (const waiter of [...this.#waiters]) this.#settleWaiter(waiter, () => waiter.reject(stopping()));
  }

  #tick(): void {
    for (const active of this.#active.values()) {
      this.#guard("renew", () =>
        this.#heed(active, this.#options.store.renew(active.lease, this.#options.leaseMs)),
      );
    }
    // After renewing: a clock that jumped must not take our own jobs from us.
    this.#guard("reap", () => this.#takeBack(this.#options.store.reap(this.#options.now())));
    this.poke();
  }

  #takeBack(rows: JobRow[]): void {
    for (const row of rows) {
      this.#options.log("job was abandoned", { job: row.id, attempts: row.attempts, state: row.state });
      this.#publishState(row);
    }
  }

  #fill(): void {
    const { store, owner, leaseMs, concurrency, now } = this.#options;
    while (!this.#closing && this.#active.size < concurrency) {
      const row = store.claim(owner, leaseMs);
      if (!row) return;
      const active: ActiveJob = {
        row,
        lease: leaseOf(row),
        controller: new AbortController(),
        reason: null,
        progressAt: now() - PROGRESS_INTERVAL_MS,
        stage: row.progress.stage,
        done: Promise.resolve(),
      };
      this.#active.set(row.id, active);
      this.#publishState(row);
      active.done = this.#work(active);
    }
  }

  async #work(active: ActiveJob): Promise<void> {
    const { run } = this.#options;
    let settle: () => boolean;
    try {
      const outcome = await run(active.row, {
        signal: active.controller.signal,
        onProgress: (progress) => this.#onProgress(active, progress),
      });
      settle = () => this.#succeed(active, outcome);
    } catch (error) {
      settle = () => this.#settleError(active, error);
    }
    this.#active.delete(active.row.id);
    // When the store cannot be written now, the lease runs out and the reaper takes the job back.
    this.#guard("settle", () => {
      if (!settle()) this.#options.log("a late result was refused", { job: active.row.id });
      const row = this.#options.store.get(active.row.id);
      if (row) this.#publishState(row);
    });
    this.poke();
  }

  #succeed({ row, lease }: ActiveJob, outcome: JobOutcome): boolean {
    const queue = (row.startedAt ?? row.createdAt) - row.createdAt;
    const timings = { queue, ...outcome.timings, total: this.#options.now() - row.createdAt };
    return this.#options.store.succeed(lease, { assetId: outcome.assetId, timings, result: outcome.result });
  }

  #settleError(active: ActiveJob, error: unknown): boolean {
    const { store, log } = this.#options;
    const { row, lease, reason } = active;
    if (reason === "lease-lost") return false;
    if (reason === "cancelled") return store.stop(lease);
    if (reason === "shutting-down") return store.release(lease, { countAttempt: false });
    log("job attempt failed", { job: row.id, attempt: row.attempts, error });
    if (!isRetryable(error)) return store.fail(lease, toProblem(error, { jobId: row.id }));
    const countAttempt = !isBlameless(error);
    const spent = (countAttempt && row.attempts >= MAX_ATTEMPTS) || row.fence >= MAX_CLAIMS;
    if (spent) return store.fail(lease, poisonProblem(row.id, row.fence));
    return store.release(lease, { countAttempt });
  }

  #onProgress(active: ActiveJob, progress: JobProgress): void {
    const now = this.#options.now();
    const due = Math.abs(now - active.progressAt) >= PROGRESS_INTERVAL_MS || progress.stage !== active.stage;
    if (!due || active.reason !== null) return;
    active.progressAt = now;
    active.stage = progress.stage;
    this.#guard("progress", () => this.#heed(active, this.#options.store.progress(active.lease, progress)));
    this.#options.events.publish({ type: "job.progress", job_id: active.row.id, progress });
  }

  #heed(active: ActiveJob, state: LeaseState): void {
    if (state === "lost") abort(active, "lease-lost");
    if (state === "cancel-requested") abort(active, "cancelled");
  }

  #publishState(row: JobRow): void {
    const { events } = this.#options;
    events.publish({ type: "job.state", job_id: row.id, status: row.state, asset_id: row.assetId });
    if (isFinal(row.state)) this.#checkWaiters();
  }

  #checkWaiters(): void {
    for (const waiter of [...this.#waiters]) {
      const row = this.#options.store.get(waiter.jobId);
      if (row && !isFinal(row.state)) continue;
      this.#settleWaiter(waiter, () =>
        row
          ? waiter.resolve(toJob(row))
          : waiter.reject(
              new ServiceError("not-found", `Expected the id of a job but received ${waiter.jobId}.`),
            ),
      );
    }
  }

  #settleWaiter(waiter: Waiter, settle: () => void): void {
    if (!this.#waiters.delete(waiter)) return;
    if (this.#waiters.size === 0) {
      clearInterval(this.#waitTimer);
      this.#waitTimer = undefined;
    }
    settle();
  }

  /** The store may fail (a full disk): that is logged and tried again at the next tick, never thrown. */
  #guard(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.log(`job store: could not ${what}`, { error });
    }
  }
}

/** Makes and starts a runner; see JobRunnerOptions. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  return new JobRunner(options);
}

function abort(active: ActiveJob, reason: AbortReason): void {
  active.reason ??= reason;
  active.controller.abort(
    reason === "shutting-down"
      ? stopping()
      : new ServiceError("cancelled", `The job was stopped: ${reason}.`),
  );
}

function stopping(): ServiceError {
  return new ServiceError("shutting-down", "The service is stopping: try again when it runs.", {
    retryAfter: 5,
  });
}

async function settledWithin(jobs: ActiveJob[], ms: number): Promise<void> {
  if (jobs.length === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.all(jobs.map((job) => job.done)), late]);
  clearTimeout(timer);
}
