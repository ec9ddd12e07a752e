import { equalImages, type PixelImage } from "../pixel/image.ts";
import { applyPose } from "./apply-pose.ts";
import type { FoundMotion } from "./find-motion.ts";
import type { RowEdit } from "./pose.ts";
import type { PoseContext } from "./poses.ts";
import { scatter } from "./scatter.ts";
import { drawSparks } from "./sparks.ts";
import type { Still } from "./still.ts";
import { BREATHS } from "./tell-apart.ts";

export interface MoveOptions extends Omit<PoseContext, "height"> {
  /** Returns to its first frame after the last one. */
  loop: boolean;
  /** uint32, for everything random: pieces and sparks. */
  seed: number;
}

/** What makes a frame differ from an identical neighbor: a row at another height, or pieces a little farther along. */
interface Variation {
  edit: RowEdit;
  /** Part of a step. */
  later: number;
}

const VARIATIONS: readonly Variation[] = BREATHS.map((edit, i) => ({ edit, later: 0.06 * (i + 1) }));

/**
 * Animates a still: exactly `count` frames on the same canvas, all pixels in the colors of the still, its bottom row on
 * its baseline while the motion stands on it. A frame identical to the one before it breathes by one row; if that
 * changes nothing either (a drawing of one row), it stays identical. The still is not modified.
 */
export function moveStill(still: Still, found: FoundMotion, options: MoveOptions): PixelImage[] {
  const { count, loop } = options;
  const draw = createDrawing(still, found, options);
  const frames = Array.from({ length: count }, (_, i) => draw(i));
  for (let i = 1; i < count; i++) {
    const [before, frame] = [frames[i - 1]!, frames[i]!];
    const after = frames[i + 1] ?? (loop ? frames[0] : undefined);
    const closes = i === count - 1 && after !== undefined && equalImages(frame, after);
    if (!closes && !equalImages(frame, before)) continue;
    const other = VARIATIONS.map((variation) => draw(i, variation)).find(
      (candidate) => !equalImages(candidate, before) && !(after && equalImages(candidate, after)),
    );
    if (other) frames[i] = other;
  }
  return frames;
}

/** Returns the function that draws frame i of a motion. */
function createDrawing(
  still: Still,
  { motion, extra }: FoundMotion,
  options: MoveOptions,
): (i: number, variation?: Variation) => PixelImage {
  const { count, loop, seed, exactFirst } = options;
  const context: PoseContext = { ...options, height: still.box.height };
  // A motion that plays once ends with its last frame; one that repeats is back at the first one after it.
  const steps = loop ? count : Math.max(1, count - 1);
  return (i, variation) => {
    const moment = i / steps;
    if (i === 0 && exactFirst) return still.image;
    if (extra === "pieces") return scatter(still, moment + (variation?.later ?? 0) / steps, seed);
    const pose = motion(moment, context);
    const edits = variation ? [...pose.edits, variation.edit] : pose.edits;
    const frame = applyPose(still, { ...pose, edits });
    return extra === "sparks" ? drawSparks(frame, still, moment, seed) : frame;
  };
}
