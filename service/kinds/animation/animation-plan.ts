import type { MOTIONS, SHEET_LAYOUTS } from "../../../shared/asset.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { ChosenPerson } from "../../motion/choose-person.ts";
import type { MotionSet, PersonAction } from "../../motion/people.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import type { AnimationRequest } from "./request.ts";

/** Where the pixels come from. */
export type AnimationSource =
  /** A model draws every frame: direction by direction, frame by frame. */
  | { by: "model"; plan: GenerationPlan }
  /** A licensed person; if `action` is null, it has no such motion and its standing frame is moved. */
  | {
      by: "person";
      set: MotionSet;
      chosen: ChosenPerson;
      colors: Map<number, number>;
      action: PersonAction | null;
    }
  /** A model draws one still, which stands on the bottom row of the canvas. */
  | { by: "sprite"; plan: GenerationPlan }
  /** The picture of the request, kept exactly as the first frame. */
  | { by: "input"; image: PixelImage };

/** Everything an animation needs, with every default resolved. */
export interface AnimationPlan {
  kind: "animation";
  action: AnimationRequest["action"];
  /** Stem of the tags. */
  name: string;
  motion: (typeof MOTIONS)[number];
  source: AnimationSource;
  /** Words of a custom action, which choose the motion together with `action`. */
  actionWords: string;
  directions: string[];
  mirror: boolean;
  canvas: { width: number; height: number };
  /** Frames per direction. */
  count: number;
  /** ms, one per frame. */
  durationsMs: number[];
  loop: boolean | "pingpong";
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
