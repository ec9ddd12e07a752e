import type { AssetManifest, FrameLayout, Grid, Provenance } from "../../../shared/asset.ts";
import type { ParsedPixelateRequest } from "../../../shared/parse-request.ts";
import { assembleFrames } from "../../asset/assemble-frames.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { type DecodedFrames, decodeBase64Frames } from "../../codecs/decode-frames.ts";
import { decodeBase64Image } from "../../codecs/decode-image.ts";
import { gifDurations } from "../../codecs/encode-gif.ts";
import { sha256 } from "../../library/hashes.ts";
import type { PublishFile } from "../../library/publish.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import type { PixelWorkResult } from "../../pixel/pixel-work.ts";
import type { PixelGrid } from "../../pixel/pixelate/options.ts";
import { isPaletteName } from "../../recipes/plan-colors.ts";
import type { ModelHost } from "../../workers/workers.ts";
import { writersFor } from "../../writers/index.ts";
import { framePng } from "../../writers/picture-files.ts";
import { encodeFile, type GeneratedAsset, type SpriteOptions } from "../sprite/make.ts";
import { type PixelatePlan, planPixelate } from "./plan.ts";

/** Colours that a palette lists where it is not given. */
const MOST_LISTED = 256;

export interface PixelateDeps {
  host: Pick<ModelHost, "runPixels">;
  /** Version of this program, for the provenance. */
  version: string;
}

/** A plan and the picture that it is for. */
export interface PlannedPicture {
  plan: PixelatePlan;
  input: DecodedFrames;
}

/** Decodes the pictures of a request and plans it. Throws a ServiceError that names the field. */
export async function planPicture({ request, ignored }: ParsedPixelateRequest): Promise<PlannedPicture> {
  const input = await decodeBase64Frames(request.input_image, "input_image");
  const palettePicture = await decodePalette(request.input_palette);
  return { plan: planPixelate(request, { input, palettePicture, ignored }), input };
}

/** Decodes the picture of a palette, where it is one. */
export async function decodePalette(palette: string | string[] | undefined): Promise<PixelImage | null> {
  if (typeof palette !== "string" || isPaletteName(palette)) return null;
  return decodeBase64Image(palette, "input_palette");
}

/**
 * Makes true pixel art of the picture of a request: decode, plan, work, assemble, write, encode, check. The same
 * request and version give the same bytes. Throws a ServiceError.
 */
export async function pixelatePicture(
  parsed: ParsedPixelateRequest,
  deps: PixelateDeps,
  options: SpriteOptions,
): Promise<GeneratedAsset> {
  const { signal, onProgress, createdAt, name, engines, folder } = options;
  const { plan, input } = await planPicture(parsed);
  const started = performance.now();
  const result = await deps.host.runPixels(plan.work, { signal, onProgress });
  const { frames, grid } = result;
  const worked = performance.now();
  onProgress({ stage: "writing", step: 0, steps: 0 });
  const provenance = describeSource(input, deps.version);
  const asset = assembleFrames({
    name,
    frames,
    animation: plan.animation,
    columns: plan.columns,
    palette: describePalette(plan, result),
    text: { pixelkiln: JSON.stringify(provenance) },
  });
  const written = writersFor(engines, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  const files = await Promise.all(written.map(encodeFile));
  const manifest: GeneratedAsset["manifest"] = {
    schema_version: 1,
    kind: "pixelate",
    name: asset.name,
    created_at: createdAt,
    images: describeImages(asset, files, result),
    palette: asset.palette,
    request: plan.resolved,
    ignored_parameters: plan.ignored,
    warnings: [...plan.warnings, ...result.warnings, ...describeFrames(plan, frames)],
    checks: result.checks,
    provenance,
    ...(grid ? { grid: describeGrid(grid) } : {}),
    ...(frames.length > 1 ? { layout: describeLayout(asset, plan) } : {}),
  };
  const post = worked - started;
  return {
    files,
    manifest,
    timings: { load: 0, model: 0, step: 0, post, encode: performance.now() - worked },
  };
}

function describePalette({ palette }: PixelatePlan, { colors }: PixelWorkResult): AssetPackage["palette"] {
  if (palette) return { ...palette, locked: true };
  return { name: null, colors: [...new Set(colors.flat())].slice(0, MOST_LISTED), locked: false };
}

/** Describes each frame with the hash of its PNG among `files`. */
function describeImages(
  { frames }: AssetPackage,
  files: readonly PublishFile[],
  { colors }: PixelWorkResult,
): AssetManifest["images"] {
  return frames.map((frame, i) => {
    const { image, seed, pivot, exemplars } = frame;
    const file = framePng(frame);
    const bytes = files.find(({ path }) => path === file)?.bytes ?? new Uint8Array();
    const place = { bounds: drawnBounds(image), pivot, colors: colors[i] ?? [] };
    const { width, height } = image;
    return { seed, width, height, file, sha256: sha256(bytes), ...place, exemplars };
  });
}

/** Says where a picture comes from when no model drew it: which program worked on which bytes. */
function describeSource({ bytes, format, frames }: DecodedFrames, version: string): Provenance {
  const { width = 0, height = 0 } = frames[0] ?? {};
  return {
    generator: `pixelkiln ${version}`,
    model: null,
    execution_provider: null,
    prompt: null,
    seed: null,
    exemplars: [],
    source: { sha256: sha256(bytes), format, width, height, frames: frames.length },
  };
}

/** Gives a grid the names that it has on the wire. */
export function describeGrid({ kind, pitchX, pitchY, cutsX, cutsY, confidence }: PixelGrid): Grid {
  return { kind, pitch_x: pitchX, pitch_y: pitchY, cuts_x: cutsX, cuts_y: cutsY, confidence };
}

function describeLayout({ sheet, frames }: AssetPackage, { animation }: PixelatePlan): FrameLayout {
  return {
    columns: sheet.columns,
    rows: sheet.rows,
    frame_width: sheet.cellWidth,
    frame_height: sheet.cellHeight,
    durations_ms: animation ? frames.map((frame) => frame.durationMs) : null,
  };
}

function describeFrames(
  { animation }: PixelatePlan,
  frames: readonly PixelImage[],
): AssetManifest["warnings"] {
  const warnings: string[] = [];
  const empty = frames.filter((frame) => drawnBounds(frame) === null).length;
  if (empty > 0) warnings.push(`${empty} of ${frames.length} images are empty.`);
  const rounded = animation ? gifDurations(animation.durationsMs) : [];
  const changed = rounded.filter((ms, i) => ms !== animation?.durationsMs[i]).length;
  if (changed > 0)
    warnings.push(
      `${changed} of ${frames.length} durations are rounded to 10 ms in the GIF, not in the JSON.`,
    );
  return warnings;
}
