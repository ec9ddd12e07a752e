import { z } from "zod";

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

const CharacterTag = z.object({
  name: z.string().describe("walk_south; walk if there is one direction"),
  direction: z.string(),
  from: z.int().describe("Number of its first frame"),
  to: z.int(),
});

/** Who a character is, and how its frames are laid out, timed and anchored. */
export const CharacterInfo = z.object({
  role: z.string().nullable().describe("What it is, as the prompt calls it; null without a prompt"),
  outfit: CharacterOutfit.describe("Send it back as outfit, with changes, for the same character"),
  frame_size: z
    .object({ width: z.int(), height: z.int() })
    .describe("The cell, or more where a weapon or a wing reaches out of it"),
  anchor: z
    .object({ x: z.int(), y: z.int() })
    .describe("Between the feet, in pixels of the frame, the same in every frame"),
  sheet: z
    .object({ columns: z.int(), rows: z.int() })
    .describe(
      "A row for each action and direction; blocks of rows side by side where it would be higher than 4096 pixels",
    ),
  directions: z.array(z.string()),
  actions: z.array(
    z.object({
      name: z.enum(CHARACTER_ACTIONS),
      shown: z.string().describe("The motion of the wardrobe that shows it"),
      fps: z.number(),
      loop: z.boolean(),
      tags: z.array(CharacterTag),
    }),
  ),
  frames: z.array(
    z.object({
      name: z.string().describe("walk_south_0"),
      frame: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      duration: z.number().describe("ms"),
    }),
  ),
});
export type CharacterInfo = z.infer<typeof CharacterInfo>;
