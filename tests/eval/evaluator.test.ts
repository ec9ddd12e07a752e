import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measureReal } from "../../scripts/eval/figures.ts";
import { dot } from "../../scripts/eval/rank.ts";
import { readYardstick, type Yardstick } from "../../scripts/eval/samples.ts";
import { makeThumbnail, thumbnailDistance } from "../../service/pixel/thumbnail.ts";

const models = fileURLToPath(new URL("../../models", import.meta.url));
const SLOW = 120_000;

let yardstick: Yardstick;
beforeAll(async () => {
  yardstick = await readYardstick(models, `${models}/embedded-v1`);
}, SLOW);
afterAll(() => yardstick.evaluator.release());

test("the shipped evaluator scores the real sprites as its training record says", {
  timeout: SLOW,
}, async () => {
  const { training } = JSON.parse(readFileSync(`${models}/evaluator-v1/evaluator.json`, "utf8")) as {
    training: Record<string, number>;
  };
  const real = await measureReal(yardstick, ["potion", "sword", "photosynthesis"], {
    medianDistance: 0,
    shareClose: 0,
  });
  expect(real.sprites).toBe(100);
  expect(real.seen.things).toBe(2);
  expect(real.byCaption.promptToImage.r1).toBeCloseTo(training.real_r1!, 1);
  expect(real.byCaption.promptToImage.r5).toBeCloseTo(training.real_r5!, 1);
  expect(real.byWord.promptToImage.r1).toBeCloseTo(training.real_word_r1!, 1);
});

test("the shipped descriptors are those of the pictures they name", () => {
  const known = new Map(yardstick.training.map((picture) => [picture.id, picture]));
  for (const [i, { id, image }] of yardstick.real.entries()) {
    const picture = known.get(id)!;
    expect(dot(picture.feature, yardstick.realFeatures[i]!)).toBeGreaterThan(0.98);
    expect(thumbnailDistance(makeThumbnail(image), picture.thumbnail)).toBeLessThan(0.1);
  }
});

test("the evaluator knows a word that its captions hold and not one that they do not", () => {
  expect(yardstick.evaluator.knows("red potion")).toBe(true);
  expect(yardstick.evaluator.knows("photosynthesis")).toBe(false);
});
