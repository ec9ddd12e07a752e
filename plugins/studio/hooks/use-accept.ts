import { useState } from "preact/hooks";
import type { AcceptedAnswer } from "../../../shared/answers.ts";
import type { Job } from "../../../shared/job.ts";
import { messageOf, ServiceProblem } from "../../client/problem.ts";
import { getJson, postJson } from "../api/client.ts";
import { isOpen } from "./use-jobs.ts";

/** How often the job of an accepted asset is asked after, in ms. */
const LOOK_MS = 300;

/** Where an asset goes. */
export interface Target {
  dir: string;
  name: string;
  engines: readonly string[];
  /** Only this one of its images; null = all. */
  index: number | null;
}

export type Outcome =
  | { kind: "idle" }
  | { kind: "busy" }
  | { kind: "done"; files: string[] }
  | { kind: "refused"; message: string; fields: Readonly<Record<string, string>> };

/** Accepts an asset into the project and tells what came of it. */
export function useAccept(assetId: string): { outcome: Outcome; accept: (target: Target) => Promise<void> } {
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const accept = async ({ dir, name, engines, index }: Target): Promise<void> => {
    setOutcome({ kind: "busy" });
    try {
      const { job_id: id } = await postJson<AcceptedAnswer>(`/v1/assets/${assetId}/accept`, {
        dir,
        name,
        ...(engines.length > 0 ? { engine: engines } : {}),
        ...(index === null ? {} : { index }),
        async: true,
      });
      setOutcome({ kind: "done", files: await writtenFiles(id) });
    } catch (error) {
      setOutcome(refusal(error));
    }
  };
  return { outcome, accept };
}

/** Waits for the job and gives the files that it wrote. Its refusal is thrown as a ServiceProblem. */
async function writtenFiles(jobId: string): Promise<string[]> {
  while (isOpen(await getJson<Job>(`/v1/jobs/${jobId}`)))
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const { project_files: files } = await getJson<{ project_files: string[] }>(`/v1/jobs/${jobId}/result`);
  return files;
}

function refusal(error: unknown): Outcome {
  const list = error instanceof ServiceProblem ? error.errors : [];
  const fields = list.map(({ field, expected }) => [field.replace(/^output\./, ""), `Expected ${expected}.`]);
  return { kind: "refused", message: messageOf(error), fields: Object.fromEntries(fields) };
}
