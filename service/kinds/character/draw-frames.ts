import type { CharacterMotion } from "../../asset/assemble-character.ts";
import type { MotionRun } from "../../asset/assemble-motions.ts";
import { equalImages, type PixelImage } from "../../pixel/image.ts";
import type { Canvas } from "../../wardrobe/canvas.ts";
import { type ComposedFrames, canvasFor, composeFrames } from "../../wardrobe/compose-frames.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import { type ReducedSize, reduceFrames } from "../../wardrobe/reduce-frames.ts";
import { HELD_SLOTS, isCarriedIn, partsWithout } from "../../wardrobe/shown-action.ts";
import { ACTIONS, motionOf } from "./actions.ts";
import type { CharacterPlan } from "./plan.ts";

const DIAGONALS = "Diagonals are side views with the head turned.";

type PlannedAction = CharacterPlan["actions"][number];

/** A character in all its actions and directions. */
export interface ComposedCharacter {
  motions: CharacterMotion[];
  canvas: Canvas;
  /** Ids of the parts that have a pixel in some frame: those to credit. */
  drawn: string[];
  warnings: string[];
}

/** Who does what. */
export type CharacterCast = Pick<CharacterPlan, "outfit" | "armed" | "actions" | "directions"> & {
  size: typeof NATIVE | ReducedSize;
};

/** Edge of the cell that characters are drawn in, in pixels. */
const NATIVE = 64;

/** Composes all frames of a character on one canvas, with a pause between two directions. */
export async function composeCharacter(
  wardrobe: Wardrobe,
  plan: CharacterCast,
  pause: () => Promise<void>,
): Promise<ComposedCharacter> {
  const { outfit, armed, actions, directions, size } = plan;
  const motions = actions.map(({ name }) => motionOf(name));
  const canvas = canvasFor(wardrobe, outfit, { actions: motions, armed });
  const drawn = new Set<string>();
  const undrawn: [string, string[]][] = [];
  const derived: [string, string[]][] = [];
  const warnings: string[] = [];
  const made: CharacterMotion[] = [];
  let reduced = canvas;
  for (const action of actions) {
    const views: ComposedFrames[] = [];
    const runs: MotionRun[] = [];
    for (const direction of directions) {
      const view = await composeFrames(wardrobe, outfit, {
        action: motionOf(action.name),
        direction,
        armed,
        canvas,
      });
      const small = size === NATIVE ? view : reduceFrames(view, size);
      reduced = small.canvas;
      views.push(view);
      runs.push({ directions: [direction], frames: pickFrames(action, small.frames) });
      for (const part of view.drawn) drawn.add(part);
      await pause();
    }
    const [first] = views;
    if (!first) continue;
    undrawn.push([action.name, first.undrawn.filter((id) => !isPutAway(wardrobe, action, { id, armed }))]);
    derived.push([action.name, [...new Set(views.flatMap((view) => view.derived))]]);
    const isOne = runs.length > 1 && runs.every((run) => sameFrames(run, runs[0]));
    warnings.push(
      ...describeStandIn(wardrobe, action, { ...first, armed }),
      ...(isOne ? [oneView(action)] : []),
    );
    const joined = isOne && runs[0] ? [{ ...runs[0], directions }] : runs;
    const { fps, name, loop } = action;
    made.push({ name, shown: first.action, timing: { fps }, loop, runs: joined });
  }
  for (const [ids, names] of byParts(undrawn)) warnings.push(`Not drawn in ${names}: ${ids}.`);
  for (const [ids, names] of byParts(derived)) {
    warnings.push(`Made by program from the walk, in ${names}: ${ids}.`);
  }
  if (directions.some((direction) => direction.includes("-"))) warnings.push(DIAGONALS);
  return { motions: made, canvas: reduced, drawn: [...drawn], warnings };
}

/** Joins actions that the same parts are told of. */
function byParts(told: readonly (readonly [action: string, ids: readonly string[]])[]): Map<string, string> {
  const joined = new Map<string, string>();
  for (const [action, parts] of told) {
    const ids = parts.join(", ");
    if (ids === "") continue;
    const before = joined.get(ids);
    joined.set(ids, before === undefined ? action : `${before}, ${action}`);
  }
  return joined;
}

/** Whether a part is missing because the request says so. */
function isPutAway(
  { parts }: Wardrobe,
  { name }: PlannedAction,
  { id, armed }: { id: string; armed: boolean },
): boolean {
  return !armed && isCarriedIn(motionOf(name)) && HELD_SLOTS.has(parts.get(id)?.slot ?? "");
}

function pickFrames({ name }: PlannedAction, frames: readonly PixelImage[]): PixelImage[] {
  return ACTIONS[name].frames?.flatMap((i) => frames[Math.min(i, frames.length - 1)] ?? []) ?? [...frames];
}

function sameFrames({ frames }: MotionRun, other: MotionRun | undefined): boolean {
  return frames.every((frame, i) => {
    const image = other?.frames[i];
    return image !== undefined && equalImages(frame, image);
  });
}

function oneView({ name }: PlannedAction): string {
  return `${name} looks the same in every direction: its tags share their frames.`;
}

/** Says what stands in for an action, and because of which parts. */
function describeStandIn(
  { index }: Wardrobe,
  { name }: PlannedAction,
  { action, drawings, worn, armed }: ComposedFrames & { armed: boolean },
): string[] {
  const usual = motionOf(name);
  if (usual === "attack" || action === usual) return [];
  const shown = drawings.length === 1 ? "stands still" : name === "jump" ? "hops" : `is shown as ${action}`;
  const parts = partsWithout(index, worn, { action: usual, armed }).map(({ part }) => part);
  const isHeld = parts.every(({ slot }) => HELD_SLOTS.has(slot));
  const hint = isHeld ? " With armed: false, it is left out." : "";
  return [`${name} ${shown}: there are no frames of it for ${parts.map(({ id }) => id).join(", ")}.${hint}`];
}
