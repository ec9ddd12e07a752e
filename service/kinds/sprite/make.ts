import type { SpriteRequest } from "../../../shared/requests.ts";
import { assembleSprites } from "../../asset/assemble-sprites.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import { planSprite } from "../../recipes/sprite.ts";
import { decodePalette, decodePicture } from "../decode-pictures.ts";
import { generatedProvenance, paletteOf, plainProvenance, seedOf, textOf } from "../describe.ts";
import type { KindMaker, KindPlan } from "../maker.ts";
import { creditOf, shareAlikeWarnings } from "../part-credits.ts";
import { isTileId } from "../tile-id.ts";
import { describeChecks, extraPictures, unmetWordsOf } from "./describe.ts";
import { drawByRules, planByRules, type RuledPlan } from "./rules.ts";

/** ms to compose and reduce a person. */
const PERSON_MS = 25;

interface SpritePlan extends KindPlan {
  /** What rules or the wardrobe draw; null: a model draws `generations`. */
  ruled: RuledPlan | null;
}

/** Plans and draws sprites. */
export const spriteMaker: KindMaker<SpriteRequest, SpritePlan> = {
  async plan({ request, ignored }, { models, tiles, wardrobe, chooseSeed }) {
    const { style_reference: style } = request;
    const decoded = {
      inputImage: await decodePicture(request.input_image, "input_image"),
      maskImage: await decodePicture(request.mask_image, "mask_image"),
      styleReference:
        style !== undefined && isTileId(style)
          ? await tiles.tile(style, "style_reference")
          : await decodePicture(style, "style_reference"),
      palettePicture: await decodePalette(request.input_palette),
    };
    const plan = planSprite(request, { models, decoded, ignored, chooseSeed });
    const { resolved, ignored: all, warnings } = plan;
    const ruled = await planByRules(plan, wardrobe);
    return {
      resolved,
      ignored: all,
      warnings: ruled?.by === "surface" ? warnings.filter(isNotOfSize(plan)) : warnings,
      ruled,
      generations: ruled && !(ruled.by === "wardrobe" && ruled.people.lacksThings) ? [] : [plan],
      pixelMs: ruled?.by === "wardrobe" ? PERSON_MS * plan.pictures.length : 0,
    };
  },
  async draw({ ruled, generations }, tools) {
    const plan = ruled?.plan ?? generations[0];
    if (!plan) throw new Error("A sprite plan has nothing to draw.");
    const { drawn, credits } = ruled
      ? await drawByRules(ruled, tools)
      : { drawn: await tools.generate(plan), credits: [] };
    const images = drawn.pictures.map((picture) => picture.image);
    const { prompt } = plan.resolved;
    const provenance = {
      ...(generations.length > 0
        ? generatedProvenance(plan, drawn, tools)
        : plainProvenance(tools.version, { prompt: String(prompt), seed: seedOf(plan, 0) })),
      ...(credits.length > 0 ? creditOf(credits) : {}),
    };
    const asset = assembleSprites({
      name: tools.name,
      pictures: drawn.pictures.map(({ image, exemplars, nineSlice }, i) => ({
        image,
        exemplars,
        nineSlice,
        seed: seedOf(plan, i),
      })),
      palette: paletteOf(plan.palette, images),
      text: textOf(provenance),
    });
    const { checks, warnings } = describeChecks(plan, images);
    const { loadMs: load, modelMs: model, stepMs: step, postMs: post } = drawn.timings;
    return {
      asset,
      provenance,
      checks,
      warnings: [...shareAlikeWarnings(credits), ...warnings],
      extraFiles: extraPictures(asset, drawn),
      about: { unmet_words: unmetWordsOf(drawn) },
      timings: { load, model, step, post },
    };
  },
};

/** Tells the warnings that say how a surface is made of the model's sizes from all others. */
function isNotOfSize({ composition: { width, height } }: GenerationPlan): (warning: string) => boolean {
  return (warning) => !warning.startsWith(`${width}x${height} is `);
}
