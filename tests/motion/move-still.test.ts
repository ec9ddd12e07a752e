import { describe, expect, test } from "vitest";
import { findMotion } from "../../service/motion/find-motion.ts";
import { type MoveOptions, moveStill } from "../../service/motion/move-still.ts";
import { asStill, hasLegs } from "../../service/motion/still.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { createImage, drawnBounds, equalImages, type PixelImage, place } from "../../service/pixel/image.ts";
import { measureFrames } from "../../service/pixel/measure-frames.ts";
import { ACTIONS } from "../../shared/asset.ts";
import { goblinOnCanvas } from "../asset/sample-animations.ts";
import { draw, rowsOf } from "../pixel/ascii-image.ts";

const SLIME = ["...kkkk...", "..kgggwk..", ".kgggggwk.", "kgggggggwk", "kggggggggk", "kkkkkkkkkk"];
const WORDS = [
  "hover",
  "flicker",
  "spin",
  "shake",
  "pulse",
  "bounce",
  "blink",
  "open",
  "vanish",
  "sway",
  "?",
];
const slime = () => place(draw(SLIME), createImage(20, 18), 5, 11);

function frames(
  image: PixelImage,
  action: string,
  change: Partial<MoveOptions> = {},
  words = "",
): PixelImage[] {
  const still = asStill(image)!;
  const found = findMotion(action as (typeof ACTIONS)[number], words);
  const options: MoveOptions = {
    count: 8,
    loop: found.cycle,
    seed: 5,
    figure: hasLegs(still),
    forward: 1,
    exactFirst: true,
  };
  return moveStill(still, found, { ...options, ...change });
}

const MOTIONS: [name: string, action: string, words: string][] = [
  ...ACTIONS.filter((action) => action !== "custom").map((action): [string, string, string] => [
    action,
    action,
    "",
  ]),
  ...WORDS.map((word): [string, string, string] => [`custom ${word}`, "custom", word]),
];

describe.each(MOTIONS)("%s", (_name, action, words) => {
  test.each([1, 2, 3, 4, 6, 8, 13, 16, 32])("gives exactly %i frames, the first as it was drawn", (count) => {
    for (const image of [goblinOnCanvas(), slime()]) {
      const made = frames(image, action, { count }, words);
      expect(made).toHaveLength(count);
      expect(equalImages(made[0]!, image)).toBe(true);
      for (const frame of made) expect([frame.width, frame.height]).toEqual([image.width, image.height]);
    }
  });

  test("uses only the colors of the still, has no half-transparent pixel and no empty frame", () => {
    for (const image of [goblinOnCanvas(), slime()]) {
      const known = new Set(colorsOf(image));
      for (const frame of frames(image, action, {}, words)) {
        for (const color of colorsOf(frame)) expect(known).toContain(color);
        expect(frame.data.every((alpha, i) => i % 4 !== 3 || alpha === 0 || alpha === 255)).toBe(true);
        expect(drawnBounds(frame)).not.toBeNull();
      }
    }
  });

  test("has no two identical consecutive frames, for up to 16 frames", () => {
    for (const image of [goblinOnCanvas(), slime()]) {
      for (const count of [4, 8, 12, 16]) {
        const made = frames(image, action, { count }, words);
        expect(measureFrames([made], false).duplicateFrames).toBe(0);
      }
    }
  });

  test("does not modify the still, and gives the same frames again", () => {
    const image = goblinOnCanvas();
    const first = frames(image, action, {}, words);
    expect(equalImages(image, goblinOnCanvas())).toBe(true);
    expect(frames(image, action, {}, words)).toEqual(first);
  });
});

const bottomOf = (frame: PixelImage): number => {
  const box = drawnBounds(frame)!;
  return box.y + box.height;
};

test("feet stay on their baseline in every motion that stands on them", () => {
  for (const action of ["idle", "walk", "attack", "hurt", "cast", "crouch"]) {
    for (const frame of frames(goblinOnCanvas(), action))
      expect(bottomOf(frame)).toBe(bottomOf(goblinOnCanvas()));
  }
});

test("a jump leaves the ground only in the middle", () => {
  const feet = frames(goblinOnCanvas(), "jump", { count: 10 }).map(bottomOf);
  const ground = bottomOf(goblinOnCanvas());
  expect([feet[0], feet[1], feet.at(-1)]).toEqual([ground, ground, ground]);
  expect(Math.min(...feet)).toBeLessThan(ground - 2);
});

test("loops are clean: the step from the last to the first frame is not the largest", () => {
  for (const [action, words] of [
    ["idle", ""],
    ["walk", ""],
    ["run", ""],
    ["custom", "sway"],
    ["custom", "hover"],
    ["custom", "spin"],
  ] as const) {
    for (const image of [goblinOnCanvas(), slime()]) {
      for (const count of [4, 6, 8]) {
        const { loopGap, largestStep } = measureFrames(
          [frames(image, action, { count, loop: true }, words)],
          true,
        );
        expect(loopGap, `${action} ${words} ${count}`).toBeLessThanOrEqual(largestStep);
      }
    }
  }
});

test("a walking figure lifts one leg, then the other", () => {
  const made = frames(goblinOnCanvas(), "walk", { count: 4, figure: true });
  const [, left, , right] = made.map((frame) => rowsOf(frame).at(-2)!);
  expect(left).toBe(
    ".............kk..........".slice(0, 24).replace(".............kk", "..............kk").slice(0, 24),
  );
  expect(right).toBe("........kk..............");
});

test("a subject without legs hops: lower and wider on the ground, higher in the air", () => {
  const boxes = frames(slime(), "walk", { figure: false }).map((frame) => drawnBounds(frame)!);
  const flat = boxes[1]!;
  expect(flat.height).toBeLessThan(6);
  expect(flat.width).toBeGreaterThan(10);
  expect(Math.min(...boxes.map((box) => box.y + box.height))).toBeLessThan(17);
});

test("a motion never leaves the canvas, even if the drawing fills it to its edges", () => {
  const full = draw(SLIME);
  for (const [, action, words] of MOTIONS.filter(([name]) => !["destroy", "vfx"].includes(name))) {
    for (const frame of frames(full, action, {}, words)) expect(drawnBounds(frame)).not.toBeNull();
  }
  const [, moved] = frames(full, "attack", { count: 4 });
  expect(colorsOf(moved!)).toEqual(expect.arrayContaining(colorsOf(full)));
});

test("words of a custom action find their motion, and unknown ones are reported", () => {
  expect(findMotion("custom", "the flag waves in the wind")).toMatchObject({ name: "sway", known: true });
  expect(findMotion("custom", "floating gently")).toMatchObject({ name: "hover", known: true });
  expect(findMotion("custom", "marching soldier")).toMatchObject({ name: "walk", known: true });
  expect(findMotion("custom", "contemplates")).toMatchObject({ name: "custom", known: false });
});
