import type { Composition } from "./composition.ts";
import type { PixelImage } from "./image.ts";
import type { PassStep } from "./passes.ts";
import { pixelate } from "./pixelate/pixelate.ts";
import { type PassResult, runPasses } from "./run-passes.ts";

/** What is done to each large picture alone: those of one sheet may stand on grounds of different colors. */
const ALONE: readonly PassStep["pass"][] = ["binarize-alpha", "remove-background", "repair-seam"];

/**
 * Brings large pictures to `size` by the grid and the colors found in each, and runs on each alone the passes that
 * need the whole of one picture. Pictures without a `size` are native already: of them only seams are repaired alone.
 * `rest` is what is left of the passes. The pictures are not modified.
 */
export function nativePictures(
  pictures: readonly PixelImage[],
  size: Composition["pixelate"],
  passes: readonly PassStep[],
): { results: PassResult[]; rest: PassStep[] } {
  const alone = passes.filter(({ pass }) => (size ? ALONE.includes(pass) : pass === "repair-seam"));
  const native = (picture: PixelImage): PixelImage => (size ? pixelate(picture, size).image : picture);
  return {
    results: pictures.map((picture) => runPasses(native(picture), alone)),
    rest: passes.filter((step) => !alone.includes(step)),
  };
}
