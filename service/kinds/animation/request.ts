import { z } from "zod";
import { ACTIONS, SHEET_LAYOUTS } from "../../../shared/asset.ts";
import { Loop } from "../../../shared/motions.ts";
import { DELIVERY, DIRECTIONS, DRAWING, LIMITS, SpriteRequest } from "../../../shared/requests.ts";
import { perAction } from "../per-action.ts";

/** `POST /v1/animations`: the frames of one subject in motion, from a prompt or from its first frame. */
export const AnimationRequest = z.strictObject({
  prompt: z
    .string()
    .trim()
    .max(LIMITS.promptLength)
    .optional()
    .describe("The subject; required without input_image"),
  negative_prompt: SpriteRequest.shape.negative_prompt,
  prompt_style: SpriteRequest.shape.prompt_style,
  input_image: SpriteRequest.shape.input_image.describe("The first frame, kept exactly"),
  actions: z
    .array(z.enum(ACTIONS))
    .min(1)
    .max(ACTIONS.length)
    .default(["walk"])
    .describe("What it does: one drawing for all, on one sheet, with tags of their own"),
  action_description: z
    .string()
    .trim()
    .max(LIMITS.promptLength)
    .default("")
    .describe("The motion of the action custom: sway, hover, ..."),
  directions: z
    .union(
      [z.literal(1), z.literal(4), z.literal(8), z.array(z.enum(DIRECTIONS)).min(1).max(8)],
      "1, 4, 8 or a list of directions",
    )
    .default(1)
    .describe("1: south; 4: also west, east and north; 8: also the diagonals"),
  mirror: z.enum(["auto", "never"]).default("auto").describe("Mirror west from east where possible"),
  width: z
    .int()
    .min(LIMITS.minSize)
    .max(LIMITS.maxSize)
    .optional()
    .describe("Width of a frame in pixels; default: 32, or that of input_image"),
  height: z
    .int()
    .min(LIMITS.minSize)
    .max(LIMITS.maxSize)
    .optional()
    .describe("Height of a frame in pixels; default: likewise"),
  frames_duration: perAction(ACTIONS, [z.int().min(1).max(32)], "a number of frames")
    .optional()
    .describe(
      "Exact number of frames per direction, for all actions or for each; default: those that are drawn, or 4 for idle and 8 for others",
    ),
  fps: perAction(ACTIONS, [z.number().min(1).max(60)], "a number")
    .optional()
    .describe("Frames per second, exact, for all actions or for each; default: 8, or that of a character"),
  frame_durations_ms: z
    .array(z.int().min(10).max(10_000))
    .min(1)
    .max(32)
    .optional()
    .describe("Duration of each frame, or one for all, instead of fps"),
  loop: perAction(ACTIONS, Loop.options, 'true, false or "pingpong"')
    .optional()
    .describe("Whether it loops, for all actions or for each; default: true for cycles such as walk"),
  anchor: z.enum(["feet", "center"]).default("feet").describe("The point that stays in place"),
  motion: z
    .enum(["auto", "model", "exemplar", "procedural"])
    .default("auto")
    .describe(
      "How to animate it: by the model, as a composed person, or procedurally; the answer says which was used",
    ),
  return_spritesheet: z
    .boolean()
    .default(true)
    .describe("Return the sheet; if false, base64_images has the GIF instead"),
  sheet_layout: z.enum(SHEET_LAYOUTS).default("rows_by_direction"),
  ...DRAWING,
  outline_color: SpriteRequest.shape.outline_color,
  ...DELIVERY,
});
export type AnimationRequest = z.infer<typeof AnimationRequest>;
