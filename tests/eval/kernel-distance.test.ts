import { expect, test } from "vitest";
import { kernelDistance } from "../../scripts/eval/kernel-distance.ts";
import { planted } from "./planted-vectors.ts";

const CENTER = [1, 0.5, -0.5, 0, 0.3, -0.2, 0.7, 0.1];
const SHIFTED = [0.2, 0.5, -0.5, 0.9, 0.3, -0.2, 0.7, 0.1];

test("two draws of one source are about 0 apart", () => {
  const a = planted(200, CENTER, { spread: 0.4, seed: 1 });
  const b = planted(200, CENTER, { spread: 0.4, seed: 2 });
  expect(Math.abs(kernelDistance(a, b))).toBeLessThan(0.02);
});

test("the bias of small sets is taken away: the mean over many small draws is about 0", () => {
  const draws = Array.from({ length: 60 }, (_, i) =>
    kernelDistance(
      planted(5, CENTER, { spread: 0.4, seed: 2 * i + 1 }),
      planted(5, CENTER, { spread: 0.4, seed: 2 * i + 2 }),
    ),
  );
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.min(...draws)).toBeLessThan(0);
});

test("a shifted source is further away, and further the more it is shifted", () => {
  const a = planted(200, CENTER, { spread: 0.4, seed: 1 });
  const far = planted(200, SHIFTED, { spread: 0.4, seed: 2 });
  const half = planted(
    200,
    CENTER.map((value, i) => (value + SHIFTED[i]!) / 2),
    { spread: 0.4, seed: 3 },
  );
  expect(kernelDistance(a, half)).toBeGreaterThan(0.05);
  expect(kernelDistance(a, far)).toBeGreaterThan(2 * kernelDistance(a, half));
});

test("a source that always gives the same picture is apart from one that varies around it", () => {
  const a = planted(200, CENTER, { spread: 0.8, seed: 1 });
  const one = planted(1, CENTER, { spread: 0, seed: 1 })[0]!;
  expect(kernelDistance(a, Array(50).fill(one))).toBeGreaterThan(0.1);
});
