import type { CostAnswer } from "../../shared/answers.ts";
import { ServiceError } from "../../shared/errors.ts";
import type { Job } from "../../shared/job.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { Kind, KindRequest } from "../kinds/kind.ts";
import type { Root } from "../library/paths.ts";
import { toJob } from "../queue/job-row.ts";
import type { JobRunner } from "../queue/job-runner.ts";
import type { JobStore } from "../queue/job-store.ts";
import type { Planned } from "../workers/messages.ts";
import { WorkerDied } from "../workers/worker-died.ts";
import type { Workers } from "../workers/workers.ts";
import { readSheets } from "./published-sheets.ts";
import type { StorageCheck } from "./storage-check.ts";

/** ms of one denoising step, until a job on this machine shows the real value. */
const GUESSED_STEP_MS = 40;
/** ms of the passes and files of one drawing, until then. */
const GUESSED_REST_MS = 50;
/** How many jobs an estimate looks back to find a generated one. */
const RECENT_JOBS = 20;

/** Who sent a request, and how to recognize a repeated one. */
export interface SubmitContext {
  idempotencyKey: string | undefined;
  /** sha256 of the body as it was sent. */
  bodyHash: string;
  /** Identifies the client, for limits per client. */
  client: string;
  /** Aborted when the client goes away: stops planning. */
  signal: AbortSignal;
}

export interface AcceptDeps {
  workers: Pick<Workers, "laneOf" | "plan">;
  runner: Pick<JobRunner, "submit">;
  store: Pick<JobStore, "list" | "checkRoom">;
  library: Root;
  checkStorage: StorageCheck;
  version: string;
  limits: { queueLimit: number; queueLimitPerClient: number };
}

/** Where requests of every kind become jobs. */
export interface JobDoor {
  /** Plans and estimates a request without making anything. */
  estimate(kind: Kind, parsed: ParsedRequest<KindRequest>, signal: AbortSignal): Promise<CostAnswer>;
  /** Accepts a job. It is on disk when this resolves. */
  submit(kind: Kind, parsed: ParsedRequest<KindRequest>, context: SubmitContext): Promise<Job>;
}

/** Makes the job door of a service. Both calls throw a ServiceError for a wrong request. */
export function createJobDoor(deps: AcceptDeps): JobDoor {
  const { workers, runner, store, library, checkStorage, version, limits } = deps;
  const bounds = { limit: limits.queueLimit, perClientLimit: limits.queueLimitPerClient };
  const plan = async (
    kind: Kind,
    { request, ignored }: ParsedRequest<KindRequest>,
    signal: AbortSignal,
  ): Promise<Planned> => {
    const sheets = await readSheets(library, kind, request);
    const order = { kind: kind.id, request: { ...request }, ignored, sheets };
    const planOnce = () => workers.plan(order, { signal, onProgress: () => {} });
    // Planning changes nothing, so it is tried once more, in a new process, if its own died.
    return planOnce()
      .catch((error: unknown) => (error instanceof WorkerDied ? planOnce() : Promise.reject(error)))
      .catch(asFailure);
  };
  return {
    async estimate(kind, parsed, signal) {
      const planned = await plan(kind, parsed, signal);
      return {
        check_cost: true,
        request: planned.request,
        ignored_parameters: planned.ignored,
        warnings: planned.warnings,
        estimated_ms: await estimateMs(planned, store),
        balance_cost: 0,
        remaining_balance: 0,
      };
    },
    async submit(kind, parsed, { signal, ...context }) {
      await checkStorage();
      // A repeated request gets its job back even from a full queue.
      if (context.idempotencyKey === undefined) await store.checkRoom({ ...context, ...bounds });
      const planned = await plan(kind, parsed, signal);
      // A worker may finish a plan after its cancel, and nobody knows the id of a job that is accepted now.
      if (signal.aborted)
        throw new ServiceError("cancelled", "The client left while its request was planned.");
      const { model, request, ignored, warnings } = planned;
      const job = {
        kind: kind.id,
        lane: workers.laneOf(model),
        request,
        plan: planned.plan,
        modelId: model?.id ?? "",
        modelSha256: model?.sha256 ?? "",
        pipelineVersion: version,
        extras: { ignored, warnings },
      };
      return toJob((await runner.submit(job, { ...context, ...bounds })).job);
    },
  };
}

function asFailure(cause: unknown): never {
  if (!(cause instanceof WorkerDied)) throw cause;
  throw new ServiceError("generation-failed", "Planning the request crashed its worker process twice.", {
    cause,
  });
}

/** The steps at the speed of the last generated job, plus the rest of its time; waiting is not included. */
async function estimateMs({ steps, pixelMs, model }: Planned, store: AcceptDeps["store"]): Promise<number> {
  if (steps === 0) return Math.round(pixelMs);
  const recent = await store.list({ state: "succeeded", limit: RECENT_JOBS });
  const last = recent.find(
    ({ result, modelId }) => modelId === model?.id && Number(result?.step_ms ?? 0) > 0,
  );
  const stepMs = Number(last?.result?.step_ms ?? 0) || GUESSED_STEP_MS;
  const restMs = last?.timings ? last.timings.post + last.timings.write : GUESSED_REST_MS;
  return Math.round(steps * stepMs + restMs + pixelMs);
}
