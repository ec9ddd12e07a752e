import type { AssetManifest } from "../../shared/asset.ts";
import { type ENGINES, SpriteRequest } from "../../shared/requests.ts";
import { safeName } from "../asset/safe-name.ts";
import type { Root } from "../library/paths.ts";
import { writeProjectFiles } from "../library/project-output.ts";
import { publishAsset } from "../library/publish.ts";
import { EXTRA_ROLES } from "./describe-sprites.ts";
import { type GeneratedSprites, generateSprites, type SpriteDeps } from "./generate-sprites.ts";
import { assetIdOfJob } from "./job-id.ts";
import type { RunJob } from "./run-job.ts";

export interface RunGenerationDeps extends SpriteDeps {
  library: Root;
  /** The game that `output` writes into. */
  project: Root;
  /** What the project is made with, when a request names no engine. */
  engines: readonly (typeof ENGINES)[number][];
  /** Told once an asset is on the disk. */
  onPublished: (manifest: AssetManifest) => void;
}

/**
 * Makes the one function that runs a job: stored request -> sprites -> library -> project. A second run of
 * the same job (after a crash) gives the same bytes and accepts what the first one published.
 */
export function createRunGeneration(deps: RunGenerationDeps): RunJob {
  return async (job, { signal, onProgress }) => {
    const request = SpriteRequest.parse(job.request);
    const { output } = request;
    const sprites = await generateSprites({ request, ignored: job.extras.ignored }, deps, {
      createdAt: new Date(job.createdAt).toISOString(),
      name: output?.name ?? safeName(request.prompt),
      engines: output ? (output.engine ?? deps.engines) : [],
      folder: output?.dir ?? "",
      signal,
      onProgress,
    });
    signal.throwIfAborted();
    const writing = performance.now();
    const { files } = sprites;
    const assetId = assetIdOfJob(job.id);
    const warnings = [...new Set([...job.extras.warnings, ...sprites.manifest.warnings])];
    const { manifest } = await publishAsset({
      root: deps.library,
      id: assetId,
      jobId: job.id,
      files,
      manifest: { ...sprites.manifest, warnings },
    });
    const projectFiles = output ? await intoProject(deps.project, output.dir, { ...sprites, assetId }) : [];
    deps.onPublished(manifest);
    const { load, model, step, post, encode } = sprites.timings;
    const write = encode + performance.now() - writing;
    return {
      assetId,
      timings: { model: load + model, post, write },
      result: { project_files: projectFiles, step_ms: step },
    };
  };
}

/** Writes generated sprites into a folder of a project (see writeProjectFiles) and returns the paths. */
export function intoProject(
  project: Root,
  dir: string,
  { files, manifest, assetId }: GeneratedSprites & { assetId: string },
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
      model: { id: model.id, sha256: model.sha256 },
      request: manifest.request,
      trainingDataLicenses: model.training_data_licenses,
    },
  });
}
