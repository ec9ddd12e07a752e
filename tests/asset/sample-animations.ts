import { type AnimationParts, assembleAnimation } from "../../service/asset/assemble-animation.ts";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { findMotion } from "../../service/motion/find-motion.ts";
import { moveStill } from "../../service/motion/move-still.ts";
import { mirror } from "../../service/motion/person-frames.ts";
import { asStill } from "../../service/motion/still.ts";
import { createImage, place } from "../../service/pixel/image.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";

/** The goblin on a canvas with room round it. */
export const goblinOnCanvas = () => place(draw(GOBLIN), createImage(24, 20), 6, 7);

/** A goblin that walks east and, mirrored, west: four frames each, with uneven durations. */
export function walkPackage(change: Partial<AnimationParts> = {}): AssetPackage {
  const still = asStill(goblinOnCanvas())!;
  const options = { count: 4, loop: true, seed: 1, figure: true, forward: 1, exactFirst: true } as const;
  const frames = moveStill(still, findMotion("walk", ""), options);
  return assembleAnimation({
    name: "goblin",
    motion: "walk",
    directions: [
      { direction: "west", frames: frames.map(mirror) },
      { direction: "east", frames },
    ],
    durationsMs: [100, 125, 100, 250],
    loop: true,
    action: "walk",
    movedBy: "procedural",
    mirrored: { west: "east" },
    anchor: { x: 12, y: 19 },
    layout: "rows_by_direction",
    palette: { name: null, colors: ["#000000", "#20a040"], locked: false },
    text: { Software: "Pixelkiln" },
    seed: 1,
    exemplars: [],
    ...change,
  });
}
