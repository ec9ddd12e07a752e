import type {
  AnimationAnswer,
  JobAnswer,
  PixelateAnswer,
  SpriteAnswer,
  TileAnswer,
  TilesetAnswer,
} from "../../shared/answers.ts";
import type { AssetManifest, Timings } from "../../shared/asset.ts";
import { ServiceError } from "../../shared/errors.ts";

export interface AnswerParts {
  jobId: string;
  manifest: AssetManifest;
  /** Bytes of a file of the manifest, by its path. */
  read: (path: string) => Promise<Uint8Array>;
  /** Where a file can be fetched, by its path; files have no address without a service. */
  urlOf: (path: string) => string;
  projectFiles: string[];
  timings: Timings;
}

/** Builds the answer to a request from what was published, in the form of its kind. */
export function buildAnswer(parts: AnswerParts): Promise<JobAnswer> {
  if (parts.manifest.kind === "animation") return buildAnimationAnswer(parts);
  if (parts.manifest.kind === "tile") return buildTileAnswer(parts);
  if (parts.manifest.kind === "tileset") return buildTilesetAnswer(parts);
  return parts.manifest.kind === "sprite" ? buildSpriteAnswer(parts) : buildPixelateAnswer(parts);
}

/** Builds the answer to a sprite request. Pictures come as base64 unless refused. */
export async function buildSpriteAnswer(parts: AnswerParts): Promise<SpriteAnswer> {
  const { manifest } = parts;
  const { request, provenance } = manifest;
  const ofRole = (role: string): Promise<string[]> =>
    Promise.all(
      manifest.files.filter((file) => file.role === role).map((file) => readBase64(parts, file.path)),
    );
  return {
    ...(await sharedAnswer(
      parts,
      manifest.images.map((image) => image.file),
    )),
    kind: "sprite",
    model: provenance.model?.id ?? "",
    prompt_style: String(request.prompt_style),
    ...(request.return_pre_palette === true ? { pre_palette_images: await ofRole("pre_palette") } : {}),
    ...(request.return_non_bg_removed === true
      ? { non_bg_removed_images: await ofRole("non_bg_removed") }
      : {}),
  };
}

/** Builds the answer to a pixelate request: one file, and each frame by its address. */
export async function buildPixelateAnswer(parts: AnswerParts): Promise<PixelateAnswer> {
  const { grid, layout } = parts.manifest;
  if (!grid)
    throw new ServiceError("internal", `Expected a grid for ${parts.manifest.id} but received none.`);
  return {
    ...(await sharedAnswer(parts, [mainFile(parts.manifest)])),
    kind: "pixelate",
    model: null,
    grid,
    ...(layout ? { layout } : {}),
  };
}

/** Builds the answer to an animation request: its sheet, or its GIF where that was asked for. */
export async function buildAnimationAnswer(parts: AnswerParts): Promise<AnimationAnswer> {
  const { manifest, urlOf } = parts;
  const { animation, request, provenance } = manifest;
  const fileOf = (role: string): string | null =>
    manifest.files.find((file) => file.role === role)?.path ?? null;
  const [gif, apng] = [fileOf("gif"), fileOf("apng")];
  const sheet = manifest.images[0]?.file;
  const shown = request.return_spritesheet === false ? (gif ?? sheet) : sheet;
  if (!animation || shown === undefined)
    throw new ServiceError("internal", `Expected an animation for ${manifest.id} but received none.`);
  return {
    ...(await sharedAnswer(parts, [shown])),
    kind: "animation",
    model: provenance.model?.id ?? null,
    prompt_style: String(request.prompt_style),
    animation: { ...animation, gif: gif && urlOf(gif), apng: apng && urlOf(apng) },
  };
}

/** Builds the answer to a tile request: one picture a variation. */
export async function buildTileAnswer(parts: AnswerParts): Promise<TileAnswer> {
  const { images, provenance, request } = parts.manifest;
  const shown = images.map(({ file }) => file);
  const model = provenance.model?.id ?? null;
  return {
    ...(await sharedAnswer(parts, shown)),
    kind: "tile",
    model,
    prompt_style: String(request.prompt_style),
  };
}

/** Builds the answer to a tileset request: its sheet, and what lies where on it. */
export async function buildTilesetAnswer(parts: AnswerParts): Promise<TilesetAnswer> {
  const { tileset, id } = parts.manifest;
  if (!tileset) throw new ServiceError("internal", `Expected a tileset for ${id} but received none.`);
  return { ...(await buildTileAnswer(parts)), kind: "tileset", tileset };
}

/** The file that stands for all frames: the picture, the sheet that its cells came from, or the GIF. */
function mainFile({ id, images, layout, request, files }: AssetManifest): string {
  const asSheet = layout?.durations_ms === null || request.return_spritesheet === true;
  const found = layout
    ? files.find((file) => file.role === (asSheet ? "sheet" : "gif"))?.path
    : images[0]?.file;
  if (found === undefined)
    throw new ServiceError("internal", `Expected a picture for ${id} but received none.`);
  return found;
}

type SharedAnswer = Omit<
  SpriteAnswer,
  "kind" | "model" | "prompt_style" | "pre_palette_images" | "non_bg_removed_images"
>;

async function sharedAnswer(parts: AnswerParts, shown: readonly string[]): Promise<SharedAnswer> {
  const { jobId, manifest, urlOf, projectFiles, timings } = parts;
  const { request } = manifest;
  const pictures = request.upload_outputs === true ? [] : shown;
  return {
    id: manifest.id,
    job_id: jobId,
    status: "succeeded",
    created_at: manifest.created_at,
    base64_images: await Promise.all(pictures.map((path) => readBase64(parts, path))),
    output_urls: shown.map(urlOf),
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

async function readBase64({ read }: AnswerParts, path: string): Promise<string> {
  return Buffer.from(await read(path)).toString("base64");
}
