import Database from "libsql";
import {
  describeValue,
  invalidParameter,
  type Problem,
  ServiceError,
  toProblem,
} from "../../shared/errors.ts";
import { JOB_STATES, type JobProgress, type JobState, type Lane } from "../../shared/job.ts";
import { newJobId } from "./job-id.ts";
import {
  type ClaimedJob,
  decodeRow,
  FIRST_PROGRESS,
  type JobEnd,
  type JobRow,
  type NewJob,
  type RawRow,
} from "./job-row.ts";
import { MIGRATIONS, SQL } from "./job-sql.ts";

/** A job is given up after this many worker deaths. */
const MAX_ATTEMPTS = 3;

/** Maximum number of starts of a job, whatever cut it short: it may be what crashes the service. */
const MAX_STARTS = 20;

export interface AcceptOptions {
  /** Identifies the client, for the limit per client. */
  client: string;
  /** Maximum number of unfinished jobs, in total and for this client. */
  limit: number;
  perClientLimit: number;
  /** The same key and body return the same job. The hash is of the body as it was sent. */
  idempotencyKey?: string | undefined;
  bodyHash?: string | undefined;
}

export interface ListOptions {
  state?: JobState | undefined;
  limit: number;
  /** Job id: only older ones are listed. */
  before?: string | undefined;
}

/**
 * What cut a run short: its worker process died, something that is not the job's fault happened, or the service stopped
 * in an orderly way, which does not count.
 */
export type Interruption = "worker-died" | "blameless" | "stopped";

export interface JobStoreOptions {
  /** Database file; its folder must exist. */
  file: string;
  /** ms since 1970. */
  now: () => number;
}

type Parameters = Record<string, string | number | Uint8Array | null>;

/**
 * The durable queue of one process: one SQLite row per job. Each call writes at most one statement, which is on disk
 * when the call returns (WAL with synchronous=FULL). Only the progress of running jobs is kept in memory, because a job
 * that is cut short starts over.
 */
export class JobStore {
  readonly #db: Database.Database;
  readonly #now: () => number;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #progress = new Map<string, JobProgress>();

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
   * Stores a job durably. If the idempotency key was used with the same body before, it returns that job, and `created`
   * is false. Throws idempotency-conflict for the same key with a different body, and queue-full at a limit.
   */
  accept(job: NewJob, options: AcceptOptions): { job: JobRow; created: boolean } {
    const earlier = this.#jobOfKey(options);
    if (earlier) return { job: earlier, created: false };
    this.#refuseWhenFull(options);
    const now = this.#now();
    const id = newJobId(now);
    this.#run(SQL.insert, {
      id,
      kind: job.kind,
      lane: job.lane,
      client: options.client,
      request: JSON.stringify(job.request),
      plan: job.plan,
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
  }

