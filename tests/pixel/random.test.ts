import { expect, test } from "vitest";
import { gaussian, seededRandom } from "../../service/pixel/random.ts";

test("a seed gives these numbers on every machine", () => {
  const random = seededRandom(7);
  expect([random(), random(), random()].map((value) => value * 2 ** 32)).toMatchInlineSnapshot(`
    [
      2064663467,
      741845084,
      1743615334,
    ]
  `);
});

test("the same seed gives the same numbers, and another seed different ones", () => {
  const numbers = (seed: number): number[] => Array.from({ length: 50 }, seededRandom(seed));
  expect(numbers(1)).toEqual(numbers(1));
  expect(numbers(1)).not.toEqual(numbers(2));
  expect(numbers(0xffffffff)).not.toEqual(numbers(0));
});

test("numbers are spread evenly from 0 to 1", () => {
  const random = seededRandom(3);
  const tenths = new Array(10).fill(0);
  for (let i = 0; i < 100_000; i++) tenths[Math.floor(10 * random())]++;
  expect(Math.min(...tenths)).toBeGreaterThan(9_500);
  expect(Math.max(...tenths)).toBeLessThan(10_500);
});

test("normally distributed numbers have mean 0, variance 1 and the right tails", () => {
  const random = seededRandom(11);
  const values = Array.from({ length: 100_000 }, () => gaussian(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  const outside = values.filter((value) => Math.abs(value) > 1.96).length / values.length;
  expect(Math.abs(outside - 0.05)).toBeLessThan(0.004);
});
