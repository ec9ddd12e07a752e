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
  /** Version of this program. Plans of other versions are made again. */
  version: string;
}

/**
 * Makes the function that runs the jobs of every kind: stored plan -> asset -> library -> project. A second run of the
 * same job (after a crash) gives the same bytes. A job that was planned by another version or for other weights is
 * planned again from its request, and its answer says so.
 */
export function createRunAssetJob(deps: RunAssetDeps): RunJob {
  return async (job, { signal, onProgress }) => {
    const { plan } = job;
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

/** Says what has changed since the job was accepted and may change its bytes; null if nothing has. */
function whatChanged(
  job: JobRow,
  plan: Uint8Array | null,
  { workers, version }: Pick<RunAssetDeps, "workers" | "version">,
): string | null {
  if (job.pipelineVersion !== version || plan === null)
    return `Pixelkiln ${job.pipelineVersion} accepted this request and ${version} made it: the pixels may differ.`;
  if (job.modelId === "") return null;
  const model = workers.catalog().find(({ info }) => info.id === job.modelId);
  if (model?.info.sha256 === job.modelSha256) return null;
  return `The weights of the model ${job.modelId} changed after this request was accepted: the pixels may differ.`;
}
