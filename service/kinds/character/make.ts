import { assembleCharacter } from "../../asset/assemble-character.ts";
import type { ExtraPicture } from "../../asset/asset-package.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { joinFrames } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import { checkFrames } from "../check-frames.ts";
import { decodePalette } from "../decode-pictures.ts";
import { paletteOf, plainProvenance, textOf } from "../describe.ts";
import { framesOf, holdColors } from "../hold-colors.ts";
import type { DrawTools, KindMaker } from "../maker.ts";
import { creditOf, shareAlikeWarnings } from "../part-credits.ts";
import { composeCharacter } from "./draw-frames.ts";
import { drawHead, type HeadPictures } from "./draw-head.ts";
import { type CharacterPlan, planCharacter } from "./plan.ts";
import type { CharacterRequest } from "./request.ts";

/** Plans and draws characters. */
export const characterMaker: KindMaker<CharacterRequest, CharacterPlan> = {
  async plan(parsed, { wardrobe, chooseSeed }) {
    const palettePicture = await decodePalette(parsed.request.input_palette);
    return planCharacter(parsed, { wardrobe: await wardrobe(), palettePicture, chooseSeed });
  },
  async draw(plan, tools) {
    const wardrobe = await tools.wardrobe();
    const started = performance.now();
    const composed = await composeCharacter(wardrobe, plan, tools.pause);
    const heads = await drawHead(wardrobe, plan);
    const held = await holdColors(composed.motions, plan, tools);
    const { motions } = held;
    const credits = await wardrobe.creditsOf([...composed.drawn, ...heads.drawn]);
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
      palette: paletteOf(plan.palette, [joinFrames(framesOf(motions))]),
      text: textOf(provenance),
      seed: plan.seed,
      pictures: await finishHeads(heads, { plan, colors: colorsOf(joinFrames(framesOf(motions))), tools }),
    });
    const { checks, warnings } = checkFrames(asset, held.checks);
    return {
      asset,
      provenance,
      checks,
      warnings: [...composed.warnings, ...shareAlikeWarnings(credits), ...held.warnings, ...warnings],
      sheet: { seed: plan.seed, pivot: asset.animation.anchor, exemplars: [] },
      about: { character: asset.animation, unmet_words: plan.unmetWords },
      timings: { load: 0, model: 0, step: 0, post: performance.now() - started },
    };
  },
};

/** Gives portrait and icon the colors of the frames, if these were asked for, and enlarges them as much. */
async function finishHeads(
  { portrait, icon }: HeadPictures,
  { plan, colors, tools }: { plan: CharacterPlan; colors: string[]; tools: DrawTools },
): Promise<ExtraPicture[]> {
  const outline = plan.passes.filter(({ pass }) => pass === "outline");
  const snap = { pass: "snap-palette", palette: colors, dither: "none", ditherStrength: 0 } as const;
  const passes: PassStep[] = plan.passes.length === 0 ? [] : [snap, ...outline];
  const pictures: ExtraPicture[] = [];
  for (const [role, image] of Object.entries({ portrait, icon })) {
    if (!image) continue;
    const { frames } = await tools.runPixels({
      frames: [image],
      task: { task: "passes", passes },
      enlarge: plan.enlarge,
      mostPixelColors: null,
      measure: { palette: null, tileX: false, tileY: false },
    });
    for (const frame of frames) pictures.push({ role, image: frame });
  }
  return pictures;
}
