import { namesCreature } from "../../motion/rigs/choose-plan.ts";
import { namesPerson } from "../../wardrobe/dressed-person.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import { REDUCED_SIZES } from "../../wardrobe/reduce-frames.ts";
import { dress } from "../character/dress.ts";
import type { AnimationSource } from "./animation-plan.ts";
import type { AnimationRequest } from "./request.ts";

/** Edges of cells in which people are composed, largest first. */
const SIZES = [64, ...[...REDUCED_SIZES].sort((a, b) => b - a)] as const;

export interface PersonContext {
  /** Null if there is none. */
  wardrobe: Pick<Wardrobe, "index"> | null;
  canvas: { width: number; height: number };
  seed: number;
}

/** The person that a prompt names, or why nobody is composed for it. */
export type FoundPerson =
  | { source: Extract<AnimationSource, { by: "person" }>; refusal: null }
  | { source: null; refusal: string };

/** Whether a request may show a composed person, so that its plan needs the wardrobe. */
export function mayShowPerson({ prompt = "", motion, input_image }: AnimationRequest): boolean {
  if (input_image !== undefined || motion === "procedural" || !namesPerson(prompt)) return false;
  return motion === "exemplar" || !namesCreature(prompt);
}

/** Dresses the person that a prompt names, as `character` does with the same seed. Throws as `dress`. */
export function findPerson(request: AnimationRequest, context: PersonContext): FoundPerson {
  const { prompt = "", strict } = request;
  const { wardrobe, canvas, seed } = context;
  const refuse = (refusal: string): FoundPerson => ({ source: null, refusal });
  if (!wardrobe || !mayShowPerson(request))
    return refuse("the prompt names nobody whom the wardrobe can dress");
  if ((request.exemplars ?? "auto") !== "auto") return refuse("exemplars allows none of the parts");
  const edge = Math.min(canvas.width, canvas.height);
  const size = SIZES.find((one) => one <= edge);
  if (size === undefined) return refuse(`people need at least ${SIZES.at(-1)} pixels`);
  const dressed = dress(prompt, { index: wardrobe.index, seed, strict });
  if (!dressed) return refuse("the prompt names nobody whom the wardrobe can dress");
  const { outfit, unmetWords } = dressed;
  return { source: { by: "person", outfit, size, unmetWords }, refusal: null };
}
