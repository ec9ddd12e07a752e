import { assembleAnimation } from "../../asset/assemble-animation.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import { joinFrames } from "../../pixel/image.ts";
import { checkFrames } from "../check-frames.ts";
import { decodePalette, decodePicture } from "../decode-pictures.ts";
import { paletteOf, textOf } from "../describe.ts";
import { framesOf, holdColors } from "../hold-colors.ts";
import type { DrawTools, KindMaker, KindPlan } from "../maker.ts";
import { shareAlikeWarnings } from "../part-credits.ts";
import { unmetWordsOf } from "../sprite/describe.ts";
import { type AnimationPlan, usualCount } from "./animation-plan.ts";
import { describeOrigin, usedExemplars } from "./describe.ts";
import { mayShowPerson } from "./find-person.ts";
import { type MadeFrames, makeFrames } from "./make-frames.ts";
import { movePerson } from "./move-person.ts";
import { planAnimation } from "./plan.ts";
import type { AnimationRequest } from "./request.ts";

/** ms to move and write one frame. */
const FRAME_MS = 8;

type StoredPlan = AnimationPlan & KindPlan;

/** Plans and draws animations. */
export const animationMaker: KindMaker<AnimationRequest, StoredPlan> = {
  async plan({ request, ignored }, { models, wardrobe, chooseSeed }) {
    const decoded = {
      inputImage: await decodePicture(request.input_image, "input_image"),
      palettePicture: await decodePalette(request.input_palette),
    };
    const parts = mayShowPerson(request) ? await wardrobe() : null;
    const plan = planAnimation(request, { models, wardrobe: parts, decoded, ignored, chooseSeed });
    const generations = "plan" in plan.source ? [plan.source.plan] : [];
    const frames = plan.actions.reduce((sum, { action, count }) => sum + (count ?? usualCount(action)), 0);
    const dressed = parts && plan.source.by === "person" ? { wardrobe: parts.sha256 } : {};
    return { ...plan, ...dressed, generations, pixelMs: FRAME_MS * frames * plan.directions.length };
  },
  async draw(plan, tools) {
    const started = performance.now();
    const drawn = "plan" in plan.source ? await tools.generate(plan.source.plan) : null;
    const drawnAt = drawn ? performance.now() : started;
    const { made, credits } = await moveAll(plan, drawn, tools);
    const held = await holdColors(made.motions, plan, tools);
    const provenance = describeOrigin(plan, { drawn, credits }, tools);
    const { enlarge, source } = plan;
    const asset = assembleAnimation({
      name: tools.name,
      motions: held.motions.map((motion, i) => ({
        ...motion,
        movedBy: plan.actions[i]?.count === 1 ? "still" : motion.movedBy,
      })),
      directions: plan.directions,
      mirrored: made.mirrored,
      anchor: { x: made.anchor.x * enlarge, y: made.anchor.y * enlarge },
      layout: plan.layout,
      // The colors of all frames together, most frequent first.
      palette: paletteOf(plan.palette, [joinFrames(framesOf(held.motions))]),
      text: textOf(provenance),
      seed: plan.seed,
      exemplars: usedExemplars(drawn),
    });
    const { checks, warnings } = checkFrames(asset, held.checks);
    const unmet = source.by === "person" ? source.unmetWords : drawn ? unmetWordsOf(drawn) : [];
    const timings = drawn?.timings;
    return {
      asset,
      provenance,
      checks,
      warnings: [...made.warnings, ...shareAlikeWarnings(credits), ...held.warnings, ...warnings],
      sheet: { seed: plan.seed, pivot: asset.animation.anchor, exemplars: usedExemplars(drawn) },
      about: { animation: asset.animation, unmet_words: unmet },
      timings: {
        load: timings?.loadMs ?? 0,
        model: timings?.modelMs ?? 0,
        step: timings?.stepMs ?? 0,
        post: (timings?.postMs ?? 0) + performance.now() - drawnAt,
      },
    };
  },
};

/** Makes all frames, and says whom to credit for the parts of a person. */
async function moveAll(
  plan: AnimationPlan,
  drawn: DrawnPictures | null,
  { wardrobe, pause }: DrawTools,
): Promise<{ made: MadeFrames; credits: Parameters<typeof shareAlikeWarnings>[0] }> {
  const { source } = plan;
  if (source.by === "person") {
    const parts = await wardrobe();
    const { drawn: seen, ...made } = await movePerson(plan, source, { wardrobe: parts, pause });
    return { made, credits: await parts.creditsOf(seen) };
  }
  const pictures = source.by === "input" ? [source.image] : (drawn?.pictures ?? []).map(({ image }) => image);
  return { made: await makeFrames(plan, pictures, pause), credits: [] };
}
