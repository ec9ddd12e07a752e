import type { PixelImage } from "../pixel/image.ts";
import { changedShare } from "../pixel/measure-frames.ts";

/**
 * Finds at which frame a cycle should begin so that coming round to it is not its largest step: 0 where that is so
 * already. All runs (directions) begin at the same place, so that they stay in step.
 */
export function findStart(runs: readonly (readonly PixelImage[])[]): number {
  const count = runs[0]?.length ?? 0;
  if (count < 3) return 0;
  const steps = Array.from({ length: count }, (_, i) =>
    Math.max(...runs.map((frames) => changedShare(frames[(i + count - 1) % count]!, frames[i]!))),
  );
  const largest = Math.max(...steps);
  if (steps.filter((step) => step === largest).length > 1 || steps[0]! < largest) return 0;
  // The frame after the largest step would begin the cycle: any other keeps it inside. The next one is nearest.
  return 1;
}

/** Lets a cycle begin at another of its frames. */
export function startAt(frames: readonly PixelImage[], start: number): PixelImage[] {
  return [...frames.slice(start), ...frames.slice(0, start)];
}
