import type { Timings } from "../../shared/asset.ts";
import type { Problem } from "../../shared/errors.ts";
import type { Job, JobProgress, JobState, Lane } from "../../shared/job.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";

/** A job at the time it is accepted. Everything that decides its bytes is fixed here. */
export interface NewJob {
  kind: string;
  lane: Lane;
  /** The request with every field resolved, including the seed. */
  request: Record<string, unknown>;
  /** What to make, as bytes that only the planner understands. */
  plan: Uint8Array | null;
  /** "" if no model draws. */
  modelId: string;
  modelSha256: string;
  pipelineVersion: string;
  /** What the answer tells the client besides the pictures. */
  extras: { ignored: IgnoredParameter[]; warnings: string[] };
}

/** A stored job without its plan, which may be megabytes. Times are ms since 1970. */
export interface JobRow extends Omit<NewJob, "plan"> {
  id: string;
  state: JobState;
  client: string;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  /** Starts that count against the job: it is given up if too many of them kill their worker. */
  attempts: number;
  /** All starts, except those cut short by an orderly stop of the service. */
  starts: number;
  cancelRequested: boolean;
  progress: JobProgress;
  assetId: string | null;
  error: Problem | null;
  timings: Timings | null;
  /** Small facts for the answer; pictures are in the library. */
  result: Record<string, unknown> | null;
}

/** A job to run now. */
export interface ClaimedJob extends JobRow {
  /** null for a job that an older version accepted: it must be planned from its request. */
  plan: Uint8Array | null;
}

/** How a job ends. */
export type JobEnd =
  | { state: "succeeded"; assetId: string; timings: Timings; result: Record<string, unknown> }
  | { state: "failed"; error: Problem }
  | { state: "cancelled" };

export const FIRST_PROGRESS: JobProgress = { stage: "queued", step: 0, steps: 0 };

/** A row of the `job` table as the database returns it. */
export type RawRow = Record<string, string | number | ArrayBuffer | null>;

/** Reads a row of the `job` table. The store wrote it, so its JSON is not checked again. */
export function decodeRow(row: RawRow): JobRow {
  const text = (name: string): string => String(row[name]);
  const number = (name: string): number => Number(row[name]);
  const json = <T>(name: string): T => JSON.parse(text(name)) as T;
  const optional = <T>(name: string, read: (name: string) => T): T | null =>
    row[name] === null ? null : read(name);
  return {
    id: text("id"),
    kind: text("kind"),
    lane: text("lane") as Lane,
    state: text("state") as JobState,
    // Parsed only on demand, because a request with pictures may be megabytes.
    get request() {
      return json<Record<string, unknown>>("request");
    },
    modelId: text("model_id"),
    modelSha256: text("model_sha256"),
    pipelineVersion: text("pipeline_version"),
    extras: json("extras"),
    client: text("client"),
    createdAt: number("created_at"),
    startedAt: optional("started_at", number),
    finishedAt: optional("finished_at", number),
    attempts: number("attempts"),
    starts: number("starts"),
    cancelRequested: number("cancel_requested") === 1,
    progress: json("progress"),
    assetId: optional("asset_id", text),
    error: optional("error", (name) => json<Problem>(name)),
    timings: optional("timings", (name) => json<Timings>(name)),
    result: optional("result", (name) => json<Record<string, unknown>>(name)),
  };
}

/** Turns a stored job into the API's form. */
export function toJob(row: JobRow): Job {
  const date = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    id: row.id,
    kind: row.kind,
    status: row.state,
    created_at: new Date(row.createdAt).toISOString(),
    started_at: date(row.startedAt),
    finished_at: date(row.finishedAt),
    attempts: row.attempts,
    progress: row.progress,
    asset_id: row.assetId,
    error: row.error,
    get request() {
      return row.request;
    },
  };
}
