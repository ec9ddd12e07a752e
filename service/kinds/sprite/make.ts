import type { AssetManifest } from "../../../shared/asset.ts";
import type { JobProgress } from "../../../shared/job.ts";
import type { ParsedSpriteRequest } from "../../../shared/parse-request.ts";
import type { ENGINES } from "../../../shared/requests.ts";
import { assembleSprites } from "../../asset/assemble-sprites.ts";
import { decodeBase64Image } from "../../codecs/decode-image.ts";
import { encodeApng } from "../../codecs/encode-apng.ts";
import { encodeGif } from "../../codecs/encode-gif.ts";
import { encodePng } from "../../codecs/encode-png.ts";
import type { PublishFile } from "../../library/publish.ts";
import type { GenerationPlan } from "../../recipes/plan.ts";
import { isPaletteName } from "../../recipes/plan-colors.ts";
import { planSprite } from "../../recipes/sprite.ts";
import type { ModelHost } from "../../workers/workers.ts";
import { APNG } from "../../writers/apng-animation.ts";
import { writersFor } from "../../writers/index.ts";
import type { OutputFile } from "../../writers/writer.ts";
import {
  describeChecks,
  describeImages,
  describePalette,
  describeProvenance,
  extraPictures,
  seedOf,
} from "./describe.ts";

export interface SpriteDeps {
  host: Pick<ModelHost, "catalog" | "generate">;
  /** Version of this program, for the provenance. */
  version: string;
  /** Gives a uint32 when the request has no seed. */
  chooseSeed: () => number;
}

export interface SpriteOptions {
  createdAt: string;
  /** File stem: a SafeName. */
  name: string;
  /** Which engines get files of their own. */
  engines: readonly (typeof ENGINES)[number][];
  /** Folder of the files in the project, "" = its root. */
  folder: string;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/** A finished asset as bytes: not yet on any disk. */
export interface GeneratedAsset {
  files: PublishFile[];
  manifest: Omit<AssetManifest, "files" | "rev" | "id">;
  /** ms: loading (0 when loaded), all drawing, one denoising step, the passes, and files after them. */
  timings: { load: number; model: number; step: number; post: number; encode: number };
}

/** Decodes the pictures of a request and plans it. Throws a ServiceError that names the field. */
export async function planSprites(parsed: ParsedSpriteRequest, deps: SpriteDeps): Promise<GenerationPlan> {
  const { input_image: input, mask_image: mask, input_palette: palette } = parsed.request;
  const inputImage = input === undefined ? null : await decodeBase64Image(input, "input_image");
  const maskImage = mask === undefined ? null : await decodeBase64Image(mask, "mask_image");
  const isPicture = typeof palette === "string" && !isPaletteName(palette);
  const palettePicture = isPicture ? await decodeBase64Image(palette, "input_palette") : null;
  const models = deps.host.catalog().map((entry) => entry.description);
  const decoded = { inputImage, palettePicture, maskImage };
  return planSprite(parsed.request, {
    models,
    decoded,
    ignored: parsed.ignored,
    chooseSeed: deps.chooseSeed,
  });
}

/**
 * Makes the sprites of a request: decode, plan, draw, assemble, write, encode, check. The same request
 * (resolved), model and version give the same bytes. Throws a ServiceError.
 */
export async function generateSprites(
  parsed: ParsedSpriteRequest,
  deps: SpriteDeps,
  options: SpriteOptions,
): Promise<GeneratedAsset> {
  const { signal, onProgress, createdAt, name, engines, folder } = options;
  const plan = await planSprites(parsed, deps);
  const drawn = await deps.host.generate(plan, { signal, onProgress });
  const drawnAt = performance.now();
  onProgress({ stage: "writing", step: 0, steps: 0 });
  const images = drawn.pictures.map((picture) => picture.image);
  const provenance = describeProvenance(plan, drawn, deps);
  const asset = assembleSprites({
    name,
    pictures: drawn.pictures.map(({ image, exemplars }, i) => ({ image, exemplars, seed: seedOf(plan, i) })),
    palette: describePalette(plan, images),
    text: { pixelkiln: JSON.stringify(provenance) },
  });
  const written = writersFor(engines, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  const files = await Promise.all([...written, ...extraPictures(asset, drawn)].map(encodeFile));
  const { checks, warnings } = describeChecks(plan, images);
  const { loadMs: load, modelMs: model, stepMs: step, postMs: post } = drawn.timings;
  return {
    files,
    manifest: {
      schema_version: 1,
      kind: "sprite",
      name: asset.name,
      created_at: createdAt,
      images: describeImages(asset, files),
      palette: asset.palette,
      request: plan.resolved,
      ignored_parameters: plan.ignored,
      warnings: [...plan.warnings, ...warnings],
      checks,
      provenance,
    },
    timings: { load, model, step, post, encode: performance.now() - drawnAt },
  };
}

/** Turns a file to be into its bytes. */
export async function encodeFile({ path, role, mediaType, content }: OutputFile): Promise<PublishFile> {
  if (typeof content === "string") return { path, role, mediaType, bytes: Buffer.from(content) };
  if ("image" in content) {
    return { path, role, mediaType, bytes: await encodePng(content.image, content.text) };
  }
  const bytes = mediaType === APNG ? await encodeApng(content) : encodeGif(content).bytes;
  return { path, role, mediaType, bytes };
}
