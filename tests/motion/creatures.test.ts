import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findMotion } from "../../service/motion/find-motion.ts";
import { mirror } from "../../service/motion/mirror.ts";
import { facingOf, moveCreature } from "../../service/motion/move-creature.ts";
import { namesCreature, planOfPrompt } from "../../service/motion/rigs/choose-plan.ts";
import { PLAN_WORDS } from "../../service/motion/rigs/plan-words.ts";
import { asStill, hasLegs } from "../../service/motion/still.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { createImage, drawnBounds, equalImages, type PixelImage, place } from "../../service/pixel/image.ts";
import { measureFrames } from "../../service/pixel/measure-frames.ts";
import type { ACTIONS } from "../../shared/asset.ts";
import { draw } from "../pixel/ascii-image.ts";

/** Drawings on a canvas with room around them; wolf and fish face right. */
const DRAWINGS: Record<string, string[]> = {
  wolf: [
    "..............kk....",
    ".............kgggk..",
    "kk..........kggwkgk.",
    "kgk........kgggggggk",
    ".kgkkkkkkkkkgggggrk.",
    "..kgggggggggggggkk..",
    "..kggggggggggggk....",
    "..kggggggggggggk....",
    "..kggkkkkkkkkggk....",
    "..kgk.kgk.kgk.kgk...",
    "..kgk.kgk.kgk.kgk...",
    "..kgk.kgk.kgk.kgk...",
    "..kkk.kkk.kkk.kkk...",
  ],
  slime: [
    "....kkkkkk....",
    "..kkggggggkk..",
    ".kggwwggwwggk.",
    ".kggwkggwkggk.",
    "kggggggggggggk",
    "kggggggggggggk",
    ".kkkkkkkkkkkk.",
  ],
  ghost: [
    "...kkkkkk...",
    "..kwwwwwwk..",
    ".kwwkwwkwwk.",
    ".kwwkwwkwwk.",
    ".kwwwwwwwwk.",
    ".kwwwwwwwwk.",
    ".kwwwwwwwwk.",
    ".kwwkwwkwwk.",
    ".kkk.kk.kkk.",
  ],
  bat: [
    "kk..............kk",
    "krkk..kk..kk..kkrk",
    "krrrkkrrrrrrkkrrrk",
    "krrrrrrwrrwrrrrrrk",
    ".krkrkrrrrrrkrkrk.",
    "..k.k.kkrrkk.k.k..",
    "........kk........",
  ],
  fish: [
    ".....kkkk.....",
    "kk.kkrrrrkk...",
    "krkrrrrrrrrkk.",
    "krrrrrrrrrwkrk",
    "krkrrrrrrrrrk.",
    "kk.kkrrrrkk...",
    ".....kkkk.....",
  ],
  golem: [
    "....kkkk....",
    "...kgwwgk...",
    "kkkkggggkkkk",
    "kggggggggggk",
    "kgkggggggkgk",
    "kgkggggggkgk",
    "kkkggggggkkk",
    "..kggkkggk..",
    "..kgk..kgk..",
    "..kgk..kgk..",
    "..kkk..kkk..",
  ],
  chest: [
    "kkkkkkkkkkkkkk",
    "krrrrrrrrrrrrk",
    "krrrrrrrrrrrrk",
    "krrrrrrrrrrrrk",
    "kwwwwwwwwwwwwk",
    "krrrrrwwrrrrrk",
    "krrrrrrrrrrrrk",
    "krrrrrrrrrrrrk",
    "kkkkkkkkkkkkkk",
  ],
  coin: ["..kkkk..", ".krwwrk.", "krwrrwrk", "krwrrwrk", "krwrrwrk", ".krwwrk.", "..kkkk.."],
  campfire: [
    "....r....",
    "...rr.r..",
    "..rrrrr..",
    ".rrwwrrr.",
    ".rwwwwrr.",
    ".rwwwwrr.",
    "..rwwrr..",
    ".kkkkkkk.",
  ],
};

const canvasOf = (rows: readonly string[]): PixelImage => {
  const image = draw([...rows]);
  return place(image, createImage(image.width + 16, image.height + 14), 8, 13);
};
const drawing = (name: string): PixelImage => canvasOf(DRAWINGS[name] ?? []);

