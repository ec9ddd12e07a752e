import type { PixelImage } from "../pixel/image.ts";
import { changedShare } from "../pixel/measure-frames.ts";

/**
 * Finds the frame at which a loop should start so that wrapping around is not its largest step: 0 if that is already
 * so. All runs (directions) start at the same frame, so that they stay in sync.
 */
export function findStart(runs: readonly (readonly PixelImage[])[]): number {
  const count = runs[0]?.length ?? 0;
  if (count < 3) return 0;
  const steps = Array.from({ length: count }, (_, i) =>
    Math.max(...runs.map((frames) => changedShare(frames[(i + count - 1) % count]!, frames[i]!))),
  );
  const largest = Math.max(...steps);
  if (steps.filter((step) => step === largest).length > 1 || steps[0]! < largest) return 0;
  // A loop starting at the frame after the largest step would wrap there; any other start keeps it inside. Take the next.
  return 1;
}

/** Starts a loop at another of its frames. */
export function startAt(frames: readonly PixelImage[], start: number): PixelImage[] {
  return [...frames.slice(start), ...frames.slice(0, start)];
}
