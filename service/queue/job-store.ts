import Database from "libsql";
import type { Timings } from "../../shared/asset.ts";
import { describeValue, type Problem, ServiceError, toProblem } from "../../shared/errors.ts";
import { JOB_STATES, type JobProgress, type JobState } from "../../shared/job.ts";
import { newJobId } from "./job-id.ts";
import {
  decodeRow,
  FIRST_PROGRESS,
  type JobRow,
  type Lease,
  type LeaseState,
  leaseOf,
  type NewJob,
} from "./job-row.ts";
import { MIGRATIONS, SQL } from "./job-sql.ts";

/** A job that took its worker down this often is not tried again. */
export const MAX_ATTEMPTS = 3;

/** Starts of one job, those included that a death cut off for which the job is not to blame. */
export const MAX_CLAIMS = 20;

export interface AcceptOptions {
  /** Who asks: the per-client bound counts by it. */
  client: string;
  /** Most unfinished jobs, of all and of this client. */
  limit: number;
  perClientLimit: number;
  /** The same key and body give the same job; the hash is over the body as it was sent. */
  idempotencyKey?: string | undefined;
  bodyHash?: string | undefined;
}

export interface Success {
  assetId: string;
  timings: Timings;
  result: Record<string, unknown>;
}

export interface ListOptions {
  state?: JobState | undefined;
  limit: number;
  /** Job id: only older ones are listed. */
  before?: string | undefined;
}

export interface JobStoreOptions {
  /** Database file; its folder must exist. */
  file: string;
  /** ms since 1970. */
  now: () => number;
}

type Parameters = Record<string, string | number | null>;

/**
 * The durable queue: one SQLite row a job. Accepting, claiming and finishing are single transactions that
 * are on disk when the call returns (WAL with synchronous=FULL). Every write of a running job is fenced: it
 * names the owner and the claim, so that a worker that lost its lease cannot overwrite the work of the next.
 */
