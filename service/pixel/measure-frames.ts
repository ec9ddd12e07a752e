import { equalImages, type PixelImage } from "./image.ts";

/** What the frames of an animation prove, the worst direction counting. */
export interface FrameMeasures {
  duplicateFrames: number;
  /** Share of the pixels that differ from the last to the first frame; null when it does not loop. */
  loopGap: number | null;
  /** The same share between neighboring frames, at most. */
  largestStep: number;
}

/** Measures runs of frames that are played one after another; `loop` says whether the first follows the last. */
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
  let changed = 0;
  for (let i = 0; i < one.data.length; i += 4) {
    for (let channel = i; channel < i + 4; channel++) {
      if (one.data[channel] === other.data[channel]) continue;
      changed++;
      break;
    }
  }
  return changed / (one.width * one.height);
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
