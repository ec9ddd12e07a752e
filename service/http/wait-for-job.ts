import { isFinal, type Job } from "../../shared/job.ts";
import type { HttpDeps } from "./deps.ts";

/** Events are hints, so the stored state is checked at this interval as well, in ms. */
const LOOK_EVERY_MS = 1_000;

/**
 * Waits until a job is final and returns it, or null if `signal` aborts first.
 * The job runs on, whoever is waiting.
 */
export async function waitForJob(
  deps: Pick<HttpDeps, "jobs" | "events">,
  id: string,
  signal: AbortSignal,
): Promise<Job | null> {
  let wake = (): void => {};
  const unsubscribe = deps.events.subscribe(({ event }) => {
    if (event.type === "job.state" && event.job_id === id) wake();
  });
  const onAbort = (): void => wake();
  signal.addEventListener("abort", onAbort);
  try {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const job = await deps.jobs.get(id);
      if (job === null || isFinal(job.status)) return job;
      const timer = setTimeout(() => wake(), LOOK_EVERY_MS);
      await woken;
      clearTimeout(timer);
    }
    return null;
  } finally {
    unsubscribe();
    signal.removeEventListener("abort", onAbort);
  }
}
