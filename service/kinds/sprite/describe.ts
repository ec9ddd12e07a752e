import type { Checks } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import { measureImages } from "../../pixel/measure.ts";
import { sampleCells } from "../../pixel/sample-cells.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { OutputFile } from "../../writers/writer.ts";
import { VISIBLE_SEAM } from "../describe.ts";

/** The pictures before their palette and before their background went, where they were asked for. */
export function extraPictures(asset: AssetPackage, drawn: DrawnPictures): OutputFile[] {
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