function move(
  name: string,
  action: string,
  change: { words?: string; exactFirst?: boolean; image?: PixelImage } = {},
) {
  const still = asStill(change.image ?? drawing(name))!;
  const found = findMotion(action as (typeof ACTIONS)[number], change.words ?? "");
  return moveCreature(still, found, {
    count: 8,
    loop: found.cycle,
    seed: 5,
    figure: hasLegs(still),
    forward: 1,
    exactFirst: change.exactFirst ?? false,
    prompt: name,
  });
}

const RIGGED: [name: string, action: string, words: string][] = [
  ...["wolf", "slime", "ghost", "bat", "fish", "golem"].flatMap((name) =>
    ["idle", "walk", "run", "jump", "attack", "hurt", "die"].map((action): [string, string, string] => [
      name,
      action,
      "",
    ]),
  ),
  ["chest", "custom", "opens"],
  ["chest", "custom", "closes"],
  ["coin", "custom", "spins"],
  ["campfire", "custom", "burns"],
];

describe.each(RIGGED)("%s %s %s", (name, action, words) => {
  test("moves in the drawing's own colors, with no frame like its neighbor and every frame on the canvas", () => {
    const still = drawing(name);
    const { frames } = move(name, action, { words });
    expect(frames).toHaveLength(8);
    const known = new Set(colorsOf(still));
    for (const frame of frames) {
      expect([frame.width, frame.height]).toEqual([still.width, still.height]);
      expect(drawnBounds(frame)).not.toBeNull();
      for (const color of colorsOf(frame)) expect(known).toContain(color);
    }
    expect(measureFrames([frames], false).duplicateFrames).toBe(0);
  });

  test("keeps the picture as its first frame if asked to, and gives the same frames again", () => {
    const still = drawing(name);
    const { frames } = move(name, action, { words, exactFirst: true });
    expect(equalImages(frames[0]!, still)).toBe(true);
    expect(move(name, action, { words, exactFirst: true }).frames).toEqual(frames);
  });
});

const isDrawn = ({ data, width }: PixelImage, x: number, y: number): boolean =>
  data[4 * (y * width + x) + 3] !== 0;

/** Columns of the lowest row in which something stands. */
const footColumns = (frame: PixelImage): string => {
  const box = drawnBounds(frame)!;
  const row = box.y + box.height - 1;
  return Array.from({ length: frame.width }, (_, x) => (isDrawn(frame, x, row) ? "#" : ".")).join("");
};

/** Number of drawn parts that do not touch, diagonals included. */
function partsOf(frame: PixelImage): number {
  const seen = new Set<number>();
  let parts = 0;
  for (let start = 0; start < frame.width * frame.height; start++) {
    if (seen.has(start) || !isDrawn(frame, start % frame.width, Math.floor(start / frame.width))) continue;
    parts++;
    const open = [start];
    seen.add(start);
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      for (const step of [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => dy * frame.width + dx))) {
        const next = i + step;
        if (seen.has(next) || next < 0 || next >= frame.width * frame.height) continue;
        if (frame.data[4 * next + 3] === 0) continue;
        seen.add(next);
        open.push(next);
      }
    }
  }
  return parts;
}

test("nothing comes off a creature while its parts move", () => {
  for (const name of ["wolf", "bat", "fish", "ghost", "golem", "slime"])
    for (const action of ["idle", "walk", "run", "attack"])
      for (const frame of move(name, action).frames) expect(partsOf(frame), `${name} ${action}`).toBe(1);
});

test("a walking wolf stands on its baseline and sets its feet elsewhere, while its trunk keeps its size", () => {
  const { frames, warnings } = move("wolf", "walk");
  const bottom = (frame: PixelImage) => drawnBounds(frame)!.y + drawnBounds(frame)!.height;
  expect(warnings).toEqual([]);
  expect(new Set(frames.map(bottom))).toEqual(new Set([bottom(drawing("wolf"))]));
  expect(new Set(frames.map(footColumns)).size).toBeGreaterThanOrEqual(4);
  const heights = frames.map((frame) => drawnBounds(frame)!.height);
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(3);
});

test("the wings of a bat beat: its outline is high above and low below its body in turn", () => {
  const tops = move("bat", "walk").frames.map((frame) => {
    const box = drawnBounds(frame)!;
    const column = Array.from({ length: box.height }, (_, y) => box.y + y).find((y) =>
      isDrawn(frame, box.x + 1, y),
    );
    const middle = Array.from({ length: box.height }, (_, y) => box.y + y).find((y) =>
      isDrawn(frame, box.x + Math.floor(box.width / 2), y),
    );
    return (column ?? 0) - (middle ?? 0);
  });
  expect(Math.max(...tops) - Math.min(...tops)).toBeGreaterThanOrEqual(4);
});

