import { z } from "zod";

const Size = z.object({ width: z.int(), height: z.int() });
const Point = z.object({ x: z.int(), y: z.int() });

/** How an action repeats: not, from the beginning, or back and forth. */
export const Loop = z.union([z.boolean(), z.literal("pingpong")], 'true, false or "pingpong"');
export type Loop = z.infer<typeof Loop>;

/** An action in one direction: a run of frames. */
export const MotionTag = z.object({
  name: z.string().describe("walk_south; walk if there is one direction"),
  direction: z.string(),
  from: z.int().describe("Number of its first frame"),
  to: z.int(),
});

/** An action, how fast it is shown, and its frames in each direction. */
export const PlayedAction = z.object({
  name: z.string().describe("Stem of its tags"),
  fps: z
    .number()
    .nullable()
    .describe("Exact frames per second; null: the frames have durations of their own"),
  loop: Loop,
  tags: z.array(MotionTag),
});
export type PlayedAction = z.infer<typeof PlayedAction>;

/** How the frames of all actions and directions are laid out, timed and anchored. In pixels. */
export const MotionLayout = z.object({
  frame_size: Size.describe("The same for every frame"),
  anchor: Point.describe("The point of a frame that stays in place, the same in every frame"),
  sheet: z.object({ columns: z.int(), rows: z.int() }),
  directions: z.array(z.string()),
  frames: z.array(
    z.object({
      name: z.string().describe("walk_south_0"),
      direction: z.string().describe("The first direction that shows it"),
      index: z.int().describe("Number in its run"),
      frame: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      duration: z.number().describe("ms"),
      pivot: Point,
    }),
  ),
});
export type MotionLayout = z.infer<typeof MotionLayout>;
