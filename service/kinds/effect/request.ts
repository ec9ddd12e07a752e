import { z } from "zod";
import { EFFECT_SIZES } from "../../../shared/effect.ts";
import { DELIVERY, DIRECTIONS, DRAWING, SpriteRequest } from "../../../shared/requests.ts";

/** Most frames of an effect. */
const MOST_FRAMES = 32;

/** `POST /v1/effects`: an explosion, a splash, a spell: frames drawn by rules, from a prompt. */
export const EffectRequest = z.strictObject({
  prompt: SpriteRequest.shape.prompt.describe("The effect, and its color or element: blue explosion"),
  seed: SpriteRequest.shape.seed.describe("Chooses what the prompt leaves open; default: random"),
  size: z
    .union(
      EFFECT_SIZES.map((size) => z.literal(size)),
      EFFECT_SIZES.join(", "),
    )
    .default(32)
    .describe("Edge of a frame in pixels"),
  direction: z
    .enum(DIRECTIONS)
    .optional()
    .describe("Where a slash, beam, flash or projectile points; default: what the prompt says, else east"),
  frames_duration: z
    .int()
    .min(2)
    .max(MOST_FRAMES)
    .optional()
    .describe("Number of frames; default: the effect's"),
  fps: z
    .number()
    .min(1)
    .max(60)
    .optional()
    .describe("Frames per second, exact; default: the durations that suit the effect"),
  loop: z.boolean().optional().describe("Whether engines repeat it; default: the effect's"),
  sheet_layout: z.enum(["strip", "packed"]).default("packed").describe("One row, or close to square"),
  input_palette: DRAWING.input_palette,
  color_count: DRAWING.color_count,
  ...DELIVERY,
  strict: z
    .boolean()
    .default(false)
    .describe("Treat ignored parameters, and words that nothing shows, as errors"),
});
export type EffectRequest = z.infer<typeof EffectRequest>;
