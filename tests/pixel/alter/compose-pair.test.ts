import { expect, test } from "vitest";
import { composePair, type Pair } from "../../../service/pixel/alter/compose-pair.ts";
import type { PairQuestion } from "../../../service/pixel/alter/joint.ts";
import { scatter } from "../../../service/pixel/alter/scatter.ts";
import { stack } from "../../../service/pixel/alter/stack.ts";
import { createImage, drawnBounds, type PixelImage, place } from "../../../service/pixel/image.ts";
import { alphaOf, CRATE, colorsIn, HAT, KNIGHT, SLIME, SWORD, sprite, TINTS } from "./sprites.ts";

const onCanvas = (image: PixelImage, x: number, y: number, edge = 32) =>
  place(image, createImage(edge, edge), x, y);
const MAIN = onCanvas(KNIGHT, 6, 14);
const compose = (question: Partial<PairQuestion>): Pair =>
  composePair({
    main: MAIN,
    others: [SWORD],
    relation: "holding",
    name: "sword",
    isFigure: true,
    ...question,
  });

/** Pixels of `main`, moved to where it landed, that the result shows in another color. */
function changedOf(main: PixelImage, pair: Pair): { x: number; y: number }[] {
  const box = drawnBounds(main)!;
  const changed: { x: number; y: number }[] = [];
  for (let p = 0; p < main.width * main.height; p++) {
    if (main.data[4 * p + 3] === 0) continue;
    const x = (p % main.width) + pair.main.x - box.x;
    const y = Math.floor(p / main.width) + pair.main.y - box.y;
    const q = y * main.width + x;
    const isSame = [0, 1, 2, 3].every((i) => pair.image.data[4 * q + i] === main.data[4 * p + i]);
    if (!isSame) changed.push({ x, y });
  }
  return changed;
}

function isNear({ x, y }: { x: number; y: number }, box: NonNullable<Pair["other"]>): boolean {
  return x >= box.x - 1 && y >= box.y - 1 && x <= box.x + box.width && y <= box.y + box.height;
}

const QUESTIONS: Partial<PairQuestion>[] = [
  { relation: "holding" },
  { relation: "with", name: "sword" },
  { relation: "wearing", name: "hat", others: [HAT] },
  { relation: "on", name: "crate", others: [CRATE] },
  { relation: "in", name: "crate", others: [CRATE] },
  { relation: "full of", name: "slime", others: [SLIME], main: onCanvas(CRATE, 10, 20), isFigure: false },
  { relation: "next to", name: "slime", others: [SLIME] },
  { relation: "with", name: "sword", isFigure: false },
];

test.each(QUESTIONS)(
  "$relation $name: the main thing keeps every pixel that the other does not touch",
  (question) => {
    const pair = compose(question);
    expect(pair.joined).toBe(true);
    const main = question.main ?? MAIN;
    expect([pair.image.width, pair.image.height]).toEqual([main.width, main.height]);
    for (const place of changedOf(main, pair)) expect(isNear(place, pair.other!)).toBe(true);
    const known = new Set([
      ...colorsIn(main),
      ...(question.others ?? [SWORD]).flatMap((other) => [...colorsIn(other)]),
    ]);
    expect([...colorsIn(pair.image)].filter((color) => !known.has(color))).toEqual([]);
    expect(new Set(alphaOf(pair.image))).toEqual(new Set([0, 255]));
    expect(compose(question)).toEqual(pair);
  },
);

test("a small item is held at its native size beside the body at mid height", () => {
  const club = sprite(["kkk", "kpk", "kpk", "kok", "kok", "kkk"]);
  const { other, main } = compose({ others: [club] });
  expect([other!.width, other!.height]).toEqual([3, 6]);
  const middle = other!.y + other!.height / 2;
  expect(middle).toBeGreaterThan(main.y + 0.35 * main.height);
  expect(middle).toBeLessThan(main.y + 0.8 * main.height);
  const isRight = other!.x + 1.5 > main.x + 0.7 * main.width;
  const isLeft = other!.x + 1.5 < main.x + 0.3 * main.width;
  expect(isRight || isLeft).toBe(true);
});

test("a large item is reduced by a whole number, and of several drawings the largest fitting one is taken", () => {
  expect(compose({ others: [SWORD] }).other!.width).toBe(8);
  const dagger = sprite(["..kk", ".kgk", "kpk.", "kk.."]);
  const { other } = compose({ others: [SWORD, dagger] });
  expect([other!.width, other!.height]).toEqual([4, 4]);
});