export class JobStore {
  readonly #db: Database.Database;
  readonly #now: () => number;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(options: JobStoreOptions) {
    this.#db = new Database(options.file);
    this.#now = options.now;
    try {
      this.#db.pragma("busy_timeout = 5000");
      this.#db.pragma("journal_mode = WAL");
      this.#db.pragma("synchronous = FULL");
      this.#migrate();
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /**
   * Stores a job, durably. For an idempotency key that was used with the same body the job of then is
   * returned and `created` is false.
   * Throws idempotency-conflict for the same key with another body, queue-full at a bound.
   */
  accept(job: NewJob, options: AcceptOptions): { job: JobRow; created: boolean } {
    return this.#transaction(() => {
      const earlier = this.#jobOfKey(options);
      if (earlier) return { job: earlier, created: false };
      this.#refuseWhenFull(options);
      const now = this.#now();
      const id = newJobId(now);
      this.#run(SQL.insert, {
        id,
        kind: job.kind,
        lane: job.lane,
        plan: job.plan as never,
        client: options.client,
        request: JSON.stringify(job.request),
        modelId: job.modelId,
        modelSha256: job.modelSha256,
        pipelineVersion: job.pipelineVersion,
        extras: JSON.stringify(job.extras),
        key: options.idempotencyKey ?? null,
        bodyHash: options.bodyHash ?? null,
        now,
        progress: JSON.stringify(FIRST_PROGRESS),
      });
      return { job: this.#mustGet(id), created: true };
    });
  }

  /** Takes the oldest waiting job for `leaseMs`, or null when none waits. No two callers get the same one. */
  claim(owner: string, leaseMs: number): JobRow | null {
    const now = this.#now();
    return this.#row(SQL.claim, { owner, now, until: now + leaseMs });
  }

  /** Holds a job for `leaseMs` from now. */
  renew(lease: Lease, leaseMs: number): LeaseState {
    return this.#leaseState(SQL.renew, { ...lease, until: this.#now() + leaseMs });
  }

  /** Stores how far a running job is. */
  progress(lease: Lease, progress: JobProgress): LeaseState {
    return this.#leaseState(SQL.progress, { ...lease, progress: JSON.stringify(progress) });
  }

  /** Ends a job well. False when the lease was lost: then nothing was written. */
  succeed(lease: Lease, success: Success): boolean {
    return this.#run(SQL.succeed, {
      ...lease,
      now: this.#now(),
      progress: JSON.stringify({ ...this.#mustGet(lease.id).progress, stage: "done" } satisfies JobProgress),
      assetId: success.assetId,
      timings: JSON.stringify(success.timings),
      result: JSON.stringify(success.result),
    });
  }

  /** Ends a job with an error. False when the lease was lost. */
  fail(lease: Lease, problem: Problem): boolean {
    return this.#run(SQL.fail, { ...lease, now: this.#now(), error: JSON.stringify(problem) });
  }

  /** Ends a running job as cancelled, once its worker has stopped. False when the lease was lost. */
  stop(lease: Lease): boolean {
    return this.#run(SQL.stop, { ...lease, now: this.#now() });
  }

  /**
   * Puts a running job back to its place in the queue. An orderly stop passes `countAttempt: false`: it is
   * not the job's fault. False when the lease was lost.
   */
  release(lease: Lease, options: { countAttempt: boolean }): boolean {
    const uncounted = options.countAttempt ? 0 : 1;
    return this.#run(SQL.release, { ...lease, uncounted, progress: JSON.stringify(FIRST_PROGRESS) });
  }

  /**
   * Cancels a job: a waiting one at once, a running one by asking its worker to stop; a finished one stays
   * as it is. Throws not-found.
   */
  cancel(id: string): JobRow {
    return this.#transaction(() => {
      if (!this.#run(SQL.cancelQueued, { id, now: this.#now() })) this.#run(SQL.cancelRunning, { id });
      return this.#mustGet(id);
    });
  }

  /**
   * Takes jobs back whose lease ended by `now`: they wait again, except those that were to be cancelled and
   * those that were tried MAX_ATTEMPTS times, which fail. Returns the jobs in their new state.
   */
  reap(now: number): JobRow[] {
    return this.#transaction(() =>
      this.#rows(SQL.abandoned, { before: now }).map((row) => this.#takeBack(row, true)),
    );
  }

  /**
   * Takes every running job back, whatever its lease says. Only for a process that knows itself to be the
   * only one on this database, at its start. A service that was killed says nothing against its job, so the
   * attempt does not count; after MAX_CLAIMS starts the job is given up as one that takes the service down.
   */
  reapAll(): JobRow[] {
    return this.#transaction(() =>
      this.#rows(SQL.abandoned, { before: Number.MAX_SAFE_INTEGER }).map((row) => this.#takeBack(row, false)),
    );
  }

  /** Finds a job, or null. */
  get(id: string): JobRow | null {
    return this.#row(SQL.byId, { id });
  }

  /** Lists jobs, newest first. */
  list(options: ListOptions): JobRow[] {
    return this.#rows(SQL.list, {
      state: options.state ?? null,
      before: options.before ?? null,
      limit: options.limit,
    });
  }

  /** Counts the jobs of each state. */
  counts(): Record<JobState, number> {
    const found = new Map<string, number>();
    for (const row of this.#all(SQL.countByState, {})) found.set(String(row.state), Number(row.n));
    return Object.fromEntries(JOB_STATES.map((state) => [state, found.get(state) ?? 0])) as Record<
      JobState,
      number
    >;
  }

  /** Deletes finished jobs that ended before `olderThan` (ms), but keeps the newest `keep`. Returns how many. */
  prune(olderThan: number, keep: number): number {
    return this.#statement(SQL.prune).run({ olderThan, keep }).changes;
  }

  /** Closes the database. */
  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #takeBack(row: JobRow, countAttempt: boolean): JobRow {
    const lease = leaseOf(row);
    const spent = countAttempt ? row.attempts >= MAX_ATTEMPTS : row.fence >= MAX_CLAIMS;
    if (row.cancelRequested) this.stop(lease);
    else if (spent) this.fail(lease, poisonProblem(row.id, row.fence));
    else this.release(lease, { countAttempt });
    return this.#mustGet(row.id);
  }

  #jobOfKey(options: AcceptOptions): JobRow | null {
    if (options.idempotencyKey === undefined) return null;
    const [row] = this.#all(SQL.byKey, { key: options.idempotencyKey });
    if (!row) return null;
    if (row.body_hash === (options.bodyHash ?? null)) return decodeRow(row);
    const got = describeValue(options.idempotencyKey);
    throw new ServiceError(
      "idempotency-conflict",
      `Expected the request of job ${row.id} for the idempotency key ${got} but received another request.`,
      {
        errors: [{ field: "Idempotency-Key", got, expected: "a key that was not used for another request" }],
      },
    );
  }

  #refuseWhenFull({ limit, perClientLimit, client }: AcceptOptions): void {
    const all = this.#count(SQL.countUnfinished, {});
    const own = this.#count(SQL.countUnfinishedOfClient, { client });
    if (all < limit && own < perClientLimit) return;
    const [bound, whose] = all >= limit ? [limit, "in the queue"] : [perClientLimit, "of one client"];
    // A place is free when the job under way is done: the usual time of one job is the honest advice.
    const usualMs = Number(this.#all(SQL.recentDuration, {})[0]?.ms ?? 0);
    throw new ServiceError(
      "queue-full",
      `Expected fewer than ${bound} unfinished jobs ${whose}: try again later.`,
      {
        retryAfter: Math.max(1, Math.ceil(usualMs / 1000)),
      },
    );
  }

  #migrate(): void {
    this.#transaction(() => {
      const [row] = this.#db.pragma("user_version") as { user_version: number }[];
      const version = row?.user_version ?? 0;
      if (version > MIGRATIONS.length) {
        throw new ServiceError(
          "internal",
          `Expected at most version ${MIGRATIONS.length} for the job database but received ${version}: it is of a newer Pixelkiln.`,
        );
      }
      for (const step of MIGRATIONS.slice(version)) this.#db.exec(step);
      this.#db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    });
  }

  #mustGet(id: string): JobRow {
    const row = this.get(id);
    if (!row)
      throw new ServiceError("not-found", `Expected the id of a job but received ${describeValue(id)}.`);
    return row;
  }

  #leaseState(sql: string, parameters: Parameters): LeaseState {
    const [row] = this.#all(sql, parameters);
    if (!row) return "lost";
    return row.cancel_requested === 1 ? "cancel-requested" : "held";
  }

  #transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate() as T;
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Runs a write; true when it changed a row. */
  #run(sql: string, parameters: Parameters): boolean {
    return this.#statement(sql).run(parameters).changes > 0;
  }

  // Always `all`, never `get`: a statement with RETURNING is committed only when it has run to its end.
  #all(sql: string, parameters: Parameters): Record<string, string | number | null>[] {
    return this.#statement(sql).all(parameters) as Record<string, string | number | null>[];
  }

  #rows(sql: string, parameters: Parameters): JobRow[] {
    return this.#all(sql, parameters).map(decodeRow);
  }

  #row(sql: string, parameters: Parameters): JobRow | null {
    return this.#rows(sql, parameters)[0] ?? null;
  }

  #count(sql: string, parameters: Parameters): number {
    return Number(this.#all(sql, parameters)[0]?.n ?? 0);
  }
}

/** Says that a job took its worker down too often. */
export function poisonProblem(jobId: string, attempts: number): Problem {
  const error = new ServiceError(
    "generation-failed",
    `Expected the job to finish but its process ended ${attempts} times: it is not tried again (poison).`,
  );
  return toProblem(error, { jobId });
}
