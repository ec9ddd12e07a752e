import type { DrawnPicture, DrawnPictures } from "../../generators/drawn-pictures.ts";
import { type GenerationPlan, mayDrawByRules } from "../../generators/generation-plan.ts";
import { finishPicture } from "../../generators/run-plan.ts";
import { drawGround } from "../../terrain/draw-ground.ts";
import { isDrawnGround } from "../../terrain/terrain-words.ts";

/** Styles that ask for a surface. */
const STYLES = new Set(["texture", "mc_texture"]);

/** Whether rules draw a plan instead of a model: a surface that is a plain ground, as in tiles and tilesets. */
export function drawsSurface(plan: GenerationPlan): boolean {
  const isFree = plan.pictures.every(({ start, known }) => !start && !known);
  return (
    STYLES.has(plan.style) && isFree && mayDrawByRules(plan) && isDrawnGround(String(plan.resolved.prompt))
  );
}

/** Draws the surfaces of a plan, one a seed, seamless on both axes. */
export function drawSurfaces(plan: GenerationPlan): DrawnPictures {
  const { width, height } = plan.composition;
  const pictures = plan.pictures.map(({ seed }): DrawnPicture => {
    const ground = drawGround(String(plan.resolved.prompt), { width, height, seed });
    if (!ground) throw new Error("A plain ground cannot be drawn.");
    // It has the size of the image already.
    const composition = { ...plan.composition, enlarge: 1, fit: "exact" } as const;
    return finishPicture([{ image: ground, isPixelArt: true }], { ...plan, composition });
  });
  return { pictures, executionProvider: "", timings: { loadMs: 0, modelMs: 0, stepMs: 0, postMs: 0 } };
}
