import { z } from "zod";

/** Edges of the frames of an effect, in pixels. */
export const EFFECT_SIZES = [16, 24, 32, 48, 64, 96, 128] as const;

/** Which effect it is, and how its frames are laid out, timed and anchored. */
export const EffectInfo = z.object({
  name: z.string().describe("explosion, slash, ...: also the name of the tag"),
  direction: z.string().nullable().describe("Where it points; null: nowhere"),
  tiles: z.boolean().describe("Whether frames side by side join, as of rain"),
  loop: z.boolean(),
  fps: z.number().nullable().describe("null: the frames have durations of their own"),
  frame_size: z.object({ width: z.int(), height: z.int() }),
  anchor: z.object({ x: z.int(), y: z.int() }).describe("Where it happens, in pixels of the frame"),
  sheet: z.object({ columns: z.int(), rows: z.int() }),
  frames: z.array(
    z.object({
      name: z.string().describe("explosion_0"),
      index: z.int(),
      frame: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      duration: z.number().describe("ms"),
    }),
  ),
});
export type EffectInfo = z.infer<typeof EffectInfo>;
