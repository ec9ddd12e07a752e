import type { PixelImage } from "../pixel/image.ts";
import type { FoundMotion } from "./find-motion.ts";
import { type MoveOptions, moveStill } from "./move-still.ts";
import type { BodyPlan } from "./rigs/body-plan.ts";
import { planOfPrompt, planOfSilhouette } from "./rigs/choose-plan.ts";
import { moveRigged } from "./rigs/move-rigged.ts";
import type { RigAction } from "./rigs/rig.ts";
import { asSubject } from "./rigs/subject.ts";
import type { Still } from "./still.ts";

/** Frames of a moved drawing, and what to say about them. */
export interface MovedCreature {
  frames: PixelImage[];
  warnings: string[];
}

const RIG_ACTIONS: ReadonlySet<string> = new Set<RigAction>([
  "idle",
  "walk",
  "run",
  "jump",
  "attack",
  "hurt",
  "die",
  "hover",
  "open",
  "close",
  "spin",
  "flicker",
  "sway",
]);

/** Things that do nothing by themselves: no rig is missed where one is at rest. */
const THINGS: ReadonlySet<BodyPlan> = new Set<BodyPlan>(["chest", "door", "coin", "plant", "flag"]);

/**
 * Animates a drawing by its body plan: the one that the prompt's noun names, else one that its silhouette suggests. A
 * drawing whose parts cannot be told apart is moved as a whole, which a warning says.
 */
export function moveCreature(
  still: Still,
  found: FoundMotion,
  options: MoveOptions & { prompt: string },
): MovedCreature {
  const whole = () => moveStill(still, found, options);
  if (!RIG_ACTIONS.has(found.name)) return { frames: whole(), warnings: [] };
  const named = planOfPrompt(options.prompt);
  const subject = asSubject(still, named);
  const plan = named ?? planOfSilhouette(subject);
  const frames = moveRigged({ still, subject, plan, action: found.name as RigAction }, options);
  if (frames) return { frames, warnings: [] };
  const isMissed = named !== null && (!THINGS.has(named) || found.name === "open");
  const warnings = isMissed
    ? [`The parts of the drawing could not be told apart (as a ${plan}), so it is moved as a whole.`]
    : [];
  return { frames: whole(), warnings };
}

/** Which way a drawing faces: west if it is a side view with its head on the left, else east. */
export function facingOf(still: Still, prompt: string): "east" | "west" {
  const { view, facing } = asSubject(still, planOfPrompt(prompt));
  return view === "side" && facing < 0 ? "west" : "east";
}
