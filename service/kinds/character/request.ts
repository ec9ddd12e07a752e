import { z } from "zod";
import { CHARACTER_ACTIONS, CharacterOutfit } from "../../../shared/character.ts";
import { Loop } from "../../../shared/motions.ts";
import { DELIVERY, DRAWING, LIMITS, SpriteRequest } from "../../../shared/requests.ts";
import { perAction } from "../per-action.ts";

/** `POST /v1/characters`: one person with all asked actions and directions, from a prompt or from its outfit. */
export const CharacterRequest = z.strictObject({
  prompt: z
    .string()
    .trim()
    .max(LIMITS.promptLength)
    .optional()
    .describe("Who it is, what it wears and holds; required without outfit"),
  outfit: CharacterOutfit.optional().describe(
    "character.outfit of an earlier answer, with changes: it is worn instead of what the prompt says",
  ),
  seed: SpriteRequest.shape.seed.describe("Chooses what the prompt leaves open; default: random"),
  actions: z
    .array(z.enum(CHARACTER_ACTIONS))
    .min(1)
    .max(CHARACTER_ACTIONS.length)
    .default(["idle", "walk"])
    .describe("What it does; attack is what its weapon is made for"),
  directions: z
    .union([z.literal(1), z.literal(4), z.literal(8)], "1, 4 or 8")
    .default(4)
    .describe("1: south; 4: also west, east and north; 8: also the diagonals"),
  size: z
    .union(
      [z.literal(16), z.literal(24), z.literal(32), z.literal(48), z.literal(64)],
      "16, 24, 32, 48 or 64",
    )
    .default(32)
    .describe("Height of the cell in pixels; frames are larger where a weapon reaches out of it"),
  fps: perAction(CHARACTER_ACTIONS, [z.number().min(1).max(60)], "a number")
    .optional()
    .describe("Frames per second, exact, for all actions or for each"),
  loop: perAction(CHARACTER_ACTIONS, Loop.options, 'true, false or "pingpong"')
    .optional()
    .describe("Whether it loops, for all actions or for each; default: true for cycles such as walk"),
  armed: z
    .boolean()
    .default(true)
    .describe("Keep weapon and shield in hand while running and jumping; false: put them away"),
  portrait: z.boolean().default(false).describe("Also draw its head and shoulders, 40x40"),
  icon: z.boolean().default(false).describe("Also draw its head alone, 32x32 or 16x16"),
  input_palette: DRAWING.input_palette,
  color_count: DRAWING.color_count,
  dither_mode: DRAWING.dither_mode,
  dither_strength: DRAWING.dither_strength,
  outline_color: SpriteRequest.shape.outline_color,
  ...DELIVERY,
  strict: z
    .boolean()
    .default(false)
    .describe("Treat ignored parameters, and things and colors that cannot be shown, as errors"),
});
export type CharacterRequest = z.infer<typeof CharacterRequest>;
