import type { Composition } from "./composition.ts";
import { halve } from "./halve.ts";
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
  const native = (picture: PixelImage): PixelImage =>
    size ? pixelate(fineEnough(picture, size), size).image : picture;
  return {
    results: pictures.map((picture) => runPasses(native(picture), alone)),
    rest: passes.filter((step) => !alone.includes(step)),
  };
}

/**
 * Pixels of a large picture along one of the art that are more than needed: at half of them the art comes out the same, in a
 * quarter of the time.
 */
const PLENTY = 16;

function fineEnough(picture: PixelImage, { width, height }: { width: number; height: number }): PixelImage {
  const pitch = Math.min(picture.width / width, picture.height / height);
  const isEven = picture.width % 2 === 0 && picture.height % 2 === 0;
  return pitch >= PLENTY && isEven ? fineEnough(halve(picture), { width, height }) : picture;
}
