import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { RawPicture, Subject } from "../../generators/generator.ts";
import { finishPicture } from "../../generators/run-plan.ts";
import { isSeat } from "../../pixel/alter/compose-pair.ts";
import { isBroom } from "../../pixel/alter/ride-broom.ts";
import type { PartCredit } from "../../wardrobe/open-wardrobe.ts";
import { composeStill } from "../../wardrobe/still-frame.ts";
import { lackingParts } from "../../words/lacking-parts.ts";
import type { DrawTools } from "../maker.ts";
import { drawBust, standFigure } from "./place-person.ts";
import type { PeoplePlan } from "./plan-people.ts";

/** The share of the height that is left for somebody who rides. */
const RIDER = 0.62;
/** The same with a broom between the legs, which takes little of it. */
const BROOM_RIDER = 0.9;

/** People as the wardrobe drew them, and whom to credit for the parts that are seen. */
export interface DrawnPeople {
  drawn: DrawnPictures;
  credits: PartCredit[];
}

/** Draws the people of a plan, standing and facing south, one a picture, and finishes them as any picture of a plan. */
export async function drawPeople(
  { dressed, isPortrait, lacksThings }: PeoplePlan,
  plan: GenerationPlan,
  tools: Pick<DrawTools, "wardrobe" | "generate" | "pause">,
): Promise<DrawnPeople> {
  const started = performance.now();
  const wardrobe = await tools.wardrobe();
  const seen = new Set<string>();
  const raws: RawPicture[] = [];
  for (const [i, request] of plan.pictures.entries()) {
    const one = dressed[i];
    if (!one) throw new Error(`Nobody is dressed for picture ${i}.`);
    const composed = await composeStill(wardrobe, one.outfit);
    for (const part of composed.drawn) seen.add(part);
    const share = lacksThings ? shareOf(request.prompt, one.unmetWords) : 1;
    const image = isPortrait ? drawBust(composed, request) : standFigure(composed, request, share);
    raws.push({ image, isPixelArt: true, unmetWords: one.unmetWords });
    await tools.pause();
  }
  const credits = await wardrobe.creditsOf(seen);
  if (lacksThings) {
    const pictures = plan.pictures.map((request, i) => ({ ...request, subject: subjectOf(raws[i]) }));
    return { drawn: await tools.generate({ ...plan, pictures }), credits };
  }
  const cells = plan.composition.columns * plan.composition.rows;
  const images = Array.from({ length: raws.length / cells }, (_, i) =>
    finishPicture(raws.slice(i * cells, (i + 1) * cells), plan),
  );
  const timings = { loadMs: 0, modelMs: 0, stepMs: 0, postMs: performance.now() - started };
  return { drawn: { pictures: images, executionProvider: "", timings }, credits };
}

/** The share of the height for somebody on something other than a seat, which stands behind; else all of it. */
function shareOf(prompt: string, unmetWords: readonly string[]): number {
  const ridden = lackingParts(prompt, unmetWords).find(
    ({ relation, thing }) => relation === "on" && !isSeat(thing.head),
  );
  if (!ridden) return 1;
  return isBroom(ridden.thing.head) ? BROOM_RIDER : RIDER;
}

function subjectOf(raw: RawPicture | undefined): Subject {
  if (!raw) throw new Error("A person is missing.");
  return { image: raw.image, unmetWords: raw.unmetWords ?? [] };
}
