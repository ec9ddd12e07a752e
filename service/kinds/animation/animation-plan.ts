import type { Action, MOTIONS, SHEET_LAYOUTS } from "../../../shared/asset.ts";
import type { CharacterAction } from "../../../shared/character.ts";
import type { Loop } from "../../../shared/motions.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import type { Motion } from "../../asset/assemble-motions.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import type { Outfit } from "../../wardrobe/outfit.ts";
import type { ReducedSize } from "../../wardrobe/reduce-frames.ts";

/** Where the pixels come from. All actions show the same subject. */
export type AnimationSource =
  /** A model draws every frame: action by action, direction by direction. */
  | { by: "model"; plan: GenerationPlan }
  /** A person, composed of licensed parts in a cell of this edge. */
  | { by: "person"; outfit: Outfit; size: 64 | ReducedSize; unmetWords: string[] }
  /** A model draws one still, which stands on the bottom row of the canvas. */
  | { by: "sprite"; plan: GenerationPlan }
  /** The picture of the request, kept exactly as the first frame. */
  | { by: "input"; image: PixelImage };

/** One of the actions of an animation. */
export interface PlannedAction {
  action: Action;
  /** Stem of its tags. */
  name: string;
  /** Words of a custom action, which choose the motion together with `action`. */
  actionWords: string;
  motion: (typeof MOTIONS)[number];
  /** What a composed person does; null: a still is moved. */
  shows: CharacterAction | null;
  /** Frames per direction; null: as many as are drawn of what a person does. */
  count: number | null;
  timing: Motion["timing"];
  loop: Loop;
}

/** Everything an animation needs, with every default resolved. */
export interface AnimationPlan {
  kind: "animation";
  source: AnimationSource;
  /** At least one. */
  actions: PlannedAction[];
  directions: string[];
  mirror: boolean;
  canvas: { width: number; height: number };
  anchor: "feet" | "center";
  /** Whether the subject has legs; null: its pixels decide. */
  figure: boolean | null;
  layout: (typeof SHEET_LAYOUTS)[number];
  /** Run on all frames together. */
  passes: PassStep[];
  palette: { name: string | null; colors: string[] } | null;
  enlarge: number;
  seed: number;
  ignored: IgnoredParameter[];
  warnings: string[];
  resolved: Record<string, unknown>;
}

/** One action of a plan with what all actions share: what moves a still. */
export interface MovePlan extends Omit<AnimationPlan, "actions">, Omit<PlannedAction, "count"> {
  count: number;
}

/** Frames of an action for which none are asked for and none are drawn. */
export function usualCount(action: Action): number {
  return action === "idle" ? 4 : 8;
}

/** Gives what moves a still by one action of a plan. */
export function movePlanOf({ actions: _, ...shared }: AnimationPlan, action: PlannedAction): MovePlan {
  return { ...shared, ...action, count: action.count ?? usualCount(action.action) };
}
