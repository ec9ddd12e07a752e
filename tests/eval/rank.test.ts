import { expect, test } from "vitest";
import { mean, meanRetrieval, retrieve, retrieveShuffled } from "../../scripts/eval/rank.ts";
import { axes } from "./planted-vectors.ts";

test("pictures that lie on their own prompts are all found, both ways", () => {
  const { promptToImage, imageToPrompt, ranks } = retrieve(axes(20), axes(20));
  expect(promptToImage).toEqual({ r1: 1, r5: 1 });
  expect(imageToPrompt).toEqual({ r1: 1, r5: 1 });
  expect(ranks).toEqual(Array(20).fill(0));
});

test("two swapped pictures are missed by the first place and found by the first five", () => {
  const texts = axes(10);
  const pictures = axes(10);
  [pictures[3], pictures[7]] = [pictures[7]!, pictures[3]!];
  const { promptToImage, imageToPrompt } = retrieve(texts, pictures);
  expect(promptToImage.r1).toBeCloseTo(0.8);
  expect(imageToPrompt.r1).toBeCloseTo(0.8);
});

test("one picture for all prompts scores no better than chance", () => {
  const same = Array.from({ length: 100 }, () => Float32Array.from({ length: 100 }, () => 0.1));
  expect(retrieve(axes(100), same).promptToImage).toEqual({ r1: 0, r5: 0 });
});

test("shuffled prompts do not find planted pictures", () => {
  expect(retrieveShuffled(axes(20), axes(20), [1, 7]).promptToImage.r1).toBe(0);
});

test("the other way round each picture is ranked by the prompt that belongs to it", () => {
  const texts = axes(5);
  const pictures = [4, 0, 1, 2, 3].map((i) => axes(5)[i]!);
  const found = retrieve(texts, pictures, (row) => (row + 1) % 5);
  expect(found.promptToImage.r1).toBe(1);
  expect(found.imageToPrompt.r1).toBe(1);
});

test("the score over seeds is the mean of the scores of the seeds", () => {
  const right = retrieve(axes(4), axes(4));
  const wrong = retrieve(axes(4), axes(4).reverse());
  const both = meanRetrieval([right, wrong]);
  expect(both.promptToImage.r1).toBe(0.5);
  expect(both.ranks).toHaveLength(8);
});

test("the mean of nothing is 0", () => {
  expect(mean([])).toBe(0);
});
