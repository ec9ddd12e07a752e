import type { SpriteRequest } from "../../../shared/requests.ts";
import { assembleSprites } from "../../asset/assemble-sprites.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import { planSprite } from "../../recipes/sprite.ts";
import { decodePalette, decodePicture } from "../decode-pictures.ts";
import { generatedProvenance, paletteOf, plainProvenance, seedOf, textOf } from "../describe.ts";
import type { KindMaker, KindPlan } from "../maker.ts";
import { creditOf } from "../part-credits.ts";
import { isTileId } from "../tile-id.ts";
import { describeChecks, extraPictures, unmetWordsOf } from "./describe.ts";
import { drawParts, drawsPart } from "./draw-parts.ts";
import { drawPeople } from "./draw-people.ts";
import { type PeoplePlan, planPeople } from "./plan-people.ts";

interface SpritePlan extends KindPlan {
  /** A part of an interface that rules draw; null: a model draws `generations`. */
  part: GenerationPlan | null;
  /** People whom the wardrobe dresses, with things that the generator adds where it must. */
  people: PeoplePlan | null;
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
    const isPart = drawsPart(plan);
    const people = isPart ? null : await planPeople(plan, wardrobe);
    const isRuled = isPart || (people !== null && !people.lacksThings);
    const drawn = { part: isPart ? plan : null, people, generations: isRuled ? [] : [plan] };
    return { resolved, ignored: all, warnings, ...drawn, pixelMs: 0 };
  },
  async draw({ part, people, generations }, tools) {
    const plan = part ?? people?.plan ?? generations[0];
    if (!plan) throw new Error("A sprite plan has nothing to draw.");
    const composed = people && (await drawPeople(people, tools));
    const drawn = composed ? composed.drawn : part ? drawParts(part) : await tools.generate(plan);
    const images = drawn.pictures.map((picture) => picture.image);
    const { prompt } = plan.resolved;
    const credit = composed ? creditOf(composed.credits) : {};
    const provenance = {
      ...(generations.length > 0
        ? generatedProvenance(plan, drawn, tools)
        : plainProvenance(tools.version, { prompt: String(prompt), seed: seedOf(plan, 0) })),
      ...credit,
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
    const { loadMs: load, modelMs: model, stepMs: step, postMs: post } = drawn.timings;
    return {
      asset,
      provenance,
      ...describeChecks(plan, images),
      extraFiles: extraPictures(asset, drawn),
      about: { unmet_words: unmetWordsOf(drawn) },
      timings: { load, model, step, post },
    };
  },
};
