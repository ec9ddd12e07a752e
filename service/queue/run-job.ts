import type { JobProgress } from "../../shared/job.ts";
import type { ClaimedJob } from "./job-row.ts";

/** What a finished run returns: the published asset, ms of its parts, small facts for the answer. */
export interface JobOutcome {
  assetId: string;
  timings: { model: number; post: number; write: number };
  result: Record<string, unknown>;
}

export interface RunHooks {
  /** Aborted when the job is cancelled or the service stops. */
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/**
 * Runs one job. It may be called again for the same job (after a crash) and must give the same bytes. An error with
 * `retryable: true` means that the job may be tried again, because its process died; with `begun: false` as well, the
 * job had not begun and is not to blame.
 */
export type RunJob = (job: ClaimedJob, hooks: RunHooks) => Promise<JobOutcome>;

/** Whether a thrown value says that another attempt makes sense. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Error && "retryable" in error && error.retryable === true;
}

/** Whether a thrown value says that its job had not begun. */
export function isBlameless(error: unknown): boolean {
  return error instanceof Error && "begun" in error && error.begun === false;
}
