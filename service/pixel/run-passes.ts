import { matchStyle } from "./alter/match-style.ts";
import { binarizeAlpha } from "./binarize-alpha.ts";
import { despeckle } from "./despeckle.ts";
import { dither } from "./dither.ts";
import { drawOutline } from "./draw-outline.ts";
import { flatten } from "./flatten.ts";
import type { PixelImage } from "./image.ts";
import { choosePalette, limitColors } from "./limit-colors.ts";
import { parseHex } from "./parse-hex.ts";
import type { PassStep } from "./passes.ts";
import { pullToPalette } from "./pull-to-palette.ts";
import { removeBackground } from "./remove-background.ts";
import { removeEnclosed } from "./remove-enclosed.ts";
import { removeIslands } from "./remove-islands.ts";
import { repairSeam } from "./repair-seam.ts";
import { upscaleNearest } from "./upscale-nearest.ts";

/** The finished image, and what it was before its background was removed and before its colors were reduced. */
export interface PassResult {
  image: PixelImage;
  /** Null if no step removes a background. Enlarged like the finished image. */
  beforeBackground: PixelImage | null;
  /** Null if no step limits colors or snaps them to a palette. Enlarged like the finished image. */
  beforePalette: PixelImage | null;
}

/** Runs the pixel passes of a plan in order. The input is not modified. */
export function runPasses(image: PixelImage, steps: readonly PassStep[]): PassResult {
  const result: PassResult = { image, beforeBackground: null, beforePalette: null };
  for (const step of steps) {
    if (step.pass === "remove-background") result.beforeBackground ??= result.image;
    if (step.pass === "limit-colors" || step.pass === "snap-palette") result.beforePalette ??= result.image;
    if (step.pass === "upscale-nearest") {
      if (result.beforeBackground) result.beforeBackground = runPass(result.beforeBackground, step);
      if (result.beforePalette) result.beforePalette = runPass(result.beforePalette, step);
    }
    result.image = runPass(result.image, step);
  }
  return result;
}

function runPass(image: PixelImage, step: PassStep): PixelImage {
  switch (step.pass) {
    case "binarize-alpha":
      return binarizeAlpha(image, step.threshold);
    case "remove-background":
      return clearBackground(image, step);
    case "match-style":
      return matchStyle(image, step.reference);
    case "repair-seam":
      return repairSeam(image, step);
    case "limit-colors": {
      const { colorCount, dither: mode, ditherStrength: strength } = step;
      if (mode === "none") return limitColors(image, colorCount);
      return dither(image, { palette: choosePalette(image, colorCount), mode, strength });
    }
    case "snap-palette":
      return dither(image, {
        palette: step.palette.map(parseHex),
        mode: step.dither,
        strength: step.ditherStrength,
      });
    case "pull-to-palette":
      return pullToPalette(image, step.palette.map(parseHex), step.reach);
    case "outline":
      return drawOutline(image, step.color);
    case "despeckle":
      return despeckle(image);
    case "flatten":
      return flatten(image, step);
    case "remove-islands":
      return removeIslands(image, step.pixels);
    case "upscale-nearest":
      return upscaleNearest(image, step.factor);
  }
}

function clearBackground(
  image: PixelImage,
  { tolerance, enclosed = false }: { tolerance: number; enclosed?: boolean },
): PixelImage {
  const cut = removeBackground(image, tolerance);
  return enclosed ? removeEnclosed(image, cut) : cut;
}
