import { assembleEffect } from "../../asset/assemble-effect.ts";
import { drawEffect, originOf, TURNS } from "../../effects/draw-effect.ts";
import type { EffectDrawing } from "../../effects/effect.ts";
import { EFFECTS } from "../../effects/effect-table.ts";
import { NO_TURN } from "../../effects/ink.ts";
import { joinFrames } from "../../pixel/image.ts";
import { checkFrames } from "../check-frames.ts";
import { decodePalette } from "../decode-pictures.ts";
import { paletteOf, plainProvenance, textOf } from "../describe.ts";
import { holdFrames } from "../hold-colors.ts";
import type { KindMaker } from "../maker.ts";
import { type EffectPlan, planEffect } from "./plan.ts";
import type { EffectRequest } from "./request.ts";

/** Plans and draws effects. */
export const effectMaker: KindMaker<EffectRequest, EffectPlan> = {
  async plan(parsed, { chooseSeed }) {
    const palettePicture = await decodePalette(parsed.request.input_palette);
    return planEffect(parsed, { palettePicture, chooseSeed });
  },
  async draw(plan, tools) {
    const started = performance.now();
    const effect: EffectDrawing = EFFECTS[plan.effect];
    const { size, ramp, seed, direction, loop } = plan;
    const turn = TURNS[direction ?? "east"] ?? NO_TURN;
    const drawn = drawEffect(effect, { size, ramp, seed, turn }, plan.durationsMs.length);
    await tools.pause();
    const held = await holdFrames(drawn, plan, tools);
    const provenance = plainProvenance(tools.version, { prompt: plan.prompt, seed });
    const origin = originOf(effect, { size, turn });
    const asset = assembleEffect({
      name: tools.name,
      effect: plan.effect,
      direction,
      tiles: effect.tiles === true,
      frames: held.frames,
      durationsMs: plan.durationsMs,
      fps: plan.fps,
      loop,
      anchor: { x: origin.x * plan.enlarge, y: origin.y * plan.enlarge },
      layout: plan.layout,
      palette: paletteOf(plan.palette, [joinFrames(held.frames)]),
      text: textOf(provenance),
      seed,
    });
    const { checks, warnings } = checkFrames(asset, held.checks);
    return {
      asset,
      provenance,
      checks,
      warnings: [...held.warnings, ...warnings],
      sheet: { seed, pivot: asset.animation.anchor, exemplars: [] },
      about: { effect: asset.animation, unmet_words: plan.unmetWords },
      timings: { load: 0, model: 0, step: 0, post: performance.now() - started },
    };
  },
};
