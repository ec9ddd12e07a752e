import { findMotion } from "../../motion/find-motion.ts";
import { moveStill } from "../../motion/move-still.ts";
import { hasLegs, type Still } from "../../motion/still.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { MovePlan } from "./animation-plan.ts";

/** Moves a drawing by one action of a plan: as many frames as planned, of the size of the drawing, facing a direction. */
export function moveSubject(plan: MovePlan, still: Still, direction: string): PixelImage[] {
  const { count, loop, seed, figure, source } = plan;
  return moveStill(still, findMotion(plan.action, plan.actionWords), {
    count,
    loop: loop === true,
    seed,
    figure: figure ?? hasLegs(still),
    forward: direction.endsWith("west") ? -1 : 1,
    exactFirst: source.by === "input",
  });
}
