import type { PixelImage } from "./image.ts";
import type { PassStep } from "./passes.ts";
import { pixelate } from "./pixelate/pixelate.ts";
import { type PassResult, runPasses } from "./run-passes.ts";

/** What is done to each picture alone: pictures on one sheet may stand on grounds of different colors. */
const ALONE: readonly PassStep["pass"][] = ["binarize-alpha", "remove-background"];

/**
 * Brings large pictures to their native size by the grid and the colors found in each, and clears its background if
 * `passes` say so. `rest` is what is left of the passes. The pictures are not written.
 */
export function nativePictures(
  pictures: readonly PixelImage[],
  size: { width: number; height: number },
  passes: readonly PassStep[],
): { results: PassResult[]; rest: PassStep[] } {
  const alone = passes.filter(({ pass }) => ALONE.includes(pass));
  return {
    results: pictures.map((picture) => runPasses(pixelate(picture, size).image, alone)),
    rest: passes.filter((step) => !alone.includes(step)),
  };
}
