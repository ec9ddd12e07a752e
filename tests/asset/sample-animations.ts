import { type AnimationParts, assembleAnimation } from "../../service/asset/assemble-animation.ts";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { findMotion } from "../../service/motion/find-motion.ts";
import { mirror } from "../../service/motion/mirror.ts";
import { moveStill } from "../../service/motion/move-still.ts";
import { asStill } from "../../service/motion/still.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import type { Loop } from "../../shared/motions.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";

/** The goblin on a canvas with room round it. */
export const goblinOnCanvas = () => place(draw(GOBLIN), createImage(24, 20), 6, 7);

/** What a test changes of the walk. */
export interface WalkChange extends Partial<Pick<AnimationParts, "layout">> {
  directions?: readonly { direction: string; frames: readonly PixelImage[] }[];
  durationsMs?: readonly number[];
  loop?: Loop;
}

/** A goblin that walks east and, mirrored, west: four frames each, with uneven durations. */
export function walkPackage({ directions, durationsMs, loop, layout }: WalkChange = {}): AssetPackage {
  const still = asStill(goblinOnCanvas())!;
  const options = { count: 4, loop: true, seed: 1, figure: true, forward: 1, exactFirst: true } as const;
  const frames = moveStill(still, findMotion("walk", ""), options);
  const shown = directions ?? [
    { direction: "west", frames: frames.map(mirror) },
    { direction: "east", frames },
  ];
  return assembleAnimation({
    name: "goblin",
    motions: [
      {
        name: "walk",
        action: "walk",
        movedBy: "procedural",
        timing: { durationsMs: durationsMs ?? [100, 125, 100, 250] },
        loop: loop ?? true,
        runs: shown.map((one) => ({ directions: [one.direction], frames: one.frames })),
      },
    ],
    directions: shown.map(({ direction }) => direction),
    mirrored: { west: "east" },
    anchor: { x: 12, y: 19 },
    layout: layout ?? "rows_by_direction",
    palette: { name: null, colors: ["#000000", "#20a040"], locked: false },
    text: { Software: "Pixelkiln" },
    seed: 1,
    exemplars: [],
  });
}
