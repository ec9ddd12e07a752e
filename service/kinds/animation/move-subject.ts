import { findMotion } from "../../motion/find-motion.ts";
import { type MovedCreature, moveCreature } from "../../motion/move-creature.ts";
import { moveStill } from "../../motion/move-still.ts";
import { hasLegs, type Still } from "../../motion/still.ts";
import type { MovePlan } from "./animation-plan.ts";

/**
 * Moves a drawing by one action of a plan: as many frames as planned, of the size of the drawing, facing a direction.
 * People stand already as they are dressed and are moved as a whole; everything else by its body plan.
 */
export function moveSubject(plan: MovePlan, still: Still, direction: string): MovedCreature {
  const { count, loop, seed, figure, source, resolved } = plan;
  const found = findMotion(plan.action, plan.actionWords);
  const options = {
    count,
    loop: loop === true,
    seed,
    figure: figure ?? hasLegs(still),
    forward: direction.endsWith("west") ? (-1 as const) : (1 as const),
    exactFirst: source.by === "input",
  };
  if (source.by === "person") return { frames: moveStill(still, found, options), warnings: [] };
  const prompt = typeof resolved.prompt === "string" ? resolved.prompt : "";
  return moveCreature(still, found, { ...options, prompt });
}
