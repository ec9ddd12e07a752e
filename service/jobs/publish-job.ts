import type { AssetManifest } from "../../shared/asset.ts";
import type { OutputTarget } from "../../shared/requests.ts";
import { type Engine, type MadeAsset, projectFilesOf } from "../kinds/made-asset.ts";
import type { Root } from "../library/paths.ts";
import { writeProjectFiles } from "../library/project-output.ts";
import { publishAsset } from "../library/publish.ts";
import type { JobRow } from "../queue/job-row.ts";
import type { JobOutcome } from "../queue/run-job.ts";

/** Where jobs publish what they made. */
export interface PublishDeps {
  library: Root;
  /** The game that `output` writes to. */
  project: Root;
  /** The engines of the project, for requests that name none. */
  engines: readonly Engine[];
  /** Called once an asset is on disk. */
  onPublished: (manifest: AssetManifest) => void;
  /** Called once the files of an asset are in a folder of the project. */
  onProjectWritten: (dir: string) => Promise<void>;
}

interface Publication {
  asset: MadeAsset;
  assetId: string;
  output: OutputTarget | undefined;
}

/**
 * Publishes what a job made: to the library, then to the project if the request has an `output` there. A second run of
 * the same job (after a crash) accepts what the first one published. Throws a ServiceError.
 */
export async function publishJob(
  job: Pick<JobRow, "id">,
  { asset, assetId, output }: Publication,
  { library, project, onPublished, onProjectWritten }: PublishDeps,
): Promise<JobOutcome> {
  const writing = performance.now();
  const { files, manifest: made } = asset;
  const { manifest } = await publishAsset({
    root: library,
    id: assetId,
    jobId: job.id,
    files,
    manifest: made,
  });
  const isWritten = output !== undefined && output.client_folder === undefined;
  const projectFiles = isWritten ? await intoProject(project, output.dir, { ...asset, assetId }) : [];
  onPublished(manifest);
  if (isWritten) await onProjectWritten(output.dir);
  const { load, model, step, post, encode } = asset.timings;
  const write = encode + performance.now() - writing;
  return {
    assetId,
    timings: { model: load + model, post, write },
    result: { project_files: projectFiles, step_ms: step },
  };
}

/** Writes an asset into a folder of a project (see writeProjectFiles) and returns the paths. */
export function intoProject(
  project: Root,
  dir: string,
  { files, manifest, assetId }: Pick<MadeAsset, "files" | "manifest"> & { assetId: string },
): Promise<string[]> {
  const { model } = manifest.provenance;
  return writeProjectFiles({
    projectRoot: project,
    dir,
    name: manifest.name,
    files: projectFilesOf({ files }),
    lock: {
      assetId,
      kind: manifest.kind,
      model: model && { id: model.id, sha256: model.sha256 },
      request: manifest.request,
      trainingDataLicenses: model?.training_data_licenses ?? [],
    },
  });
}