  /** Starts the oldest waiting job of a lane; null if none is waiting. */
  claim(lane: Lane): ClaimedJob | null {
    const [row] = this.#all(SQL.claim, { lane, now: this.#now() });
    if (!row) return null;
    const plan = row.plan ? new Uint8Array(row.plan as ArrayBuffer) : null;
    return Object.assign(this.#decode(row), { plan });
  }

  /** Records the progress of a running job. */
  progress(id: string, progress: JobProgress): void {
    this.#progress.set(id, progress);
  }

  /** Ends a running job and deletes its plan. A job that is not running stays as it is. */
  finish(id: string, end: JobEnd): JobRow {
    const success = end.state === "succeeded" ? end : null;
    const progress = this.#progress.get(id) ?? FIRST_PROGRESS;
    this.#run(SQL.finish, {
      id,
      state: end.state,
      now: this.#now(),
      progress: JSON.stringify(success ? { ...progress, stage: "done" } : progress),
      assetId: success?.assetId ?? null,
      timings: success && JSON.stringify(success.timings),
      result: success && JSON.stringify(success.result),
      error: end.state === "failed" ? JSON.stringify(end.error) : null,
    });
    this.#progress.delete(id);
    return this.#mustGet(id);
  }

  /**
   * Puts a running job that was cut short back in its place in the queue. If it was to be cancelled, it ends instead; if
   * it was started too often, it fails.
   */
  release(id: string, why: Interruption): JobRow {
    const row = this.#mustGet(id);
    if (row.cancelRequested) return this.finish(id, { state: "cancelled" });
    const isPoison =
      (why === "worker-died" && row.attempts >= MAX_ATTEMPTS) ||
      (why !== "stopped" && row.starts >= MAX_STARTS);
    if (isPoison) return this.finish(id, { state: "failed", error: poisonProblem(row) });
    this.#run(SQL.release, {
      id,
      uncountedAttempts: why === "worker-died" ? 0 : 1,
      uncountedStarts: why === "stopped" ? 1 : 0,
    });
    this.#progress.delete(id);
    return this.#mustGet(id);
  }

  /**
   * Releases every job that is marked as running. Call it only when the service starts: such jobs were cut off with the
   * previous service, which does not count against them. Returns their new state.
   */
  takeBack(): JobRow[] {
    return this.#rows(SQL.running, {}).map(({ id }) => this.release(id, "blameless"));
  }

  /**
   * Cancels a job: a waiting one at once, a running one by recording that it must stop, which survives a crash. A
   * finished one stays as it is. Throws not-found.
   */
  cancel(id: string): JobRow {
    if (!this.#run(SQL.cancelQueued, { id, now: this.#now() })) this.#run(SQL.cancelRunning, { id });
    return this.#mustGet(id);
  }

  /** Finds a job, or null. */
  get(id: string): JobRow | null {
    return this.#rows(SQL.byId, { id })[0] ?? null;
  }

  /** Lists jobs, newest first. */
  list(options: ListOptions): JobRow[] {
    return this.#rows(SQL.list, {
      state: options.state ?? null,
      before: options.before ?? null,
      limit: options.limit,
    });
  }

  /** Counts jobs by state. */
  counts(): Record<JobState, number> {
    const found = new Map(this.#all(SQL.countByState, {}).map(({ state, n }) => [state, Number(n)]));
    const counts = JOB_STATES.map((state) => [state, found.get(state) ?? 0]);
    return Object.fromEntries(counts) as Record<JobState, number>;
  }

  /** Deletes finished jobs that ended before `olderThan` (ms), except the newest `keep`. Returns how many. */
  prune(olderThan: number, keep: number): number {
    return this.#statement(SQL.prune).run({ olderThan, keep }).changes;
  }

  /** Closes the database. */
  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #jobOfKey({ idempotencyKey: key, bodyHash }: AcceptOptions): JobRow | null {
    if (key === undefined) return null;
    const [row] = this.#all(SQL.byKey, { key });
    if (!row) return null;
    if (row.body_hash === (bodyHash ?? null)) return this.#decode(row);
    const expected = `a new key, because another request (job ${row.id}) used this one`;
    throw invalidParameter("Idempotency-Key", describeValue(key), expected, { code: "idempotency-conflict" });
  }

  #refuseWhenFull({ limit, perClientLimit, client }: AcceptOptions): void {
    const all = this.#number(SQL.countUnfinished);
    const own = this.#number(SQL.countUnfinishedOfClient, { client });
    if (all < limit && own < perClientLimit) return;
    const [count, whose] = all >= limit ? [all, "jobs"] : [own, "jobs of this client"];
    // A place is free as soon as a running job ends, so the usual time of one job is the honest advice.
    const seconds = Math.max(1, Math.ceil(this.#number(SQL.recentDuration) / 1000));
    const message = `The queue is full (${count} unfinished ${whose}): try again in ${seconds} s.`;
    throw new ServiceError("queue-full", message, { retryAfter: seconds });
  }

  #migrate(): void {
    const migrate = this.#db.transaction(() => {
      const [row] = this.#db.pragma("user_version") as { user_version: number }[];
      const version = row?.user_version ?? 0;
      if (version > MIGRATIONS.length) {
        throw new ServiceError(
          "internal",
          `A newer Pixelkiln wrote this project's job database (version ${version}; this one knows up to ${MIGRATIONS.length}): use the newer one, or choose another project.`,
        );
      }
      for (const step of MIGRATIONS.slice(version)) this.#db.exec(step);
      this.#db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    });
    migrate.immediate();
  }

  #mustGet(id: string): JobRow {
    const row = this.get(id);
    if (!row) throw new ServiceError("not-found", `There is no job ${describeValue(id)}.`);
    return row;
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Runs a write; true if it changed a row. */
  #run(sql: string, parameters: Parameters): boolean {
    return this.#statement(sql).run(parameters).changes > 0;
  }

  // Always `all`, never `get`: a statement with RETURNING commits only when it has run to the end.
  #all(sql: string, parameters: Parameters): RawRow[] {
    return this.#statement(sql).all(parameters) as RawRow[];
  }

  #rows(sql: string, parameters: Parameters): JobRow[] {
    return this.#all(sql, parameters).map((row) => this.#decode(row));
  }

  #decode(row: RawRow): JobRow {
    const job = decodeRow(row);
    // Not a copy: spreading a row parses its request.
    job.progress = this.#progress.get(job.id) ?? job.progress;
    return job;
  }

  /** Reads the single number that a query returns; 0 if it is NULL. */
  #number(sql: string, parameters: Parameters = {}): number {
    return Number(Object.values(this.#all(sql, parameters)[0] ?? {})[0] ?? 0);
  }
}

function poisonProblem({ id, starts }: JobRow): Problem {
  const message = `The process kept dying on this job (${starts} starts), so it is not tried again. The service's log says why.`;
  return toProblem(new ServiceError("generation-failed", message), { jobId: id });
}
