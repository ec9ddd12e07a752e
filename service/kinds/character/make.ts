import { assembleCharacter, type CharacterMotion } from "../../asset/assemble-character.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { joinFrames } from "../../pixel/image.ts";
import type { PixelTask } from "../../pixel/pixel-work.ts";
import { checkFrames } from "../check-frames.ts";
import { paletteOf, plainProvenance, textOf } from "../describe.ts";
import type { DrawTools, KindMaker } from "../maker.ts";
import { creditOf, shareAlikeWarnings } from "../part-credits.ts";
import { composeCharacter } from "./draw-frames.ts";
import { type CharacterPlan, planCharacter } from "./plan.ts";
import type { CharacterRequest } from "./request.ts";

/** Plans and draws characters. */
export const characterMaker: KindMaker<CharacterRequest, CharacterPlan> = {
  async plan(parsed, { wardrobe, chooseSeed }) {
    return planCharacter(parsed, { wardrobe: await wardrobe(), chooseSeed });
  },
  async draw(plan, tools) {
    const wardrobe = await tools.wardrobe();
    const started = performance.now();
    const composed = await composeCharacter(wardrobe, plan, tools.pause);
    const { motions, checks: measured } = await measure(composed.motions, plan, tools);
    const credits = await wardrobe.creditsOf(composed.drawn);
    const provenance = plainProvenance(tools.version, {
      prompt: plan.prompt,
      seed: plan.seed,
      ...creditOf(credits),
    });
    const { x, y } = composed.canvas.anchor;
    const asset = assembleCharacter({
      name: tools.name,
      role: plan.role,
      outfit: plan.outfit,
      motions,
      directions: plan.directions,
      anchor: { x: x * plan.enlarge, y: y * plan.enlarge },
      palette: paletteOf(null, [joinFrames(framesOf(motions))]),
      text: textOf(provenance),
      seed: plan.seed,
    });
    const { checks, warnings } = checkFrames(asset, measured, false);
    return {
      asset,
      provenance,
      checks,
      warnings: [...composed.warnings, ...shareAlikeWarnings(credits), ...warnings],
      sheet: { seed: plan.seed, pivot: asset.animation.anchor, exemplars: [] },
      about: { character: asset.animation, unmet_words: plan.unmetWords },
      timings: { load: 0, model: 0, step: 0, post: performance.now() - started },
    };
  },
};

const framesOf = (motions: readonly CharacterMotion[]) =>
  motions.flatMap(({ runs }) => runs.flatMap(({ frames }) => frames));

/** Enlarges and measures all frames together. */
async function measure(
  motions: readonly CharacterMotion[],
  { enlarge }: CharacterPlan,
  { runPixels }: DrawTools,
) {
  const frames = framesOf(motions);
  const task: PixelTask = { task: "passes", passes: [] };
  const palette = colorsOf(joinFrames(frames));
  const result = await runPixels({
    frames,
    task,
    enlarge,
    mostPixelColors: null,
    measure: { palette, tileX: false, tileY: false },
  });
  let taken = 0;
  const made = motions.map((motion) => ({
    ...motion,
    runs: motion.runs.map((run) => {
      taken += run.frames.length;
      return { ...run, frames: result.frames.slice(taken - run.frames.length, taken) };
    }),
  }));
  return { motions: made, checks: result.checks };
}
