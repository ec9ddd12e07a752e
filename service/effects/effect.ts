import type { Random } from "../pixel/random.ts";
import type { Ink } from "./ink.ts";
import type { RampName } from "./ramps.ts";

/** Draws one moment of an effect. `t` is 0 to 1: one-shot effects end at 1, loops are at 0 again. */
export type DrawMoment = (ink: Ink, t: number) => void;

/** What an effect looks like and how it moves. */
export interface EffectDrawing {
  /** Chooses everything that the seed decides. `size` in pixels: small frames hold fewer things. */
  plan(random: Random, size: number): DrawMoment;
  frames: number;
  /** ms of a usual frame. */
  ms: number;
  loop: boolean;
  /** Frames that are held longer or shorter, from the first on, as multiples of `ms`; the others take 1. */
  holds?: readonly number[];
  /** The moment that shows it best, for a still. */
  peak: number;
  /** Its own colors. */
  ramp: RampName;
  /** Where it happens, in units: the ground under a flame, the mouth of a gun; default: the middle. */
  origin?: { x: number; y: number };
  /** Whether it points somewhere; it is drawn as it points east. */
  directed?: boolean;
  /** Whether its frames tile: what leaves on one side comes in on the other. */
  tiles?: boolean;
}
