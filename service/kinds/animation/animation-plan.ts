import type { MOTIONS, SHEET_LAYOUTS } from "../../../shared/asset.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import type { ChosenPerson } from "../../motion/choose-person.ts";
import type { MotionSet, PersonAction } from "../../motion/people.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { AnimationRequest } from "./request.ts";

/** Where the pixels come from. */
export type AnimationSource =
  /** A model draws every frame: its pictures are frame by frame, direction by direction. */
  | { by: "model"; plan: GenerationPlan }
  /** A licensed person; `action` null: nobody drew it in this motion, so its standing frame is moved. */
  | {
      by: "person";
      set: MotionSet;
      chosen: ChosenPerson;
      colors: Map<number, number>;
      action: PersonAction | null;
    }
  /** A model draws one still, which is set on the canvas by its lowest row. */
  | { by: "sprite"; plan: GenerationPlan }
  /** The picture of the request, kept exactly as the first frame. */
  | { by: "input"; image: PixelImage };

/** Everything that an animation needs: no default left. */
export interface AnimationPlan {
  kind: "animation";
  action: AnimationRequest["action"];
  /** Stem of the tags. */
  name: string;
  motion: (typeof MOTIONS)[number];
  source: AnimationSource;
  /** Words of a custom action: with `action` they say which drawn motion it is. */
  actionWords: string;
  directions: string[];
  mirror: boolean;
  canvas: { width: number; height: number };
  /** Frames of each direction. */
  count: number;
  /** ms, as many as frames. */
  durationsMs: number[];
  loop: boolean | "pingpong";
  anchor: "feet" | "center";
  /** Whether the thing stands on legs; null: its pixels tell. */
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
