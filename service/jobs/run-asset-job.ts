import { ServiceError } from "../../shared/errors.ts";
import { assetIdOfJob, kindOf } from "../kinds/table.ts";
import type { JobRow } from "../queue/job-row.ts";
import type { RunJob } from "../queue/run-job.ts";
import type { MakeOrder, ModelName } from "../workers/messages.ts";
import { type PlanFault, UnreadablePlan } from "../workers/unreadable-plan.ts";
import type { Workers } from "../workers/workers.ts";
import { type PublishDeps, publishJob } from "./publish-job.ts";
import { readSheets } from "./published-sheets.ts";

export interface RunAssetDeps extends PublishDeps {
  workers: Pick<Workers, "catalog" | "make">;
  /** Version of this program. Plans of other versions are made again. */
  version: string;
}

/**
 * Makes the function that runs the jobs of every kind: stored plan -> asset -> library -> project. A second run of the
 * same job (after a crash) gives the same bytes. A job that was planned by another version, for other weights or with
 * another wardrobe, or whose plan cannot be read, is planned again from its request, and its answer says so.
 */
export function createRunAssetJob(deps: RunAssetDeps): RunJob {
  return async (job, { signal, onProgress }) => {
    const { plan } = job;
    const kind = kindOf(job.kind);
    // Through the parser, because an earlier version may have stored fields under names that are aliases now.
    const { request } = kind.parse(job.request);
    const { output } = request;
    const assetId = assetIdOfJob(job.id, job.kind);
    const target: MakeOrder["target"] = {
      name: output?.name ?? kind.nameOf(request),
      engines: output ? (output.engine ?? deps.engines) : [],
      folder: output?.client_folder ?? output?.dir ?? "",
      assetId,
      createdAt: new Date(job.createdAt).toISOString(),
    };
    const make = (from: MakeOrder["from"]) =>
      deps.workers.make(job.lane, { kind: job.kind, from, target }, { signal, onProgress });
    const makeAnew = async () => {
      const sheets = await readSheets(deps.library, kind, request);
      return make({ request: { ...request }, ignored: job.extras.ignored, sheets });
    };
    let changed = whatChanged(job, plan, deps);
    const asset =
      plan && changed === null
        ? await make({ plan, model: modelOf(job) }).catch((error: unknown) => {
            if (!(error instanceof UnreadablePlan)) throw error;
            changed = PLAN_FAULTS_IN_WORDS[error.fault];
            return makeAnew();
          })
        : await makeAnew();
    signal.throwIfAborted();
    const notes = [...job.extras.warnings, ...(changed === null ? [] : [changed])];
    const warnings = [...new Set([...notes, ...asset.manifest.warnings])];
    return publishJob(
      job,
      { asset: { ...asset, manifest: { ...asset.manifest, warnings } }, assetId, output },
      deps,
    );
  };
}

const PLAN_FAULTS_IN_WORDS: Readonly<Record<PlanFault, string>> = {
  unreadable:
    "The stored plan of this request cannot be read, so it was planned again: the pixels may differ.",
  "other-wardrobe":
    "The wardrobe changed after this request was accepted, so it was planned again: the pixels may differ.",
};

function modelOf({ modelId: id, modelSha256: sha256 }: JobRow): ModelName | null {
  return id === "" ? null : { id, sha256 };
}

/**
 * Says what has changed since the job was accepted and may change its bytes; null if nothing has. Throws
 * `model-unavailable` if its model is gone, as another one would draw something else.
 */
function whatChanged(
  job: JobRow,
  plan: Uint8Array | null,
  { workers, version }: Pick<RunAssetDeps, "workers" | "version">,
): string | null {
  const models = workers.catalog().map(({ info }) => info);
  const model = models.find(({ id }) => id === job.modelId);
  if (job.modelId !== "" && !model) {
    const known = models.map(({ id }) => id).join(", ") || "none";
    throw new ServiceError(
      "model-unavailable",
      `The model ${job.modelId}, which this request was planned for, is gone. Models on hand: ${known}. Install it again, or send the request again with another model.`,
    );
  }
  if (job.pipelineVersion !== version || plan === null)
    return `Pixelkiln ${job.pipelineVersion} accepted this request and ${version} made it: the pixels may differ.`;
  if (!model || model.sha256 === job.modelSha256) return null;
  return `The weights or settings of the model ${job.modelId} changed after this request was accepted: the pixels may differ.`;
}
