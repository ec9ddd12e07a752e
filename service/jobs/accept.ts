import type { CostAnswer } from "../../shared/answers.ts";
import type { Job } from "../../shared/job.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { Kind, KindRequest } from "../kinds/kind.ts";
import type { Root } from "../library/paths.ts";
import { toJob } from "../queue/job-row.ts";
import type { JobRunner } from "../queue/job-runner.ts";
import type { JobStore } from "../queue/job-store.ts";
import type { Planned } from "../workers/messages.ts";
import type { Workers } from "../workers/workers.ts";
import { readSheets } from "./published-sheets.ts";

/** ms of one denoising step until a job of this machine has told it. */
const GUESSED_STEP_MS = 40;
/** ms of passes and files of one drawing until then. */
const GUESSED_REST_MS = 50;
/** How far back an estimate looks for a job that was generated. */
const RECENT_JOBS = 20;

/** Who sends a request and how it is told from others that look alike. */
export interface SubmitContext {
  idempotencyKey: string | undefined;
  /** sha256 of the body as it was sent. */
  bodyHash: string;
  /** Who asks: bounds per client count by it. */
  client: string;
  /** Ends the planning when the client goes away. */
  signal: AbortSignal;
}

export interface AcceptDeps {
  workers: Pick<Workers, "plan">;
  runner: Pick<JobRunner, "submit">;
  store: Pick<JobStore, "list">;
  library: Root;
  version: string;
  limits: { queueLimit: number; queueLimitPerClient: number };
}

/** The door through which the requests of every kind become jobs. */
export interface JobDoor {
  /** Plans and estimates without making anything. */
  estimate(kind: Kind, parsed: ParsedRequest<KindRequest>, signal: AbortSignal): Promise<CostAnswer>;
  /** Accepts a job: it is on disk when this resolves. */
  submit(kind: Kind, parsed: ParsedRequest<KindRequest>, context: SubmitContext): Promise<Job>;
}

/** Makes the door of a service. Both calls throw the ServiceError of a wrong request. */
export function createJobDoor(deps: AcceptDeps): JobDoor {
  const { workers, runner, store, library, version, limits } = deps;
  const plan = async (
    kind: Kind,
    { request, ignored }: ParsedRequest<KindRequest>,
    signal: AbortSignal,
  ): Promise<Planned> => {
    const sheets = await readSheets(library, kind, request);
    const order = { kind: kind.id, request: { ...request }, ignored, sheets };
    return workers.plan(order, { signal, onProgress: () => {} });
  };
  return {
    async estimate(kind, parsed, signal) {
      const planned = await plan(kind, parsed, signal);
      return {
        check_cost: true,
        request: planned.request,
        ignored_parameters: planned.ignored,
        warnings: planned.warnings,
        estimated_ms: estimateMs(planned, store),
        balance_cost: 0,
        remaining_balance: 0,
      };
    },
    async submit(kind, parsed, { signal, ...context }) {
      const planned = await plan(kind, parsed, signal);
      const { model, request, ignored, warnings } = planned;
      const job = {
        kind: kind.id,
        lane: model ? ("generator" as const) : ("pixels" as const),
        request,
        plan: planned.plan,
        modelId: model?.id ?? "",
        modelSha256: model?.sha256 ?? "",
        pipelineVersion: version,
        extras: { ignored, warnings },
      };
      const { queueLimit: limit, queueLimitPerClient: perClientLimit } = limits;
      return toJob(runner.submit(job, { ...context, limit, perClientLimit }).job);
    },
  };
}

/** Steps times what a step took last, and the rest of the last generated job; waiting is not in it. */
function estimateMs({ steps, pixelMs }: Planned, store: AcceptDeps["store"]): number {
  if (steps === 0) return Math.round(pixelMs);
  const recent = store.list({ state: "succeeded", limit: RECENT_JOBS });
  const last = recent.find(({ result }) => Number(result?.step_ms ?? 0) > 0);
  const stepMs = Number(last?.result?.step_ms ?? 0) || GUESSED_STEP_MS;
  const restMs = last?.timings ? last.timings.post + last.timings.write : GUESSED_REST_MS;
  return Math.round(steps * stepMs + restMs + pixelMs);
}
