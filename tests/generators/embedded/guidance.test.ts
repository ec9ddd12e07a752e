import { expect, test } from "vitest";
import { guidanceAt, guide } from "../../../service/generators/embedded/guidance.ts";
import { gaussianNoise } from "../../../service/generators/noise.ts";

test("guidance is whole below 0.9 and halved in its excess above", () => {
  expect(guidanceAt(0.5, 3)).toBe(3);
  expect(guidanceAt(0.89, 3)).toBe(3);
  expect(guidanceAt(0.9, 3)).toBe(2);
  expect(guidanceAt(1, 7)).toBe(4);
  expect(guidanceAt(1, 1)).toBe(1);
});

test("guidance goes past the wanted prediction, away from the other", () => {
  expect([...guide(Float32Array.of(2, -1), Float32Array.of(1, 1), 3)]).toEqual([4, -5]);
  expect([...guide(Float32Array.of(2, -1), Float32Array.of(1, 1), 1)]).toEqual([2, -1]);
  expect([...guide(Float32Array.of(2, -1), Float32Array.of(1, 1), 0)]).toEqual([1, 1]);
});

test("noise depends on its seed only and has mean 0 and deviation 1", () => {
  const noise = gaussianNoise(42, 20_000);
  expect(gaussianNoise(42, 20_000)).toEqual(noise);
  expect(gaussianNoise(43, 20_000)).not.toEqual(noise);
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});