test("a hat sits on top of the head, in its middle", () => {
  const { other, main, image } = compose({ relation: "wearing", name: "hat", others: [HAT] });
  expect(other!.y).toBeLessThan(main.y);
  expect(other!.y + other!.height).toBeLessThanOrEqual(main.y + 4);
  expect(Math.abs(other!.x + other!.width / 2 - (main.x + 7))).toBeLessThan(2);
  expect(drawnBounds(image)!.y).toBe(other!.y);
});

test("a thing at the edge of the canvas moves to make room", () => {
  const main = onCanvas(KNIGHT, 6, 0);
  const { main: moved, other } = compose({ main, relation: "wearing", name: "hat", others: [HAT] });
  expect(moved.y).toBeGreaterThan(0);
  expect(other!.y).toBe(0);
});

test("a scarf is painted around the neck, within the shape of the figure", () => {
  const pair = compose({ relation: "wearing", name: "scarf", others: [HAT] });
  expect(alphaOf(pair.image)).toEqual(alphaOf(MAIN));
  const changed = changedOf(MAIN, pair);
  expect(changed.length).toBeGreaterThan(6);
  for (const { y } of changed) expect(y > 14 + 3 && y < 14 + 12).toBe(true);
});

test("what stands on another thing stands above it; what is in it shows over its rim", () => {
  const on = compose({ relation: "on", name: "crate", others: [CRATE] });
  expect(on.main.y + on.main.height).toBeGreaterThan(on.other!.y);
  expect(on.main.y + on.main.height).toBeLessThan(on.other!.y + on.other!.height);
  expect(changedOf(MAIN, on)).toEqual([]);
  const inside = compose({ relation: "in", name: "crate", others: [CRATE] });
  expect(inside.main.y).toBeLessThan(inside.other!.y);
  expect(changedOf(MAIN, inside).length).toBeGreaterThan(20);
});

test("a container is filled in its opening", () => {
  const pot = onCanvas(
    sprite([
      "kkkkkkkkkk",
      "kpppppppok",
      "kpkkkkkkok",
      "kpkkkkkkok",
      "kpkkkkkkok",
      "kpppppppok",
      ".kpppppok.",
      "..kkkkkk..",
    ]),
    11,
    20,
  );
  const coin = sprite(["nn", "nm"]);
  const pair = compose({ main: pot, relation: "full of", name: "coins", others: [coin], isFigure: false });
  const changed = changedOf(pot, pair);
  expect(changed.length).toBeGreaterThan(8);
  for (const { x, y } of changed) expect(x >= 13 && x <= 18 && y >= 22 && y <= 24).toBe(true);
});

test("snow lies on upper surfaces and leaves shape and outline", () => {
  const pair = compose({ relation: "covered in", name: "snow", others: [] });
  expect(alphaOf(pair.image)).toEqual(alphaOf(MAIN));
  const rows = changedOf(MAIN, pair).map(({ y }) => y);
  expect(Math.min(...rows)).toBe(15);
  expect(rows.filter((y) => y > 27)).toEqual([]);
});

test("what cannot be joined is reported, and the picture stays", () => {
  const nothing = { joined: false, other: null, image: MAIN };
  expect(compose({ others: [] })).toMatchObject(nothing);
  expect(compose({ relation: "wearing", name: "trousers" })).toMatchObject(nothing);
  expect(compose({ relation: "covered in", name: "regret", others: [] })).toMatchObject(nothing);
  expect(compose({ main: createImage(16, 16) }).joined).toBe(false);
});

test("a dark line parts things whose colors would merge", () => {
  const block = onCanvas(sprite(Array.from({ length: 10 }, () => "f".repeat(10))), 11, 18);
  const ball = sprite(["fff", "fff", "fff"]);
  const { image, other } = compose({
    main: block,
    others: [ball],
    relation: "with",
    name: "ball",
    isFigure: false,
  });
  const beside = 4 * ((other!.y + 1) * 32 + other!.x - 1);
  expect(image.data[beside]! + image.data[beside + 1]! + image.data[beside + 2]!).toBeLessThan(150);
});

test("a figure sits before its seat, which shows on both sides", () => {
  const throne = sprite(Array.from({ length: 28 }, () => "n".repeat(28)));
  const pair = compose({ relation: "on", name: "throne", others: [throne] });
  const box = drawnBounds(MAIN)!;
  expect(pair.joined).toBe(true);
  expect(pair.other!.x).toBeLessThan(box.x);
  expect(pair.other!.x + pair.other!.width).toBeGreaterThan(box.x + box.width);
  expect(changedOf(MAIN, pair).length).toBeLessThan(alphaOf(MAIN).filter((alpha) => alpha > 0).length / 4);
});

