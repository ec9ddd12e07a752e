import type { KindRequest } from "../kinds/kind.ts";
import { assetIdOfJob, kindOf } from "../kinds/table.ts";
import type { JobRow } from "../queue/job-row.ts";
import type { RunJob } from "../queue/run-job.ts";
import type { MakeOrder, ModelName } from "../workers/messages.ts";
import type { Workers } from "../workers/workers.ts";
import { type PublishDeps, publishJob } from "./publish-job.ts";
import { readSheets } from "./published-sheets.ts";

export interface RunAssetDeps extends PublishDeps {
  workers: Pick<Workers, "catalog" | "make">;
  /** Version of this program: a plan of another one is made again. */
  version: string;
}

type ClaimedJob = JobRow & { plan: Uint8Array | null };

/**
 * Makes the function that runs the jobs of every kind: stored plan -> asset -> library -> project. A second run of the
 * same job (after a crash) gives the same bytes. A job that another version or other weights planned is planned again
 * from its request, and its answer says so.
 */
export function createRunAssetJob(deps: RunAssetDeps): RunJob {
  return async (job, { signal, onProgress }) => {
    const { plan } = job as ClaimedJob;
    const kind = kindOf(job.kind);
    const request = kind.request.parse(job.request) as unknown as KindRequest;
    const { output } = request;
    const assetId = assetIdOfJob(job.id, job.kind);
    const changed = whatChanged(job, plan, deps);
    const from: MakeOrder["from"] =
      plan && changed === null
        ? { plan, model: modelOf(job) }
        : {
            request: { ...request },
            ignored: job.extras.ignored,
            sheets: await readSheets(deps.library, kind, request),
          };
    const asset = await deps.workers.make(
      job.lane,
      {
        kind: job.kind,
        from,
        target: {
          name: output?.name ?? kind.nameOf(request),
          engines: output ? (output.engine ?? deps.engines) : [],
          folder: output?.client_folder ?? output?.dir ?? "",
          assetId,
          createdAt: new Date(job.createdAt).toISOString(),
        },
      },
      { signal, onProgress },
    );
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

function modelOf({ modelId: id, modelSha256: sha256 }: JobRow): ModelName | null {
  return id === "" ? null : { id, sha256 };
}

/** Says what decides bytes and is not as it was when the job was accepted; null where nothing is. */
function whatChanged(
  job: JobRow,
  plan: Uint8Array | null,
  { workers, version }: Pick<RunAssetDeps, "workers" | "version">,
): string | null {
  if (job.pipelineVersion !== version || plan === null)
    return `The request was accepted by pixelkiln ${job.pipelineVersion} and drawn by ${version}: the pixels may differ.`;
  if (job.modelId === "") return null;
  const model = workers.catalog().find(({ info }) => info.id === job.modelId);
  if (model?.info.sha256 === job.modelSha256) return null;
  return `The weights of the model ${job.modelId} changed after the request was accepted: the pixels may differ.`;
}
