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

/** Rigs tell parts apart in drawings of so many rows and columns at least. */
const LEAST_EDGE = 4;

/**
 * Animates a drawing by its body plan: the one that the prompt's noun names, else one that its silhouette suggests. A
 * drawing whose parts cannot be told apart is moved as a whole, which a warning says.
 */
export function moveCreature(
  still: Still,
  found: FoundMotion,
  options: MoveOptions & { prompt: string },
): MovedCreature {
  if (isTiny(still)) return { frames: moveStill(still, found, options), warnings: [] };
  const named = planOfPrompt(options.prompt);
  const subject = asSubject(still, named);
  const plan = named ?? planOfSilhouette(subject);
  const action = found.name as RigAction;
  const rigged = RIG_ACTIONS.has(found.name) ? moveRigged({ still, subject, plan, action }, options) : null;
  if (rigged) return { frames: rigged.frames, warnings: rigged.missed.map(sayMissed) };
  const figure = options.figure || plan === "biped" || plan === "quadruped";
  const isMissed = named !== null && RIG_ACTIONS.has(found.name) && !isAtRest(named, found.name);
  const warnings = isMissed ? [sayMissed("parts")] : [];
  return { frames: moveStill(still, found, { ...options, figure }), warnings };
}

const sayMissed = (parts: string): string =>
  `No ${parts} could be told apart in the drawing, so it is moved as a whole.`;

/** Whether a drawing is too small to have parts. */
function isTiny({ box }: Still): boolean {
  return Math.min(box.width, box.height) < LEAST_EDGE;
}

/** Things without a motion of their own: a chest that is idle, a tree that is hurt. */
function isAtRest(plan: BodyPlan, action: string): boolean {
  return THINGS.has(plan) && action !== "open" && action !== "close";
}

/** Which way a drawing faces: west if it is a side view with its head on the left, else east. */
export function facingOf(still: Still, prompt: string): "east" | "west" {
  if (isTiny(still)) return "east";
  const { view, facing } = asSubject(still, planOfPrompt(prompt));
  return view === "side" && facing < 0 ? "west" : "east";
}