test("an opening chest shows a dark inside under its lid, and closing runs backward", () => {
  const { frames } = move("chest", "custom", { words: "opens" });
  expect(equalImages(frames[0]!, drawing("chest"))).toBe(true);
  const height = (frame: PixelImage) => drawnBounds(frame)!.height;
  expect(height(frames.at(-1)!)).toBeGreaterThanOrEqual(height(frames[0]!));
  expect(equalImages(frames.at(-1)!, frames[0]!)).toBe(false);
  const closing = move("chest", "custom", { words: "closes" }).frames;
  expect(equalImages(closing.at(-1)!, drawing("chest"))).toBe(true);
});

test("a spinning coin narrows to its edge and keeps its height", () => {
  const boxes = move("coin", "custom", { words: "spins" }).frames.map((frame) => drawnBounds(frame)!);
  expect(Math.min(...boxes.map(({ width }) => width))).toBeLessThanOrEqual(3);
  expect(new Set(boxes.map(({ height }) => height))).toEqual(new Set([boxes[0]!.height]));
});

test("a fire burns on its logs: they stay as they are", () => {
  const still = drawing("campfire");
  const logs = 13 + 7;
  for (const frame of move("campfire", "custom", { words: "burns" }).frames)
    for (let x = 0; x < still.width; x++) expect(isDrawn(frame, x, logs)).toBe(isDrawn(still, x, logs));
});

test("a side view faces where its head is", () => {
  for (const name of ["wolf", "fish"]) {
    const still = asStill(drawing(name))!;
    expect(facingOf(still, name)).toBe("east");
    expect(facingOf(asStill(mirror(still.image))!, name)).toBe("west");
  }
});

test("a drawing whose legs cannot be told apart still moves, and a warning says so", () => {
  const lump = canvasOf([
    "..kkkkkkkkkkk.",
    ".kgggggggggwk.",
    "kgggggggggggkk",
    "kggggggggggggk",
    "kkkkkkkkkkkkkk",
  ]);
  const { frames, warnings } = move("wolf", "walk", { image: lump });
  expect(frames).toHaveLength(8);
  expect(warnings).toEqual(["No legs could be told apart in the drawing, so it is moved as a whole."]);
});

test("the head noun of a prompt gives its body plan", () => {
  const prompts: { prompt: string; plan: string }[] = JSON.parse(
    readFileSync(new URL("../../models/creature-prompts.json", import.meta.url), "utf8"),
  );
  expect(prompts).toHaveLength(30);
  const flames = ["campfire", "fire elemental"];
  for (const { prompt, plan } of prompts)
    expect([plan, "object"], prompt).toContain(plan === "object" ? "object" : planOfPrompt(prompt));
  for (const prompt of flames) expect(planOfPrompt(prompt)).toBe("flame");
  expect(planOfPrompt("a big old gray wolf in the snow")).toBe("quadruped");
  expect(planOfPrompt("steel sword")).toBeNull();
});

test("at least 150 nouns have a body plan, each only one", () => {
  const names = Object.values(PLAN_WORDS).flatMap((words) => words.split(",").map((word) => word.trim()));
  expect(names.length).toBeGreaterThanOrEqual(150);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test("a creature is no person, and a person named after one is", () => {
  for (const prompt of ["black cat", "rat", "ghost", "stone golem"]) expect(namesCreature(prompt)).toBe(true);
  for (const prompt of ["cat girl", "goblin", "spider queen", "knight"])
    expect(namesCreature(prompt)).toBe(false);
});

test.each([
  ["one row", ["kkkkkkkkkkkkkk"]],
  ["two rows", ["kgggggggggggk", "kkkkkkkkkkkkk"]],
  ["three columns", ["kkk", "kgk", "kgk", "kgk", "kkk"]],
])("a drawing of %s is moved in every action", (_, rows) => {
  const still = asStill(place(draw(rows), createImage(32, 32), 4, 16))!;
  for (const action of ["idle", "walk", "run", "jump", "attack", "hurt", "die"] as const)
    for (const prompt of ["sword", "slime", ""]) {
      const options = {
        count: 4,
        loop: true,
        seed: 1,
        figure: false,
        forward: 1,
        exactFirst: false,
      } as const;
      expect(moveCreature(still, findMotion(action, ""), { ...options, prompt }).frames).toHaveLength(4);
    }
});
