import { describeValue, ServiceError } from "../../shared/errors.ts";
import type { JobProgress } from "../../shared/job.ts";
import { type CatalogEntry, loadCatalog } from "../generators/catalog.ts";
import type { HostResult } from "../generators/drawn-pictures.ts";
import type { PixelWork, PixelWorkResult } from "../pixel/pixel-work.ts";
import type { GenerationPlan } from "../recipes/plan.ts";
import { ModelLane } from "./lane.ts";
import type { DeviceReport } from "./messages.ts";

export interface ModelHostOptions {
  /** Folders of model folders; the first that names an id wins. */
  modelsDirs: readonly string[];
  /** Environment of the model process; PIXELKILN_DEVICE chooses its device. */
  env: NodeJS.ProcessEnv;
  log: (message: string, fields?: Record<string, unknown>) => void;
  /** ms that a cancelled plan may take to stop by itself before its process is killed; 2000. */
  killGraceMs?: number;
}

interface WorkOptions {
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/**
 * The service's side of its two processes: one draws plans with a model, one works on pixels without any, so that
 * neither waits for the other. Each does one thing at a time, in order of arrival, and starts when it is needed.
 */
export interface ModelHost {
  catalog(): CatalogEntry[];
  /**
   * Runs a plan. Rejects with a ServiceError (`cancelled`, `model-unavailable`, `invalid-request`,
   * `generation-failed`, `shutting-down`), or with ModelProcessDied (`retryable`) when the process
   * ended under it; the next plan gets a new process.
   */
  generate(plan: GenerationPlan, options: WorkOptions): Promise<HostResult>;
  /** Does pixel work, which needs no model. Rejects as `generate` does. */
  runPixels(work: PixelWork, options: WorkOptions): Promise<PixelWorkResult>;
  /** Whether a running process answers in time; false without one. */
  ping(timeoutMs: number): Promise<boolean>;
  childPid(): number | null;
  /** The execution provider in use and why others were passed over; null until a model was loaded. */
  device(): DeviceReport | null;
  /** Starts the process and loads the first model of the catalog; `model-unavailable` without one. */
  warm(): Promise<void>;
  /** Refuses what waits, cancels what runs and ends the processes. */
  close(): Promise<void>;
}

/** Reads the catalog and makes a host. No process is started before it is needed. */
export async function createModelHost({
  modelsDirs,
  env,
  log,
  killGraceMs = 2000,
}: ModelHostOptions): Promise<ModelHost> {
  const entries = await loadCatalog(modelsDirs, (broken) =>
    log("A model folder cannot be used.", { ...broken }),
  );
  const lane = new ModelLane({ env, log, killGraceMs });
  const pixelLane = new ModelLane({ env, log, killGraceMs });
  return {
    catalog: () => entries,
    async generate(plan, { signal, onProgress }) {
      const entry = findEntry(entries, plan.model);
      const result = await lane.run({ type: "generate", entry, plan }, signal, onProgress);
      if (result && "pictures" in result) return result;
      throw new ServiceError("generation-failed", "The model process answered a plan without pictures.");
    },
    async runPixels(work, { signal, onProgress }) {
      const result = await pixelLane.run({ type: "pixels", work }, signal, onProgress);
      if (result && "frames" in result) return result;
      throw new ServiceError("generation-failed", "The pixel process answered without frames.");
    },
    async warm() {
      const entry = findEntry(entries, entries[0]?.description.id);
      await lane.run({ type: "load", entry }, new AbortController().signal, () => {});
    },
    ping: (timeoutMs) => lane.ping(timeoutMs),
    childPid: () => lane.pid,
    device: () => lane.device,
    async close() {
      await Promise.all([lane.close(), pixelLane.close()]);
    },
  };
}

function findEntry(entries: CatalogEntry[], model: string | undefined): CatalogEntry {
  const entry = entries.find(({ description }) => description.id === model);
  if (entry) return entry;
  const known = entries.map(({ description }) => description.id).join(", ") || "a model that is on the disk";
  throw new ServiceError(
    "model-unavailable",
    `Expected ${known} for model but received ${describeValue(model)}.`,
  );
}
