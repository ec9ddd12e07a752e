import { equalImages, type PixelImage } from "../pixel/image.ts";
import { applyPose } from "./apply-pose.ts";
import { REST, type RowEdit } from "./pose.ts";
import { asStill } from "./still.ts";

/** Breaths: a row less or more at some height. Each gives a picture that is nearly the same, but not identical. */
export const BREATHS: readonly RowEdit[] = [0.42, 0.5, 0.58, 0.34, 0.66, 0.26, 0.74].flatMap((at) =>
  [1, -1].map((rows) => ({ at, rows })),
);

/**
 * Lets a frame that is identical to the one before it breathe by one row, with its bottom row in place; `loop` says
 * whether the first follows the last. Frames that no breath changes stay identical.
 */
export function tellApart(frames: readonly PixelImage[], loop: boolean): PixelImage[] {
  const result = [...frames];
  for (let i = 1; i < result.length; i++) {
    const [before, frame] = [result[i - 1]!, result[i]!];
    const after = result[i + 1] ?? (loop ? result[0] : undefined);
    const closes = i === result.length - 1 && after !== undefined && equalImages(frame, after);
    const still = asStill(frame);
    if (!still || (!closes && !equalImages(frame, before))) continue;
    const other = BREATHS.map((edit) => applyPose(still, { ...REST, edits: [edit] })).find(
      (candidate) => !equalImages(candidate, before) && !(after && equalImages(candidate, after)),
    );
    if (other) result[i] = other;
  }
  return result;
}
