import {
  describeValue,
  invalidParameter,
  type Problem,
  ServiceError,
  toProblem,
} from "../../shared/errors.ts";
import { JOB_STATES, type JobProgress, type JobState, type Lane } from "../../shared/job.ts";
import { openDatabase, type QueueDatabase } from "./database.ts";
import type { Parameters } from "./database-messages.ts";
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
import { SQL } from "./job-sql.ts";

/**
 * A job is given up after this many worker deaths. The last try is made with nothing else at work, because the others may
 * have been other jobs' doing.
 */
const MAX_ATTEMPTS = 4;

/** Maximum number of starts of a job, whatever cut it short: it may be what crashes the service. */
const MAX_STARTS = 20;

/** How many jobs may wait. */
export interface Bounds {
  /** Identifies the client, for the limit per client. */
  client: string;
  /** Maximum number of unfinished jobs, in total and for this client. */
  limit: number;
  perClientLimit: number;
}

export interface AcceptOptions extends Bounds {
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

/**
 * The durable queue of one process: one SQLite row per job. Each call writes at most one statement, which is on disk
 * when its promise resolves (WAL with synchronous=FULL). Calls that write take their turns. Only the progress of running
 * jobs is kept in memory, because a job that is cut short starts over. Every call rejects with storage-full if the disk
 * is full or cannot be written, and with storage-busy while another program locks the database.
 */
export class JobStore {
  readonly #db: QueueDatabase;
  readonly #now: () => number;
  readonly #progress = new Map<string, JobProgress>();
  /** The last call that writes, settled or not. */
  #turn: Promise<unknown> = Promise.resolve();
  #failure: unknown = null;

  private constructor(db: QueueDatabase, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** Opens the queue. Throws a ServiceError for a database that is damaged or of a newer version. */
  static async open({ file, now }: JobStoreOptions): Promise<JobStore> {
    return new JobStore(await openDatabase(file), now);
  }

  /** Why the last write failed; null if it did not. */
  get failure(): unknown {
    return this.#failure;
  }

  /**
   * Stores a job durably. If the idempotency key was used with the same body before, it returns that job, and `created`
   * is false. Throws idempotency-conflict for the same key with a different body, and queue-full at a limit.
   */
  accept(job: NewJob, options: AcceptOptions): Promise<{ job: JobRow; created: boolean }> {
    return this.#inTurn(async () => {
      const earlier = await this.#jobOfKey(options);
      if (earlier) return { job: earlier, created: false };
      await this.checkRoom(options);
      const now = this.#now();
      const [row] = await this.#db.all(SQL.insert, {
        id: newJobId(now),
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
      if (!row) throw new Error("The job database returned no row for a new job.");
      return { job: this.#decode(row), created: true };
    });
  }

  /** Throws queue-full if `accept` would refuse a new job now. */
  async checkRoom({ limit, perClientLimit, client }: Bounds): Promise<void> {
    const all = await this.#number(SQL.countUnfinished);
    const own = await this.#number(SQL.countUnfinishedOfClient, { client });
    if (all < limit && own < perClientLimit) return;
    const [count, whose] = all >= limit ? [all, "jobs"] : [own, "jobs of this client"];
    // A place is free as soon as a running job ends, so the usual time of one job is the honest advice.
    const seconds = Math.max(1, Math.ceil((await this.#number(SQL.recentDuration)) / 1000));
    const message = `The queue is full (${count} unfinished ${whose}): try again in ${seconds} s.`;
    throw new ServiceError("queue-full", message, { retryAfter: seconds });
  }

  /**
   * Starts the oldest waiting job of a lane; null if none is waiting. A job that took its worker down several times is
   * claimed only with `suspects`.
   */
  claim(lane: Lane, { suspects = true } = {}): Promise<ClaimedJob | null> {
    return this.#inTurn(async () => {
      const below = suspects ? MAX_ATTEMPTS : MAX_ATTEMPTS - 1;
      const [row] = await this.#db.all(SQL.claim, { lane, below, now: this.#now() });
      if (!row) return null;
      const plan = row.plan ? new Uint8Array(row.plan as ArrayBuffer) : null;
      return Object.assign(this.#decode(row), { plan });
    });
  }

  /** Records the progress of a running job. */
  progress(id: string, progress: JobProgress): void {
    this.#progress.set(id, progress);
  }

  /** Ends a running job and deletes its plan. A job that is not running stays as it is. */
  finish(id: string, end: JobEnd): Promise<JobRow> {
    return this.#inTurn(() => this.#finish(id, end));
  }

  /**
   * Puts a running job that was cut short back in its place in the queue. If it was to be cancelled, it ends instead; if
   * it was started too often, it fails.
   */
  release(id: string, why: Interruption): Promise<JobRow> {
    return this.#inTurn(() => this.#release(id, why));
  }

  /**
   * Releases every job that is marked as running. Call it only when the service starts: such jobs were cut off with the
   * previous service, which does not count against them. Returns their new state.
   */
  takeBack(): Promise<JobRow[]> {
    return this.#inTurn(async () => {
      const rows: JobRow[] = [];
      for (const { id } of await this.#rows(SQL.running, {})) rows.push(await this.#release(id, "blameless"));
      return rows;
    });
  }

  /**
   * Cancels a job: a waiting one at once, a running one by recording that it must stop, which survives a crash. A
   * finished one stays as it is. Throws not-found.
   */
  cancel(id: string): Promise<JobRow> {
    return this.#inTurn(async () => {
      const isDone = await this.#db.run(SQL.cancelQueued, { id, now: this.#now() });
      if (isDone === 0) await this.#db.run(SQL.cancelRunning, { id });
      return this.#mustGet(id);
    });
  }

