import type { Family } from "../../../shared/server-models.ts";
import type { PictureKind } from "../generator.ts";

/** What a family of image models is asked with where its configuration does not say. */
export interface FamilyDefaults {
  /** Canvas edges in pixels that it draws well. */
  sizes: readonly number[];
  steps: number;
  guidanceScale: number;
  /** Whether words that the picture should not show have an effect: distilled models have none. */
  negative: boolean;
  /** Words for each kind of picture. {prompt} is the prompt, {ground} what it stands on. */
  words: Readonly<Record<PictureKind, string>>;
  /** What none of its pictures should show. */
  avoid: string;
}

/** Models that were trained on tags are asked in tags. */
const TAGS = {
  sprite: "pixel art, {prompt}, game sprite, full view, centered, flat colors, sharp edges, {ground}",
  character:
    "pixel art, {prompt}, game character sprite, full body, standing, centered, flat colors, sharp edges, {ground}",
  icon: "pixel art, {prompt}, game item icon, single object, centered, flat colors, sharp edges, {ground}",
  portrait: "pixel art, {prompt}, head and shoulders, centered, flat colors, sharp edges, {ground}",
  tile: "pixel art, {prompt}, seamless tileable texture, top view, even lighting, flat colors, fills the whole picture",
} as const;

/** Models with a language model for the text are asked in sentences. */
const SENTENCES = {
  sprite:
    "A pixel art game sprite of {prompt}. The whole of it is shown, centered, in flat colors with sharp pixel edges. {ground}",
  character:
    "A pixel art game sprite of {prompt}, full body, standing, centered, in flat colors with sharp pixel edges. {ground}",
  icon: "A pixel art game icon of {prompt}: one object, centered, in flat colors with sharp pixel edges. {ground}",
  portrait:
    "A pixel art portrait of {prompt}, head and shoulders, in flat colors with sharp pixel edges. {ground}",
  tile: "A seamless pixel art texture of {prompt}, seen from straight above in even light, in flat colors. It fills the whole picture.",
} as const;

const AVOID = "blurry, photo, realistic, 3d render, smooth gradients, text, watermark, signature, border";

/** Every family. Sizes, steps and guidance are those that the model's authors recommend. */
export const FAMILY_DEFAULTS: Readonly<Record<Family, FamilyDefaults>> = Object.freeze({
  sd15: { sizes: [512, 768], steps: 25, guidanceScale: 7, negative: true, words: TAGS, avoid: AVOID },
  sdxl: { sizes: [768, 1024], steps: 28, guidanceScale: 6, negative: true, words: TAGS, avoid: AVOID },
  turbo: { sizes: [512, 1024], steps: 4, guidanceScale: 1, negative: false, words: TAGS, avoid: "" },
  flux: {
    sizes: [512, 768, 1024],
    steps: 20,
    guidanceScale: 1,
    negative: false,
    words: SENTENCES,
    avoid: "",
  },
  "z-image": {
    ...{ sizes: [512, 768, 1024], steps: 8, guidanceScale: 1, negative: false },
    ...{ words: SENTENCES, avoid: "" },
  },
  "qwen-image": {
    ...{ sizes: [768, 1024], steps: 20, guidanceScale: 2.5, negative: true },
    ...{ words: SENTENCES, avoid: AVOID },
  },
  other: {
    ...{ sizes: [512, 768, 1024], steps: 25, guidanceScale: 7, negative: true },
    ...{ words: TAGS, avoid: AVOID },
  },
});

/** What the name of a checkpoint says of its family, the first that matches. */
const NAMES: readonly (readonly [RegExp, Family])[] = [
  [/turbo|lightning|lcm|hyper/i, "turbo"],
  [/z[-_ ]?image/i, "z-image"],
  [/qwen/i, "qwen-image"],
  [/flux/i, "flux"],
  [/xl|pony|illustrious|noob/i, "sdxl"],
  [/sd[-_ ]?v?1[-_.]?5|v1-5|sd15/i, "sd15"],
];

/** Guesses the family of a model by the name of its checkpoint. */
export function familyOf(name: string | undefined): Family {
  return NAMES.find(([pattern]) => pattern.test(name ?? ""))?.[1] ?? "other";
}

/** Words that a style adds, by its id. A style that is not here adds none. */
export const STYLE_WORDS: Readonly<Record<string, string>> = Object.freeze({
  retro: "8-bit, few colors",
  simple: "minimal, few colors, large simple shapes",
  detailed: "highly detailed, rich shading",
  anime: "anime style",
  "1_bit": "1-bit, pure black and white, no gray",
  mc_texture: "block texture of a voxel game",
  mc_item: "item of a voxel game",
});
