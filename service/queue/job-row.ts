import type { Timings } from "../../shared/asset.ts";
import type { Problem } from "../../shared/errors.ts";
import type { Job, JobProgress, JobState } from "../../shared/job.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";

/** What a job is when it is accepted: everything that decides its bytes is fixed here. */
export interface NewJob {
  kind: Job["kind"];
  lane: "generator" | "pixels";
  plan: Uint8Array | null;
  /** The request with every field resolved, the seed included. */
  request: Record<string, unknown>;
  /** "" where no model draws. */
  modelId: string;
  modelSha256: string;
  pipelineVersion: string;
  /** What the answer tells the client beside the pictures. */
  extras: { ignored: IgnoredParameter[]; warnings: string[] };
}

/** A job as the store holds it. Times are ms since 1970. */
export interface JobRow extends NewJob {
  id: string;
  state: JobState;
  client: string;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  /** Claims that counted: a release by an orderly stop does not. */
  attempts: number;
  leaseOwner: string | null;
  leaseUntil: number | null;
  /** Grows with each claim: a worker with an old fence can no longer write. */
  fence: number;
  cancelRequested: boolean;
  progress: JobProgress;
  assetId: string | null;
  error: Problem | null;
  timings: Timings | null;
  /** Small facts for the answer; pictures stay in the library. */
  result: Record<string, unknown> | null;
  idempotencyKey: string | null;
}

/** Proof of a claim: every write of a running job names it. */
export interface Lease {
  id: string;
  owner: string;
  fence: number;
}

/** Whether a lease still holds, and whether somebody wants the job to stop. */
export type LeaseState = "held" | "cancel-requested" | "lost";

export const FIRST_PROGRESS: JobProgress = { stage: "queued", step: 0, steps: 0 };

type Column = string | number | null;

/** Reads a row of the `job` table. The store alone wrote it, so its JSON is not checked again. */
export function decodeRow(row: Record<string, Column>): JobRow {
  const text = (name: string): string => String(row[name]);
  const json = <T>(name: string): T => JSON.parse(text(name)) as T;
  const optional = <T>(name: string, read: (name: string) => T): T | null =>
    row[name] === null ? null : read(name);
  const number = (name: string): number => Number(row[name]);
  return {
    id: text("id"),
    kind: text("kind") as Job["kind"],
    lane: text("lane") as NewJob["lane"],
    plan: row.plan === null ? null : new Uint8Array(row.plan as unknown as ArrayBuffer),
    state: text("state") as JobState,
    request: json("request"),
    modelId: text("model_id"),
    modelSha256: text("model_sha256"),
    pipelineVersion: text("pipeline_version"),
    extras: json("extras"),
    client: text("client"),
    createdAt: number("created_at"),
    startedAt: optional("started_at", number),
    finishedAt: optional("finished_at", number),
    attempts: number("attempts"),
    leaseOwner: optional("lease_owner", text),
    leaseUntil: optional("lease_until", number),
    fence: number("fence"),
    cancelRequested: number("cancel_requested") === 1,
    progress: json("progress"),
    assetId: optional("asset_id", text),
    error: optional("error", (name) => json<Problem>(name)),
    timings: optional("timings", (name) => json<Timings>(name)),
    result: optional("result", (name) => json<Record<string, unknown>>(name)),
    idempotencyKey: optional("idempotency_key", text),
  };
}

/** Gives the lease of a row that `claim` returned. */
export function leaseOf(row: JobRow): Lease {
  return { id: row.id, owner: row.leaseOwner ?? "", fence: row.fence };
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
    request: row.request,
  };
}
