import type { SpriteAnswer } from "../../shared/answers.ts";
import type { AssetManifest, Timings } from "../../shared/asset.ts";

export interface SpriteAnswerParts {
  jobId: string;
  manifest: AssetManifest;
  /** Bytes of a file of the manifest, by its path. */
  read: (path: string) => Promise<Uint8Array>;
  /** Where a file can be fetched, by its path; files have no address without a service. */
  urlOf: (path: string) => string;
  projectFiles: string[];
  timings: Timings;
}

/** Builds the answer to a sprite request from what was published. Pictures come as base64 unless refused. */
export async function buildSpriteAnswer(parts: SpriteAnswerParts): Promise<SpriteAnswer> {
  const { jobId, manifest, read, urlOf, projectFiles, timings } = parts;
  const { request } = manifest;
  const base64 = async (path: string): Promise<string> => Buffer.from(await read(path)).toString("base64");
  const ofRole = (role: string): Promise<string[]> =>
    Promise.all(manifest.files.filter((file) => file.role === role).map((file) => base64(file.path)));
  const pictures = manifest.images.map((image) => image.file);
  return {
    id: manifest.id,
    job_id: jobId,
    kind: manifest.kind,
    status: "succeeded",
    created_at: manifest.created_at,
    model: manifest.provenance.model.id,
    prompt_style: String(request.prompt_style),
    base64_images: request.upload_outputs === true ? [] : await Promise.all(pictures.map(base64)),
    ...(request.return_pre_palette === true ? { pre_palette_images: await ofRole("pre_palette") } : {}),
    ...(request.return_non_bg_removed === true
      ? { non_bg_removed_images: await ofRole("non_bg_removed") }
      : {}),
    output_urls: pictures.map(urlOf),
    images: manifest.images.map((image) => ({ ...image, url: urlOf(image.file) })),
    palette: manifest.palette,
    request,
    ignored_parameters: manifest.ignored_parameters,
    warnings: manifest.warnings,
    checks: manifest.checks,
    files: manifest.files,
    project_files: projectFiles,
    provenance: manifest.provenance,
    timings_ms: timings,
    balance_cost: 0,
    remaining_balance: 0,
  };
}
