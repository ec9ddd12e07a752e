import type { NineSlice } from "../../../shared/asset.ts";
import { drawPeak, TURNS } from "../../effects/draw-effect.ts";
import { EFFECTS } from "../../effects/effect-table.ts";
import { findEffect } from "../../effects/find-effect.ts";
import { NO_TURN } from "../../effects/ink.ts";
import type { DrawnPicture, DrawnPictures } from "../../generators/drawn-pictures.ts";
import { type GenerationPlan, mayDrawByRules } from "../../generators/generation-plan.ts";
import { keepingPixels } from "../../generators/run-plan.ts";
import { createImage, type PixelImage, place } from "../../pixel/image.ts";
import { runPasses } from "../../pixel/run-passes.ts";
import { drawPart } from "../../ui-parts/draw-part.ts";
import { readPart } from "../../ui-parts/read-part.ts";

/**
 * Whether rules draw a plan instead of a model: a part of an interface or an effect, in the style for them, and no
 * picture given.
 */
export function drawsPart(plan: GenerationPlan): boolean {
  const { style, pictures, resolved } = plan;
  const isFree = pictures.every(({ start, known, wrapX, wrapY }) => !start && !known && !wrapX && !wrapY);
  const prompt = String(resolved.prompt);
  const isKnown = style === "ui" ? readPart(prompt) !== null : style === "vfx" && findEffect(prompt) !== null;
  return isKnown && isFree && mayDrawByRules(plan);
}

/** A part of an interface, or an effect at its height. */
interface DrawnThing {
  image: PixelImage;
  nineSlice: NineSlice | null;
  unmetWords?: string[];
}

interface PartLook {
  width: number;
  height: number;
  seed: number;
}

/** Draws the parts of a plan, one a seed, at the size and in the colors of the request. */
export function drawParts(plan: GenerationPlan): DrawnPictures {
  const { enlarge } = plan.composition;
  const [width, height] = [plan.composition.width / enlarge, plan.composition.height / enlarge];
  const factor = Number(plan.resolved.upscale_output_factor ?? 1);
  const pictures = plan.pictures.flatMap(({ seed }): DrawnPicture[] => {
    const look = { width, height, seed };
    const prompt = String(plan.resolved.prompt);
    const part: DrawnThing | null =
      plan.style === "vfx" ? drawStillEffect(prompt, look) : drawPart(prompt, look);
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
        unmetWords: part.unmetWords ?? [],
        nineSlice: part.nineSlice ? scaled : undefined,
      },
    ];
  });
  return { pictures, executionProvider: "", timings: { loadMs: 0, modelMs: 0, stepMs: 0, postMs: 0 } };
}

/** Draws the moment of an effect that shows it best, in the middle of the picture. */
function drawStillEffect(prompt: string, { width, height, seed }: PartLook): DrawnThing | null {
  const found = findEffect(prompt);
  if (!found) return null;
  const size = Math.min(width, height);
  const turn = TURNS[found.direction ?? "east"] ?? NO_TURN;
  const image = drawPeak(EFFECTS[found.name], { size, ramp: found.ramp, seed, turn });
  const [x, y] = [Math.floor((width - size) / 2), Math.floor((height - size) / 2)];
  return {
    image: place(image, createImage(width, height), x, y),
    nineSlice: null,
    unmetWords: found.unmetWords,
  };
}