  /** Finds a job, or null. */
  async get(id: string): Promise<JobRow | null> {
    return (await this.#rows(SQL.byId, { id }))[0] ?? null;
  }

  /** Lists jobs, newest first. */
  list(options: ListOptions): Promise<JobRow[]> {
    return this.#rows(SQL.list, {
      state: options.state ?? null,
      before: options.before ?? null,
      limit: options.limit,
    });
  }

  /** Counts jobs by state. */
  async counts(): Promise<Record<JobState, number>> {
    const rows = await this.#db.all(SQL.countByState, {});
    const found = new Map(rows.map(({ state, n }) => [state, Number(n)]));
    const counts = JOB_STATES.map((state) => [state, found.get(state) ?? 0]);
    return Object.fromEntries(counts) as Record<JobState, number>;
  }

  /** Deletes finished jobs that ended before `olderThan` (ms), except the newest `keep`. Returns how many. */
  prune(olderThan: number, keep: number): Promise<number> {
    return this.#inTurn(() => this.#db.run(SQL.prune, { olderThan, keep }));
  }

  /** Writes something that changes nothing: rejects like any other write if the disk does not take it. */
  probe(): Promise<void> {
    return this.#inTurn(async () => void (await this.#db.run(SQL.probe, {})));
  }

  /** Lets the calls before it end, and closes the database. */
  async close(): Promise<void> {
    await this.#turn;
    await this.#db.close();
  }

  /** Runs one call that writes after the other, and remembers whether the disk took it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.then(
      () => {
        this.#failure = null;
      },
      (error: unknown) => {
        if (isOfDisk(error)) this.#failure = error;
      },
    );
    return result;
  }

  async #finish(id: string, end: JobEnd): Promise<JobRow> {
    const success = end.state === "succeeded" ? end : null;
    const progress = this.#progress.get(id) ?? FIRST_PROGRESS;
    await this.#db.run(SQL.finish, {
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

  async #release(id: string, why: Interruption): Promise<JobRow> {
    const row = await this.#mustGet(id);
    if (row.cancelRequested) return this.#finish(id, { state: "cancelled" });
    const isPoison =
      (why === "worker-died" && row.attempts >= MAX_ATTEMPTS) ||
      (why !== "stopped" && row.starts >= MAX_STARTS);
    if (isPoison) return this.#finish(id, { state: "failed", error: poisonProblem(row) });
    await this.#db.run(SQL.release, {
      id,
      uncountedAttempts: why === "worker-died" ? 0 : 1,
      uncountedStarts: why === "stopped" ? 1 : 0,
    });
    this.#progress.delete(id);
    return this.#mustGet(id);
  }

  async #jobOfKey({ idempotencyKey: key, bodyHash }: AcceptOptions): Promise<JobRow | null> {
    if (key === undefined) return null;
    const [row] = await this.#db.all(SQL.byKey, { key });
    if (!row) return null;
    if (row.body_hash === (bodyHash ?? null)) return this.#decode(row);
    const expected = `a new key, because another request (job ${row.id}) used this one`;
    throw invalidParameter("Idempotency-Key", describeValue(key), expected, { code: "idempotency-conflict" });
  }

  async #mustGet(id: string): Promise<JobRow> {
    const row = await this.get(id);
    if (!row) throw new ServiceError("not-found", `There is no job ${describeValue(id)}.`);
    return row;
  }

  async #rows(sql: string, parameters: Parameters): Promise<JobRow[]> {
    return (await this.#db.all(sql, parameters)).map((row) => this.#decode(row));
  }

  #decode(row: RawRow): JobRow {
    const job = decodeRow(row);
    // Not a copy: spreading a row parses its request.
    job.progress = this.#progress.get(job.id) ?? job.progress;
    return job;
  }

  /** Reads the single number that a query returns; 0 if it is NULL. */
  async #number(sql: string, parameters: Parameters = {}): Promise<number> {
    const [row] = await this.#db.all(sql, parameters);
    return Number(Object.values(row ?? {})[0] ?? 0);
  }
}

function isOfDisk(error: unknown): boolean {
  return error instanceof ServiceError && (error.code === "storage-full" || error.code === "storage-busy");
}

function poisonProblem({ id, starts }: JobRow): Problem {
  const message = `The process kept dying on this job (${starts} starts), so it is not tried again. The service's log says why.`;
  return toProblem(new ServiceError("generation-failed", message), { jobId: id });
}
