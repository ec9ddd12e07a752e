import { dither } from "./dither.ts";
import { joinFrames, type PixelImage } from "./image.ts";
import { choosePalette } from "./limit-colors.ts";
import type { PassStep } from "./passes.ts";
import { runPasses } from "./run-passes.ts";

/**
 * Runs passes on frames that belong together: colors are chosen once, from all frames, so that no color flickers.
 * Everything else is done frame by frame. The input is not modified.
 */
export function runPassesTogether(frames: readonly PixelImage[], steps: readonly PassStep[]): PixelImage[] {
  let result = [...frames];
  for (const step of steps) {
    if (step.pass !== "limit-colors") {
      result = result.map((frame) => runPasses(frame, [step]).image);
      continue;
    }
    const palette = choosePalette(joinFrames(result), step.colorCount);
    const options = { palette, mode: step.dither, strength: step.ditherStrength };
    // A picture without a drawn pixel has no colors to choose from, and needs none.
    if (palette.length > 0) result = result.map((frame) => dither(frame, options));
  }
  return result;
}
