import type { AssetManifest, Checks, Provenance } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import type { HostResult } from "../../generators/drawn-pictures.ts";
import { sha256 } from "../../library/hashes.ts";
import type { PublishFile } from "../../library/publish.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import { measureImages } from "../../pixel/measure.ts";
import { sampleCells } from "../../pixel/sample-cells.ts";
import type { GenerationPlan } from "../../recipes/plan.ts";
import { framePng } from "../../writers/picture-files.ts";
import type { OutputFile } from "../../writers/writer.ts";
import type { SpriteDeps } from "./make.ts";

/** Roles of pictures that only the answer shows: they do not go into a project. */
export const EXTRA_ROLES: readonly string[] = ["pre_palette", "non_bg_removed"];

/** Seam error above which the joint of a tile can be seen. */
const VISIBLE_SEAM = 1.25;

/** The seed of an image: that of its first picture. */
export function seedOf(plan: GenerationPlan, image: number): number {
  const { columns, rows } = plan.composition;
  return plan.pictures[image * columns * rows]?.seed ?? 0;
}

/** The palette an asset is held to, or else the colors that its images have. */
export function describePalette(
  plan: GenerationPlan,
  images: readonly PixelImage[],
): AssetPackage["palette"] {
  if (plan.palette) return { ...plan.palette, locked: true };
  return { name: null, colors: [...new Set(images.flatMap(colorsOf))], locked: false };
}

/** Says where a plan's pictures come from: program, model, words, seed, and the sprites they started from. */
export function describeProvenance(plan: GenerationPlan, drawn: HostResult, deps: SpriteDeps): Provenance {
  const model = deps.host.catalog().find(({ description }) => description.id === plan.model)?.description;
  const exemplars = drawn.pictures.flatMap((picture) => picture.exemplars);
  return {
    generator: `pixelkiln ${deps.version}`,
    model: {
      id: plan.model,
      sha256: model?.sha256 ?? "",
      license: model?.weightsLicense ?? "",
      training_data_licenses: model?.trainingDataLicenses ?? [],
    },
    execution_provider: drawn.executionProvider,
    prompt: String(plan.resolved.prompt),
    seed: seedOf(plan, 0),
    exemplars: [...new Map(exemplars.map((one) => [one.id, one])).values()],
  };
}

/** The pictures before their palette and before their background went, where they were asked for. */
export function extraPictures(asset: AssetPackage, drawn: HostResult): OutputFile[] {
  return asset.frames.flatMap((frame, i) => {
    const { beforePalette = null, beforeBackground = null } = drawn.pictures[i] ?? {};
    const found = [
      { role: "pre_palette", image: beforePalette },
      { role: "non_bg_removed", image: beforeBackground },
    ];
    return found.flatMap(({ role, image }) => {
      const path = `${frame.name}.${role}.png`;
      return image ? [{ path, role, mediaType: "image/png", content: { image, text: asset.text } }] : [];
    });
  });
}

/** Describes each image of an asset with the hash of its PNG among `files`. */
export function describeImages(asset: AssetPackage, files: readonly PublishFile[]): AssetManifest["images"] {
  return asset.frames.map((frame) => {
    const { image, seed, pivot, exemplars } = frame;
    const file = framePng(frame);
    const bytes = files.find(({ path }) => path === file)?.bytes ?? new Uint8Array();
    return {
      seed,
      width: image.width,
      height: image.height,
      file,
      sha256: sha256(bytes),
      bounds: drawnBounds(image),
      pivot,
      colors: colorsOf(image),
      exemplars,
    };
  });
}

/** Measures the images and says in words what a person should know of them. */
export function describeChecks(
  plan: GenerationPlan,
  images: readonly PixelImage[],
): { checks: Checks; warnings: string[] } {
  const checks = measure(plan, images);
  const warnings: string[] = [];
  const same = checks.duplicate_images;
  const empty = images.filter((image) => drawnBounds(image) === null).length;
  const seam = Math.max(checks.seam_ratio_x ?? 0, checks.seam_ratio_y ?? 0);
  if (same > 0) warnings.push(`${same} of ${images.length} images are the same as an earlier one.`);
  if (empty > 0)
    warnings.push(`${empty} of ${images.length} images are empty: try another seed or other words.`);
  if (seam > VISIBLE_SEAM)
    warnings.push("The joint of the tile may show: see seam_ratio_x and seam_ratio_y.");
  return { checks, warnings };
}

/** Seams are measured before any enlargement, where a step is one between two pixels of the model. */
function measure(plan: GenerationPlan, images: readonly PixelImage[]): Checks {
  const { width, height, enlarge, wrapX: tileX, wrapY: tileY } = plan.composition;
  const palette = plan.palette?.colors ?? null;
  const checks = measureImages(images, palette, { tileX: false, tileY: false });
  if (!tileX && !tileY) return checks;
  const drawn = images.map((image) => sampleCells(image, width / enlarge, height / enlarge));
  const { seam_ratio_x, seam_ratio_y } = measureImages(drawn, palette, { tileX, tileY });
  return { ...checks, seam_ratio_x, seam_ratio_y };
}
