import type { Checks } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import { measureImages } from "../../pixel/measure.ts";
import { sampleCells } from "../../pixel/sample-cells.ts";
import type { OutputFile } from "../../writers/writer.ts";
import { seamWarnings } from "../describe.ts";

/** Gives the pictures before the palette and before background removal, if the request asks for them. */
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

/** Measures the images and makes the warnings for the user. */
export function describeChecks(
  plan: GenerationPlan,
  images: readonly PixelImage[],
): { checks: Checks; warnings: string[] } {
  const checks = measure(plan, images);
  const warnings: string[] = [];
  const same = checks.duplicate_images;
  const empty = images.filter((image) => drawnBounds(image) === null).length;
  if (same > 0) warnings.push(`${same} of ${images.length} images are the same as an earlier one.`);
  if (empty > 0)
    warnings.push(`${empty} of ${images.length} images are empty: try another seed or a different prompt.`);
  return { checks, warnings: [...warnings, ...seamWarnings(checks)] };
}

/** Measures seams before any enlargement, when a step is between two native pixels. */
function measure(plan: GenerationPlan, images: readonly PixelImage[]): Checks {
  const { width, height, enlarge, wrapX: tileX, wrapY: tileY } = plan.composition;
  const palette = plan.palette?.colors ?? null;
  const checks = measureImages(images, palette, { tileX: false, tileY: false });
  if (!tileX && !tileY) return checks;
  const drawn = images.map((image) => sampleCells(image, width / enlarge, height / enlarge));
  const { seam_ratio_x, seam_ratio_y } = measureImages(drawn, palette, { tileX, tileY });
  return { ...checks, seam_ratio_x, seam_ratio_y };
}

/** Lists the words of the prompt that had no effect in any picture. */
export function unmetWordsOf({ pictures }: DrawnPictures): string[] {
  const [first, ...others] = pictures;
  const words = first?.unmetWords ?? [];
  return words.filter((word) => others.every(({ unmetWords }) => unmetWords.includes(word)));
}
