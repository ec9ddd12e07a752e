import type { PixelImage } from "../../pixel/image.ts";
import { applyPose } from "../apply-pose.ts";
import { REST } from "../pose.ts";
import { asStill, type Still } from "../still.ts";
import { tellApart } from "../tell-apart.ts";
import type { BodyPlan } from "./body-plan.ts";
import { cleanFrame, isTorn, type Look, lookAt } from "./clean-frame.ts";
import { boundsOf, cut, type Raster, stack, toImage, toRaster } from "./raster.ts";
import type { RigAction, RigFrame, RigMotion } from "./rig.ts";
import { RIGS } from "./rigs.ts";
import type { Subject } from "./subject.ts";

export interface RigOptions {
  /** Frames of the whole motion. */
  count: number;
  /** Returns to its first frame after the last one. */
  loop: boolean;
  /** Whether its first frame must be the still itself. */
  exactFirst: boolean;
}

/** What a drawing is moved as, and what it does. */
export interface RigRequest {
  still: Still;
  subject: Subject;
  plan: BodyPlan;
  action: RigAction;
}

/** Frames, and the parts that could not be found in the drawing and stayed still. */
export interface RiggedFrames {
  frames: PixelImage[];
  missed: string[];
}

/** Parts move by this much of what they should, the most that the canvas has room for. */
const AMOUNTS = [1, 0.75, 0.5, 0.25, 0];

/**
 * Animates a drawing by its body plan: exactly `count` frames on its canvas, all pixels in its colors. Null if the rig
 * has no such motion or cannot tell the drawing's parts apart. The still is not modified.
 */
export function moveRigged(
  { still, subject, plan, action }: RigRequest,
  { count, loop, exactFirst }: RigOptions,
): RiggedFrames | null {
  const missed: string[] = [];
  const motion = RIGS[plan](subject, action, (parts) => missed.push(parts));
  if (!motion) return null;
  const steps = loop ? count : Math.max(1, count - 1);
  const moments = Array.from({ length: count }, (_, i) => i / steps);
  const look = lookAt(subject.raster);
  const frames = drawInside(subject, motion, { moments, look }).map((frame, i) => {
    if (i === 0 && exactFirst) return still.image;
    return finish(frame, { still, subject, look });
  });
  return { frames: tellApart(frames, loop), missed };
}

/** Draws all moments with the largest movement for which no part leaves the canvas or is torn off. */
function drawInside(
  subject: Subject,
  motion: RigMotion,
  { moments, look }: { moments: readonly number[]; look: Look },
): RigFrame[] {
  for (const amount of AMOUNTS) {
    const frames = moments.map((moment) => motion(moment, amount));
    if (amount === 0 || frames.every(({ raster }) => isInside(raster, subject) && !isTorn(raster, look)))
      return frames;
  }
  return [];
}

function isInside(raster: Raster, { room, box }: Subject): boolean {
  const bounds = boundsOf(raster);
  if (!bounds) return true;
  return (
    bounds.left >= Math.min(room, box.left) &&
    bounds.top >= Math.min(room, box.top) &&
    bounds.right < Math.max(raster.width - room, box.right + 1) &&
    bounds.bottom < Math.max(raster.height - room, box.bottom + 1)
  );
}

function finish(
  { raster, pose }: RigFrame,
  { still, subject, look }: { still: Still; subject: Subject; look: Look },
): PixelImage {
  const image = toImage(cleanFrame({ ...raster, pixels: raster.pixels.slice() }, look), subject.room);
  const moved = asStill(image);
  const posed = moved ? applyPose(moved, { ...REST, ...pose }) : image;
  if (!subject.shadow) return posed;
  const ground = cut(toRaster(still.image, subject.room), subject.shadow);
  return toImage(stack(ground, toRaster(posed, subject.room)), subject.room);
}
