import { z } from "zod";
import { MotionLayout, PlayedAction } from "./motions.ts";

/** What a composed character can do. Attack is what the weapon is made for: slash, thrust, shoot or cast. */
export const CHARACTER_ACTIONS = [
  "idle",
  "walk",
  "run",
  "jump",
  "attack",
  "hurt",
  "die",
  "cast",
  "slash",
  "thrust",
  "shoot",
  "climb",
  "combat_idle",
] as const;
export type CharacterAction = (typeof CHARACTER_ACTIONS)[number];

export const CHARACTER_BODIES = ["masculine", "feminine", "skeleton", "zombie"] as const;

/** More parts than anybody can wear. */
const MOST_PARTS = 64;

/** Who a character is: the recipe that answers give and requests take back. */
export const CharacterOutfit = z.strictObject({
  body: z.enum(CHARACTER_BODIES),
  skin: z.string().max(64).describe("A ramp of the family skin"),
  parts: z
    .array(
      z.strictObject({
        part: z.string().max(64).describe("Id of a part of the wardrobe: cape/wide"),
        colors: z
          .record(z.string().max(64), z.string().max(64))
          .default({})
          .describe('Material of the part -> ramp: {"cloth": "cloth/red"}'),
      }),
    )
    .max(MOST_PARTS),
});

/** A part that was drawn, and whom to credit for it. */
export const PartCreditInfo = z.object({
  part: z.string(),
  authors: z.array(z.string()),
  urls: z.array(z.string()),
  license: z.string(),
  share_alike: z.boolean().describe("Whether the picture must be shared under the same license"),
  consent: z.string().describe("How strong the statement of the license is"),
});
export type PartCreditInfo = z.infer<typeof PartCreditInfo>;

/** Who a character is, and how its frames are laid out, timed and anchored. */
export const CharacterInfo = MotionLayout.extend({
  role: z.string().nullable().describe("What it is, as the prompt calls it; null without a prompt"),
  outfit: CharacterOutfit.describe("Send it back as outfit, with changes, for the same character"),
  frame_size: MotionLayout.shape.frame_size.describe(
    "The cell, or more where a weapon or a wing reaches out of it",
  ),
  sheet: MotionLayout.shape.sheet.describe(
    "A row for each action and direction; blocks of rows side by side where it would be higher than 4096 pixels",
  ),
  actions: z.array(
    PlayedAction.extend({
      name: z.enum(CHARACTER_ACTIONS),
      fps: z.number().describe("Exact frames per second"),
      shown: z.string().describe("The motion of the wardrobe that shows it"),
    }),
  ),
});
export type CharacterInfo = z.infer<typeof CharacterInfo>;
