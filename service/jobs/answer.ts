import type { AssetAnswer } from "../../shared/answers.ts";
import type { AnswerParts } from "../kinds/kind.ts";
import { kindOf } from "../kinds/table.ts";

/** Builds the answer of any kind from what was published. Pictures come as base64 unless the request says no. */
export async function buildAnswer(parts: AnswerParts): Promise<AssetAnswer> {
  const { jobId, manifest, urlOf, read, projectFiles, timings } = parts;
  const { shown, fields } = await kindOf(manifest.kind).answerOf(parts);
  const pictures = manifest.request.upload_outputs === true ? [] : shown;
  const base64 = await Promise.all(
    pictures.map(async (path) => Buffer.from(await read(path)).toString("base64")),
  );
  return {
    id: manifest.id,
    job_id: jobId,
    kind: manifest.kind,
    status: "succeeded",
    created_at: manifest.created_at,
    model: null,
    base64_images: base64,
    output_urls: shown.map(urlOf),
    images: manifest.images.map((image) => ({ ...image, url: urlOf(image.file) })),
    palette: manifest.palette,
    request: manifest.request,
    ignored_parameters: manifest.ignored_parameters,
    warnings: manifest.warnings,
    checks: manifest.checks,
    files: manifest.files,
    project_files: projectFiles,
    provenance: manifest.provenance,
    timings_ms: timings,
    balance_cost: 0,
    remaining_balance: 0,
    ...fields,
  };
}
