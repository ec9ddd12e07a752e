import { invalidParameter } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/requests.ts";
import { colorsOf } from "./colors-of.ts";
import { countColors } from "./count-colors.ts";
import { joinFrames, type PixelImage } from "./image.ts";
import { indexPixels } from "./index-pixels.ts";
import { kCentroid } from "./k-centroid.ts";
import { measureImages } from "./measure.ts";
import type { PixelTask, PixelWork, PixelWorkResult } from "./pixel-work.ts";
import { pixelateFrames } from "./pixelate-frames.ts";
import { repairSeam } from "./repair-seam.ts";
import { rotatePixels } from "./rotate-pixels.ts";
import { runPassesTogether } from "./run-passes-together.ts";
import { upscaleNearest } from "./upscale-nearest.ts";

/** How many colors of a frame are listed. */
const MOST_LISTED = 256;

/** How many frames are done. */
export interface PixelProgress {
  step: number;
  steps: number;
}

type Worked = Pick<PixelWorkResult, "frames" | "grid" | "warnings">;

/**
 * Does pixel work piece by piece: each step of the generator reports progress, the return value is the result.
 * The caller may stop in between. The frames are not modified.
 * Throws `invalid-request` for an enlargement that would have too many pixels.
 */
export function* runPixelWork(work: PixelWork): Generator<PixelProgress, PixelWorkResult> {
  const { frames, task, enlarge, mostPixelColors } = work;
  const steps = frames.length;
  yield { step: 0, steps };
  const result: Worked = { frames: [], grid: null, warnings: [] };
  const alone = frameTask(task);
  if (alone) {
    for (const frame of frames) {
      result.frames.push(alone(frame));
      yield { step: result.frames.length, steps };
    }
  } else Object.assign(result, workTogether(frames, task));
  if (mostPixelColors !== null && !result.frames.every((frame) => fits(frame, mostPixelColors))) {
    result.frames = holdColors(result.frames, mostPixelColors);
    result.warnings.push(
      `A GIF frame can have ${mostPixelColors} colors and no partial transparency: both were reduced to fit.`,
    );
  }
  if (enlarge > 1) {
    refuseTooLarge(result.frames, enlarge);
    result.frames = result.frames.map((frame) => upscaleNearest(frame, enlarge));
  }
  yield { step: steps, steps };
  const colors = result.frames.map((frame) => colorsOf(frame).slice(0, MOST_LISTED));
  const { palette, ...axes } = work.measure;
  return { ...result, colors, checks: measureImages(result.frames, palette, axes) };
}

/** The part of a task that handles one frame, if frames do not depend on each other. */
function frameTask(task: PixelTask): ((frame: PixelImage) => PixelImage) | null {
  switch (task.task) {
    case "k-centroid":
      return (frame) => kCentroid(frame, task.width, task.height);
    case "rotate":
      return (frame) => rotatePixels(frame, task.degrees);
    case "repair-seam":
      return (frame) => repairSeam(frame, task);
    default:
      return null;
  }
}

function workTogether(frames: readonly PixelImage[], task: PixelTask): Partial<Worked> {
  if (task.task === "pixelate") return pixelateFrames(frames, task);
  return task.task === "passes" ? { frames: runPassesTogether(frames, task.passes) } : {};
}

/** Whether a frame fits unchanged into a file with this many distinct pixels and no partial alpha. */
function fits(frame: PixelImage, most: number): boolean {
  const indexed = indexPixels(frame, most);
  return indexed?.colors.every((color) => color % 256 === 0 || color % 256 === 255) ?? false;
}

/** Reduces all frames to this many distinct pixels, one of them transparent if there is a hole. */
function holdColors(frames: readonly PixelImage[], most: number): PixelImage[] {
  const colorCount = Math.max(1, Math.min(most - 1, countColors(joinFrames(frames)).size));
  return runPassesTogether(frames, [
    { pass: "binarize-alpha", threshold: 128 },
    { pass: "limit-colors", colorCount, dither: "none", ditherStrength: 0 },
  ]);
}

function refuseTooLarge(frames: readonly PixelImage[], enlarge: number): void {
  const pixels = frames.reduce((sum, { width, height }) => sum + width * height, 0);
  if (pixels * enlarge * enlarge <= LIMITS.framePixels) return;
  const most = Math.max(1, Math.floor(Math.sqrt(LIMITS.framePixels / pixels)));
  const expected = `at most ${most}, since the result has ${pixels} pixels before it is enlarged`;
  throw invalidParameter("upscale_output_factor", String(enlarge), expected);
}
