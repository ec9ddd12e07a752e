import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { PartCredit } from "../../wardrobe/open-wardrobe.ts";
import type { DrawTools, OpenWardrobe } from "../maker.ts";
import { drawParts, drawsPart } from "./draw-parts.ts";
import { drawPeople } from "./draw-people.ts";
import { drawSurfaces, drawsSurface } from "./draw-surfaces.ts";
import { type PeoplePlan, planPeople } from "./plan-people.ts";

/** A plan that no model draws: a part of an interface, a plain ground, or people whom the wardrobe dresses. */
export type RuledPlan =
  | { by: "part" | "surface"; plan: GenerationPlan }
  | { by: "wardrobe"; plan: GenerationPlan; people: PeoplePlan };

/** Decides whether rules draw a plan in place of a model; null if they do not. */
export async function planByRules(plan: GenerationPlan, wardrobe: OpenWardrobe): Promise<RuledPlan | null> {
  if (drawsPart(plan)) return { by: "part", plan };
  if (drawsSurface(plan)) return { by: "surface", plan };
  const people = await planPeople(plan, wardrobe);
  return people && { by: "wardrobe", plan, people };
}

/** Draws what rules draw, and lists whom to credit for the parts of people. */
export async function drawByRules(
  ruled: RuledPlan,
  tools: Pick<DrawTools, "wardrobe" | "generate" | "pause">,
): Promise<{ drawn: DrawnPictures; credits: PartCredit[] }> {
  if (ruled.by === "wardrobe") return drawPeople(ruled.people, ruled.plan, tools);
  return { drawn: ruled.by === "part" ? drawParts(ruled.plan) : drawSurfaces(ruled.plan), credits: [] };
}
