import type { Pose } from "../pose.ts";
import type { Raster } from "./raster.ts";
import type { Subject } from "./subject.ts";

/** What a rig can be asked for: actions, and words of a custom action. */
export type RigAction =
  | "idle"
  | "walk"
  | "run"
  | "jump"
  | "attack"
  | "hurt"
  | "die"
  | "hover"
  | "open"
  | "close"
  | "spin"
  | "flicker"
  | "sway";

/** A drawing at a moment: its parts moved, then the whole of it in a pose. */
export interface RigFrame {
  raster: Raster;
  pose: Partial<Pose>;
}

/**
 * Draws a moment: 0 to 1, exclusive in a loop, inclusive if it plays once. `amount` (1 to 0) makes parts move less
 * where the canvas leaves them no room.
 */
export type RigMotion = (moment: number, amount: number) => RigFrame;

/** A body plan: gives the motion of a drawing for an action, or null if it cannot tell the parts of the drawing apart. */
export type Rig = (subject: Subject, action: RigAction, miss: Miss) => RigMotion | null;

/** Takes the name of parts that a rig looked for and did without ("legs"). */
export type Miss = (parts: string) => void;

const TURN = 2 * Math.PI;

/** A wave that rises from 0: moment in turns. */
export const sine = (moment: number): number => Math.sin(TURN * moment);
/** 0 at the start, 1 in the middle, 0 at the end. */
export const swell = (moment: number): number => 0.5 * (1 - Math.cos(TURN * moment));

/** Goes evenly through values, from the first at 0 to the last at 1. */
export function through(values: readonly number[], moment: number): number {
  const place = Math.max(0, Math.min(1, moment)) * (values.length - 1);
  const index = Math.min(values.length - 2, Math.floor(place));
  const [from = 0, to = 0] = values.slice(index, index + 2);
  return from + (to - from) * (place - index);
}