test("a parrot sits on a shoulder, beside the head", () => {
  const bird = sprite(["sss", "sss", "sss", "sss", "sss", "sss"]);
  const pair = compose({ relation: "with", name: "parrot", others: [bird] });
  const hand = compose({ relation: "holding", name: "torch", others: [bird] });
  expect(pair.other!.y).toBeLessThan(hand.other!.y);
});

test.each(["on", "in"] as const)(
  "what is %s a pond has water under it, without a drawing of one",
  (relation) => {
    const pair = compose({ relation, name: "pond", others: [], isFigure: false });
    expect(pair.joined).toBe(true);
    const [below] = [pair.other!.y + pair.other!.height];
    expect(below).toBeLessThanOrEqual(32);
    const blue = [...colorsIn(pair.image)].filter((color) => !colorsIn(MAIN).has(color));
    expect(blue.length).toBeGreaterThanOrEqual(2);
    for (const color of blue) expect(color & 255).toBeGreaterThan(color >> 16);
    expect(compose({ relation: "on", name: "cloud", others: [], isFigure: false }).joined).toBe(false);
  },
);

test("dots lie within the upper part of a thing, off its outline, and keep its silhouette", () => {
  const cap = sprite([
    "k".repeat(20),
    ...Array.from({ length: 18 }, () => `k${"s".repeat(18)}k`),
    "k".repeat(20),
  ]);
  const dotted = scatter(cap, TINTS.white!)!;
  const changed = [...alphaOf(cap).keys()].filter((p) =>
    [0, 1, 2].some((i) => dotted.data[4 * p + i] !== cap.data[4 * p + i]),
  );
  expect(changed.length).toBeGreaterThan(8);
  expect(alphaOf(dotted)).toEqual(alphaOf(cap));
  for (const p of changed) {
    expect(Math.floor(p / 20)).toBeLessThan(15);
    expect([0, 19]).not.toContain(p % 20);
  }
  expect(scatter(sprite(["sss", "sss", "sss"]), TINTS.white!)).toBeNull();
});

test("a stack has two copies side by side and a third on them; what is too large has none", () => {
  const box = onCanvas(sprite(Array.from({ length: 12 }, () => "p".repeat(12))), 3, 3);
  const piled = stack(box)!;
  const { width, height } = drawnBounds(piled)!;
  expect([width, height]).toEqual([24, 23]);
  expect(alphaOf(piled).filter((alpha) => alpha > 0).length).toBe(2 * 144 + 11 * 12);
  expect(stack(onCanvas(sprite(Array.from({ length: 20 }, () => "p".repeat(20))), 3, 3))).toBeNull();
});

test("a bird sits on top of a thing, not beside it, and hides little of it", () => {
  const stump = onCanvas(sprite(Array.from({ length: 12 }, () => "p".repeat(10))), 11, 20);
  const bird = sprite(["..kk", ".kkk", "kkk.", ".k.."]);
  const pair = compose({ main: stump, others: [bird], relation: "with", name: "crow", isFigure: false });
  expect(pair.joined).toBe(true);
  const { x, y, height, width } = pair.other!;
  expect(y + height - 1).toBe(20);
  expect(x).toBeGreaterThanOrEqual(9);
  expect(x + width).toBeLessThanOrEqual(23);
  expect(colorsIn(pair.image)).toEqual(colorsIn(place(bird, stump, 0, 0)));
});

test("a broom goes through the legs of its rider: the head and chest stay, and it sticks out on both sides", () => {
  const broom = sprite(["nnn...........", "nnnpppppppppp.", "nnn..........."]);
  const pair = compose({ others: [broom], relation: "on", name: "broom" });
  const box = drawnBounds(MAIN)!;
  expect(pair.joined).toBe(true);
  expect(pair.main).toEqual(box);
  for (const { y } of changedOf(MAIN, pair)) expect(y).toBeGreaterThan(box.y + 0.6 * box.height);
  expect(pair.other!.x).toBeLessThan(box.x + box.width / 2);
  expect(alphaOf(pair.image).filter((alpha) => alpha !== 0).length).toBeGreaterThan(
    alphaOf(MAIN).filter((alpha) => alpha !== 0).length,
  );
});

test("fruit in a tree of 30 pixels is two by two, in its full color", () => {
  const crown = sprite(Array.from({ length: 30 }, () => "b".repeat(30)));
  const tree = scatter(crown, TINTS.red!)!;
  const red = [...alphaOf(crown).keys()].filter((p) => tree.data[4 * p]! > 120);
  expect(red.length).toBeGreaterThan(12);
  // Three of four are light, the fourth is their shadow.
  for (const p of red) expect([p - 1, p + 1, p - 30, p + 30].some((q) => red.includes(q))).toBe(true);
});
