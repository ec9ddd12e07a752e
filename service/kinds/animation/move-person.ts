import type { AnimationMotion } from "../../asset/assemble-animation.ts";
import type { CharacterMotion } from "../../asset/assemble-character.ts";
import type { MotionRun } from "../../asset/assemble-motions.ts";
import { pickFrames } from "../../motion/pick-frames.ts";
import { asStill } from "../../motion/still.ts";
import { tellApart } from "../../motion/tell-apart.ts";
import { createImage, type PixelImage, place } from "../../pixel/image.ts";
import type { Canvas } from "../../wardrobe/canvas.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import { composeCharacter } from "../character/draw-frames.ts";
import {
  type AnimationPlan,
  type AnimationSource,
  movePlanOf,
  type PlannedAction,
} from "./animation-plan.ts";
import type { MadeFrames } from "./make-frames.ts";
import { moveSubject } from "./move-subject.ts";

/**
 * Composes a person in what is drawn for people, and moves its standing frame in other actions. Frames are as large as
 * planned, or larger where something reaches out of that. `drawn` names the parts to credit.
 */
export async function movePerson(
  plan: AnimationPlan,
  { outfit, size }: Extract<AnimationSource, { by: "person" }>,
  { wardrobe, pause }: { wardrobe: Wardrobe; pause: () => Promise<void> },
): Promise<MadeFrames & { drawn: string[] }> {
  const { directions } = plan;
  const shown = plan.actions.flatMap(({ shows }) => shows ?? "idle");
  const actions = [...new Set(shown)].map((name) => ({ name, fps: 1, loop: false }));
  const cast = { outfit, armed: true, actions, directions, size };
  const { motions, canvas, drawn, warnings } = await composeCharacter(wardrobe, cast, pause);
  const placed = placeOn(canvas, plan);
  const made: AnimationMotion[] = [];
  for (const action of plan.actions) {
    const composed = motions.find(({ name }) => name === (action.shows ?? "idle"));
    const { runs, held } = runsOf(plan, action, placeRuns(composed, placed));
    if (held > 0) warnings.push(sayHeld(action, held));
    made.push({ ...action, movedBy: action.motion, runs });
    await pause();
  }
  const { width, height, anchor } = placed;
  const y = plan.anchor === "feet" ? anchor.y : Math.floor(height / 2);
  return {
    motions: made,
    anchor: { x: anchor.x, y },
    mirrored: {},
    warnings: [...warnings, ...saySize(plan, { width, height })],
    drawn,
  };
}

interface PlacedCanvas extends Canvas {
  /** Where the composed frames go. */
  at: { x: number; y: number };
}

/** Centers composed frames on the canvas of a plan, on its bottom edge. */
function placeOn({ width, height, anchor }: Canvas, { canvas }: AnimationPlan): PlacedCanvas {
  const whole = { width: Math.max(width, canvas.width), height: Math.max(height, canvas.height) };
  const at = { x: Math.floor((whole.width - width) / 2), y: whole.height - height };
  return { ...whole, anchor: { x: anchor.x + at.x, y: anchor.y + at.y }, at };
}

function placeRuns(motion: CharacterMotion | undefined, { width, height, at }: PlacedCanvas): MotionRun[] {
  return (motion?.runs ?? []).map(({ directions, frames }) => ({
    directions,
    frames: frames.map((frame) => place(frame, createImage(width, height), at.x, at.y)),
  }));
}

/** The frames of an action: those that are drawn, as many as asked for, or a moved one. */
function runsOf(
  plan: AnimationPlan,
  action: PlannedAction,
  drawn: readonly MotionRun[],
): { runs: MotionRun[]; held: number } {
  let held = 0;
  const framesOf = ({ directions, frames }: MotionRun): PixelImage[] => {
    const [first] = frames;
    const still = action.shows || !first ? null : asStill(first);
    if (still) return moveSubject(movePlanOf(plan, action), still, directions[0] ?? "south").frames;
    if (action.count === null || action.count === frames.length) return [...frames];
    const picked = pickFrames(frames, action.count, action.loop === true);
    held = Math.max(held, picked.held);
    return picked.held > 0 ? tellApart(picked.frames, action.loop === true) : picked.frames;
  };
  return { runs: drawn.map((run) => ({ directions: run.directions, frames: framesOf(run) })), held };
}

function sayHeld({ name, count }: PlannedAction, held: number): string {
  return `${held} of ${count} frames of ${name} repeat the one before, slightly moved: fewer are drawn.`;
}

function saySize({ canvas }: AnimationPlan, { width, height }: { width: number; height: number }): string[] {
  if (width === canvas.width && height === canvas.height) return [];
  return [
    `Frames have ${width}x${height} pixels, because something reaches out of ${canvas.width}x${canvas.height}.`,
  ];
}
