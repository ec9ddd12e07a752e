import type { Job } from "../../../shared/job.ts";
import { isOpen } from "../hooks/use-jobs.ts";
import { Icon } from "./icon.tsx";

export interface JobListProps {
  jobs: readonly Job[];
  onOpen: (assetId: string) => void;
  onCancel: (job: Job) => void;
}

/** Jobs of the service, newest first: progress, cancel, and what they made. */
export function JobList({ jobs, onOpen, onCancel }: JobListProps) {
  if (jobs.length === 0) return <p class="empty">Nothing has been asked for yet.</p>;
  return (
    <ul class="jobs" aria-label="Jobs">
      {jobs.map((job) => (
        <li key={job.id} class={`job ${job.status}`}>
          <button
            type="button"
            class="bare"
            disabled={job.asset_id === null}
            onClick={() => job.asset_id && onOpen(job.asset_id)}
          >
            <span class="job-title">{titleOf(job)}</span>
            <small>
              {job.kind} · {job.error?.detail ?? `${stageInWords(job)} ${stepsInWords(job)}`.trim()}
            </small>
          </button>
          {isOpen(job) && (
            <button
              type="button"
              class="small"
              aria-label={`Cancel ${titleOf(job)}`}
              title="Cancel"
              onClick={() => onCancel(job)}
            >
              <Icon name="close" size={8} />
            </button>
          )}
          {isOpen(job) && (
            <progress class="bar" max={1} value={shareOf(job)} aria-label={`Progress of ${titleOf(job)}`} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** What a job makes, in its own words. */
export function titleOf({ request, kind }: Pick<Job, "request" | "kind">): string {
  const { prompt, upper_description: upper, lower_description: lower } = request;
  if (typeof prompt === "string" && prompt !== "") return prompt;
  if (typeof upper === "string")
    return typeof lower === "string" && lower !== "" ? `${upper} on ${lower}` : upper;
  return kind === "pixelate" ? "a picture" : kind;
}

/** How far a job is, 0 to 1: nearly all of the time goes into denoising. */
export function shareOf({ status, progress }: Pick<Job, "status" | "progress">): number {
  if (!isOpen({ status })) return 1;
  if (progress.stage === "denoising")
    return progress.steps === 0 ? 0 : (0.95 * progress.step) / progress.steps;
  return progress.stage === "pixel-passes" || progress.stage === "writing" ? 0.97 : 0;
}

/** What a job does now, for people: changes a few times only, so that it can be read aloud. */
export function stageInWords({ status, progress }: Pick<Job, "status" | "progress">): string {
  return status === "running" ? progress.stage.replaceAll("-", " ") : status;
}

/** How many of how many steps a job has done, or "". */
export function stepsInWords({
  status,
  progress: { step, steps },
}: Pick<Job, "status" | "progress">): string {
  return status === "running" && steps > 0 ? `${step}/${steps}` : "";
}
