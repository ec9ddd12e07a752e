import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { NewJob } from "../../service/queue/job-row.ts";
import { type AcceptOptions, JobStore } from "../../service/queue/job-store.ts";
import type { Lane } from "../../shared/job.ts";

/** A clock that stands still until the test moves it. */
export class TestClock {
  time = 1_700_000_000_000;
  readonly now = (): number => this.time;
}

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "pixelkiln-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Opens a store in its own folder, or another handle on the same file. */
export async function openTestStore(clock = new TestClock(), dir = temporaryFolder()) {
  const store = await JobStore.open({ file: join(dir, "jobs.db"), now: clock.now });
  onTestFinished(() => store.close());
  return { store, clock, dir };
}

export function jobOf(prompt: string, lane: Lane = "generator"): NewJob {
  return {
    kind: "sprite",
    lane,
    request: { prompt, seed: 7 },
    plan: new TextEncoder().encode(prompt),
    modelId: "ember",
    modelSha256: "0".repeat(64),
    pipelineVersion: "1",
    extras: { ignored: [{ name: "view", reason: "not a control of this model" }], warnings: ["small"] },
  };
}

export const ROOMY: AcceptOptions = { client: "test", limit: 1000, perClientLimit: 1000 };

/** Accepts a job without limits and returns its id. */
export async function put(
  store: JobStore,
  prompt: string,
  options: Partial<AcceptOptions & { lane: Lane }> = {},
): Promise<string> {
  return (await store.accept(jobOf(prompt, options.lane), { ...ROOMY, ...options })).job.id;
}

/** Accepts several jobs, in order. */
export function putAll(store: JobStore, prompts: readonly string[]): Promise<string[]> {
  return Promise.all(prompts.map((prompt) => put(store, prompt)));
}

/** Gives the asset id that the tests publish a job under. */
export function assetIdOf(jobId: string): string {
  return `spr_${jobId.slice("job_".length)}`;
}
