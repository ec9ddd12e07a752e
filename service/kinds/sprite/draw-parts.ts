import type { DrawnPicture, DrawnPictures } from "../../generators/drawn-pictures.ts";
import { type GenerationPlan, mayDrawByRules } from "../../generators/generation-plan.ts";
import { keepingPixels } from "../../generators/run-plan.ts";
import { runPasses } from "../../pixel/run-passes.ts";
import { drawPart } from "../../ui-parts/draw-part.ts";
import { readPart } from "../../ui-parts/read-part.ts";

/** Whether rules draw a plan instead of a model: a part of an interface, in the style for them, and no picture given. */
export function drawsPart(plan: GenerationPlan): boolean {
  const { style, pictures, resolved } = plan;
  const isFree = pictures.every(({ start, known, wrapX, wrapY }) => !start && !known && !wrapX && !wrapY);
  return style === "ui" && isFree && mayDrawByRules(plan) && readPart(String(resolved.prompt)) !== null;
}

/** Draws the parts of a plan, one a seed, at the size and in the colors of the request. */
export function drawParts(plan: GenerationPlan): DrawnPictures {
  const { enlarge } = plan.composition;
  const [width, height] = [plan.composition.width / enlarge, plan.composition.height / enlarge];
  const factor = Number(plan.resolved.upscale_output_factor ?? 1);
  const pictures = plan.pictures.flatMap(({ seed }): DrawnPicture[] => {
    const part = drawPart(String(plan.resolved.prompt), { width, height, seed });
    if (!part) return [];
    const { image, beforePalette } = runPasses(part.image, keepingPixels(plan.passes));
    const { left = 0, top = 0, right = 0, bottom = 0 } = part.nineSlice ?? {};
    const scaled = { left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor };
    return [
      {
        image,
        beforePalette: plan.keepBeforePalette ? beforePalette : null,
        beforeBackground: null,
        exemplars: [],
        unmetWords: [],
        nineSlice: part.nineSlice ? scaled : undefined,
      },
    ];
  });
  return { pictures, executionProvider: "", timings: { loadMs: 0, modelMs: 0, stepMs: 0, postMs: 0 } };
}
