import type { AssetManifest, Checks, ImageInfo, Provenance } from "../../shared/asset.ts";
import type { AssetPackage } from "../asset/asset-package.ts";
import type { DrawnPictures } from "../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../generators/generation-plan.ts";
import { sha256 } from "../library/hashes.ts";
import { colorsOf } from "../pixel/colors-of.ts";
import { drawnBounds, type PixelImage } from "../pixel/image.ts";
import { framePng, sheetPng } from "../writers/picture-files.ts";
import type { AssetFile } from "./made-asset.ts";
import type { Drawing, DrawTools } from "./maker.ts";

/** Seam ratio above which the seam of a tile is visible. */
export const VISIBLE_SEAM = 1.25;

/** Warns of the seam of a tile that is visible. */
export function seamWarnings({ seam_ratio_x: x, seam_ratio_y: y }: Checks): string[] {
  if (Math.max(x ?? 0, y ?? 0) <= VISIBLE_SEAM) return [];
  return ["The seam of the tile may be visible: see seam_ratio_x and seam_ratio_y."];
}

/** Gives the seed of an image: that of its first picture. */
export function seedOf(plan: GenerationPlan, image: number): number {
  const { columns, rows } = plan.composition;
  return plan.pictures[image * columns * rows]?.seed ?? 0;
}

/** Gives the palette that an asset is held to, or else the colors in its images. */
export function paletteOf(
  held: GenerationPlan["palette"],
  images: readonly PixelImage[],
): AssetPackage["palette"] {
  if (held) return { ...held, locked: true };
  return { name: null, colors: [...new Set(images.flatMap(colorsOf))], locked: false };
}

/** Describes where generated pictures come from: program, model, prompt, seed, and the sprites they started from. */
export function generatedProvenance(
  plan: GenerationPlan,
  drawn: DrawnPictures,
  { models, version }: Pick<DrawTools, "models" | "version">,
): Provenance {
  const model = models.find(({ id }) => id === plan.model);
  const exemplars = drawn.pictures.flatMap((picture) => picture.exemplars);
  return {
    generator: `pixelkiln ${version}`,
    model: {
      id: plan.model,
      sha256: model?.sha256 ?? "",
      license: model ? model.weightsLicense : null,
      training_data_licenses: model?.trainingDataLicenses ?? [],
    },
    execution_provider: drawn.executionProvider,
    prompt: String(plan.resolved.prompt),
    seed: seedOf(plan, 0),
    exemplars: [...new Map(exemplars.map((one) => [one.id, one])).values()],
    ...serverOf(drawn),
  };
}

/** Joins what the server was sent for each picture. */
function serverOf({ pictures }: DrawnPictures): Pick<Provenance, "server"> {
  const all = pictures.flatMap(({ servers = [] }) => servers);
  const [first] = all;
  return first ? { server: { ...first, sent: all.flatMap(({ sent }) => sent) } } : {};
}

/** Gives the provenance of what no model drew, with what is known in `more`. */
export function plainProvenance(version: string, more: Partial<Provenance> = {}): Provenance {
  return {
    generator: `pixelkiln ${version}`,
    model: null,
    execution_provider: null,
    prompt: null,
    seed: null,
    exemplars: [],
    ...more,
  };
}

/** Gives the text chunks for the PNGs of an asset. */
export function textOf(provenance: Provenance): Record<string, string> {
  return { pixelkiln: JSON.stringify(provenance) };
}

/** Describes each frame of a drawing, or its sheet as one picture, with the hash of its PNG among `files`. */
export function describePictures(drawing: Drawing, files: readonly AssetFile[]): AssetManifest["images"] {
  const { asset, sheet, colors } = drawing;
  const bytesOf = (path: string): Uint8Array =>
    files.find((file) => file.path === path)?.bytes ?? new Uint8Array();
  const describe = (
    image: PixelImage,
    file: string,
    { seed, pivot, exemplars, nineSlice, colors: known }: Described,
  ): ImageInfo => ({
    seed,
    width: image.width,
    height: image.height,
    file,
    sha256: sha256(bytesOf(file)),
    bounds: drawnBounds(image),
    pivot,
    colors: known ?? colorsOf(image),
    exemplars,
    ...(nineSlice ? { nine_slice: nineSlice } : {}),
  });
  if (sheet) return [describe(asset.sheet.image, sheetPng(asset), sheet)];
  return asset.frames.map((frame, i) =>
    describe(frame.image, framePng(frame), { ...frame, colors: colors?.[i] }),
  );
}

interface Described extends Pick<ImageInfo, "seed" | "pivot" | "exemplars"> {
  colors?: string[] | undefined;
  nineSlice?: ImageInfo["nine_slice"];
}
