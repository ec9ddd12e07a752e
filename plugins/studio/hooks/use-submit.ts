import { useRef, useState } from "preact/hooks";
import type { AcceptedAnswer } from "../../../shared/answers.ts";
import type { Job } from "../../../shared/job.ts";
import { messageOf, ServiceProblem } from "../../client/problem.ts";
import { call, postJson } from "../api/client.ts";
import type { StudioRequest } from "../pure/build-request.ts";
import type { Form } from "./use-form.ts";
import { isOpen, type Jobs, useJobs } from "./use-jobs.ts";

export interface Submit {
  jobs: Jobs;
  /** The job that is waited for: the last one that this page asked for. */
  awaited: Job | null;
  /** What is wrong as a whole, or "". */
  problem: string;
  /** Last thing to tell a person who does not see the page. */
  said: string;
  /** Counts what was published. */
  version: number;
  say(text: string): void;
  report(error: unknown): void;
  submit(request: StudioRequest): Promise<void>;
  cancel(job: Job): void;
}

/** Sends requests, waits for the last one, and tells what came of it. `onAsset` gets the asset that it made. */
export function useSubmit(form: Form, onAsset: (assetId: string) => void): Submit {
  const [awaitedId, setAwaitedId] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const [said, say] = useState("");
  const [version, setVersion] = useState(0);
  // Beside the state: events may come before the page is drawn again.
  const latest = useRef<string | null>(null);
  const report = (error: unknown): void => {
    setProblem(messageOf(error));
    if (error instanceof ServiceProblem) form.setErrors(error.errors);
  };
  const jobs = useJobs((job) => {
    if (job.asset_id) setVersion((count) => count + 1);
    if (job.id !== latest.current) return;
    latest.current = null;
    setAwaitedId(null);
    say(job.asset_id ? "Done." : job.status === "cancelled" ? "Cancelled." : "It failed.");
    if (job.asset_id) onAsset(job.asset_id);
    else if (job.error && job.status === "failed")
      report(new ServiceProblem(job.error.detail, { errors: job.error.errors ?? [] }));
  });
  return {
    jobs,
    awaited: jobs.list.find((job) => job.id === awaitedId && isOpen(job)) ?? null,
    problem,
    said,
    version,
    say,
    report,
    async submit({ path, body }) {
      setProblem("");
      form.setErrors([]);
      try {
        const { job_id: id } = await postJson<AcceptedAnswer>(path, body);
        latest.current = id;
        setAwaitedId(id);
        say("Asked for. The result will be shown here.");
        jobs.refresh(id);
      } catch (error) {
        report(error);
      }
    },
    cancel: (job) => void call(`/v1/jobs/${job.id}`, { method: "DELETE" }).catch(report),
  };
}
