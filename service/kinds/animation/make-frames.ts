import { ServiceError } from "../../../shared/errors.ts";
import type { AnimationMotion } from "../../asset/assemble-animation.ts";
import type { MotionRun } from "../../asset/assemble-motions.ts";
import { findStart, startAt } from "../../motion/close-loop.ts";
import { mirror } from "../../motion/mirror.ts";
import { facingOf } from "../../motion/move-creature.ts";
import { asStill } from "../../motion/still.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "../../pixel/image.ts";
import { type AnimationPlan, movePlanOf, usualCount } from "./animation-plan.ts";
import { moveSubject } from "./move-subject.ts";

/** All frames of an animation before their colors are held to a palette, and their anchor. */
export interface MadeFrames {
  motions: AnimationMotion[];
  anchor: { x: number; y: number };
  /** Direction -> the direction it mirrors. */
  mirrored: Record<string, string>;
  warnings: string[];
}

/**
 * Makes the frames of a plan from its drawn pictures: all of them, or one to move. Between directions it yields to the
 * event loop (`pause`), because it moves the pixels itself. Throws `generation-failed` if the drawing is empty.
 */
export async function makeFrames(
  plan: AnimationPlan,
  pictures: readonly PixelImage[],
  pause: () => Promise<unknown>,
): Promise<MadeFrames> {
  const made =
    plan.source.by === "model"
      ? orderModelFrames(plan, pictures)
      : await moveDrawing(plan, pictures[0], pause);
  // The user's picture stays the first frame, wherever the largest step is.
  if (plan.source.by === "input") return made;
  return { ...made, motions: made.motions.map(closeLoop) };
}

function closeLoop(motion: AnimationMotion): AnimationMotion {
  if (motion.loop !== true) return motion;
  const start = findStart(motion.runs.map(({ frames }) => frames));
  return {
    ...motion,
    runs: motion.runs.map((run) => ({ ...run, frames: startAt(run.frames, start) })),
  };
}

/** Takes the frames that a model drew, action by action and direction by direction. */
function orderModelFrames(
  { actions, directions, anchor }: AnimationPlan,
  pictures: readonly PixelImage[],
): MadeFrames {
  let taken = 0;
  const motions = actions.map((action): AnimationMotion => {
    const count = action.count ?? usualCount(action.action);
    const runs = directions.map((direction) => {
      taken += count;
      return { directions: [direction], frames: pictures.slice(taken - count, taken) };
    });
    return { ...action, movedBy: action.motion, runs };
  });
  return { motions, anchor: anchorOf(pictures, anchor), mirrored: {}, warnings: [] };
}

async function moveDrawing(
  plan: AnimationPlan,
  drawn: PixelImage | undefined,
  pause: () => Promise<unknown>,
): Promise<MadeFrames> {
  const { canvas, directions, source } = plan;
  const given = drawn ?? createImage(canvas.width, canvas.height);
  const image = source.by === "input" ? given : onCanvas(given, canvas);
  const still = asStill(image);
  if (!still)
    throw new ServiceError(
      "generation-failed",
      "The drawing is empty, so there is nothing to animate: try another seed.",
    );
  const anchor = anchorOf([image], plan.anchor);
  const faces = facingOf(still, typeof plan.resolved.prompt === "string" ? plan.resolved.prompt : "");
  const isMirrored = (direction: string) => plan.mirror && direction.endsWith(opposite(faces));
  const motions: AnimationMotion[] = [];
  const warnings = new Set<string>();
  for (const action of plan.actions) {
    const { frames, warnings: said } = moveSubject(movePlanOf(plan, action), still, faces);
    for (const warning of said) warnings.add(warning);
    const runs: MotionRun[] = [];
    for (const direction of directions) {
      await pause();
      const own = isMirrored(direction) ? frames.map((frame) => mirrorAbout(frame, anchor.x)) : frames;
      runs.push({ directions: [direction], frames: own });
    }
    motions.push({ ...action, movedBy: action.motion, runs });
  }
  const mirrored = Object.fromEntries(
    directions.filter(isMirrored).map((direction) => [direction, direction.replace(opposite(faces), faces)]),
  );
  return { motions, anchor, mirrored, warnings: [...warnings] };
}

const opposite = (side: "east" | "west"): "east" | "west" => (side === "east" ? "west" : "east");

/** Mirrors a frame around its anchor, which stays in place. */
function mirrorAbout(frame: PixelImage, x: number): PixelImage {
  return crop(mirror(frame), frame.width - 2 * x, 0, frame.width, frame.height);
}

/** Places a still on the bottom row of the canvas, horizontally centered. */
function onCanvas(image: PixelImage, canvas: AnimationPlan["canvas"]): PixelImage {
  const box = drawnBounds(image);
  if (!box) return image;
  const cut = crop(image, box.x, box.y, box.width, box.height);
  const x = Math.floor((canvas.width - box.width) / 2);
  return place(cut, createImage(canvas.width, canvas.height), x, canvas.height - box.height - 1);
}

/** Finds the ground point of overlaid pictures, or their center. */
function anchorOf(images: readonly PixelImage[], anchor: AnimationPlan["anchor"]): { x: number; y: number } {
  const boxes = images.flatMap((image) => drawnBounds(image) ?? []);
  const [first] = images;
  if (boxes.length === 0) return { x: Math.floor((first?.width ?? 0) / 2), y: first?.height ?? 0 };
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return {
    x: left + Math.floor((right - left) / 2),
    y: anchor === "feet" ? bottom : Math.floor((top + bottom) / 2),
  };
}
