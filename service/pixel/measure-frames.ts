import { equalImages, type PixelImage, wordsOf } from "./image.ts";

/** Measurements of the frames of an animation; the worst direction counts. */
export interface FrameMeasures {
  duplicateFrames: number;
  /** Share of the pixels that differ between the last and the first frame; null if it does not loop. */
  loopGap: number | null;
  /** The largest such share between consecutive frames. */
  largestStep: number;
}

/** Measures runs of frames that are played in sequence; `loop` says whether the first follows the last. */
export function measureFrames(runs: readonly (readonly PixelImage[])[], loop: boolean): FrameMeasures {
  let duplicateFrames = 0;
  let largestStep = 0;
  let loopGap = 0;
  for (const frames of runs) {
    for (let i = 1; i < frames.length; i++) {
      const [before, frame] = [frames[i - 1]!, frames[i]!];
      if (equalImages(before, frame)) duplicateFrames++;
      largestStep = Math.max(largestStep, changedShare(before, frame));
    }
    loopGap = Math.max(loopGap, changedShare(frames.at(-1)!, frames[0]!));
  }
  return { duplicateFrames, loopGap: loop ? round(loopGap) : null, largestStep: round(largestStep) };
}

/** The share of the pixels that differ between two images of one size, 0 to 1. */
export function changedShare(one: PixelImage, other: PixelImage): number {
  const [before, after] = [wordsOf(one), wordsOf(other)];
  let changed = 0;
  for (let p = 0; p < before.length; p++) if (before[p] !== after[p]) changed++;
  return changed / (one.width * one.height);
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
