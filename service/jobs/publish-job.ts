import type { AssetManifest } from "../../shared/asset.ts";
import type { ENGINES, OutputTarget } from "../../shared/requests.ts";
import { EXTRA_ROLES } from "../kinds/sprite/describe.ts";
import type { GeneratedAsset } from "../kinds/sprite/make.ts";
import type { Root } from "../library/paths.ts";
import { writeProjectFiles } from "../library/project-output.ts";
import { publishAsset } from "../library/publish.ts";
import { assetIdOfJob } from "../queue/job-id.ts";
import type { JobRow } from "../queue/job-row.ts";
import type { JobOutcome } from "../queue/run-job.ts";

/** Where jobs put what they made. */
export interface PublishDeps {
  library: Root;
  /** The game that `output` writes into. */
  project: Root;
  /** What the project is made with, when a request names no engine. */
  engines: readonly (typeof ENGINES)[number][];
  /** Told once an asset is on the disk. */
  onPublished: (manifest: AssetManifest) => void;
  /** Told once the files of an asset are in a folder of the project. */
  onProjectWritten: (dir: string) => Promise<void>;
}

/** Which engines get files, and in which folder of the project: none without `output`. */
export function engineTarget(
  output: OutputTarget | undefined,
  engines: PublishDeps["engines"],
): { engines: PublishDeps["engines"]; folder: string } {
  return {
    engines: output ? (output.engine ?? engines) : [],
    folder: output?.client_folder ?? output?.dir ?? "",
  };
}

/**
 * Publishes what a job made: into the library, then into the project where the request has an `output` for it. A second
 * run of the same job (after a crash) accepts what the first one published. Throws a ServiceError.
 */
export async function publishJob(
  job: JobRow,
  asset: GeneratedAsset,
  {
    library,
    project,
    onPublished,
    onProjectWritten,
    output,
  }: PublishDeps & { output: OutputTarget | undefined },
): Promise<JobOutcome> {
  const writing = performance.now();
  const { files } = asset;
  const assetId = assetIdOfJob(job.id, job.kind);
  const warnings = [...new Set([...job.extras.warnings, ...asset.manifest.warnings])];
  const { manifest } = await publishAsset({
    root: library,
    id: assetId,
    jobId: job.id,
    files,
    manifest: { ...asset.manifest, warnings },
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
  { files, manifest, assetId }: GeneratedAsset & { assetId: string },
): Promise<string[]> {
  const { model } = manifest.provenance;
  return writeProjectFiles({
    projectRoot: project,
    dir,
    name: manifest.name,
    files: files.filter((file) => !EXTRA_ROLES.includes(file.role)),
    lock: {
      assetId,
      kind: manifest.kind,
      model: model && { id: model.id, sha256: model.sha256 },
      request: manifest.request,
      trainingDataLicenses: model?.training_data_licenses ?? [],
    },
  });
}
