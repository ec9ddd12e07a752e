import { expect, test } from "vitest";
import { addNoise, eulerStep, stepTimes } from "../../../service/generators/embedded/flow-euler.ts";

test("a run from pure noise has as many steps as asked, evenly spaced down to 0", () => {
  expect(stepTimes(4, 1)).toEqual([1, 0.75, 0.5, 0.25, 0]);
});

test("a run from a noise level takes its share of the steps, rounded up", () => {
  expect(stepTimes(20, 0.6)).toHaveLength(13);
  expect(stepTimes(10, 0.25)).toHaveLength(4);
  expect(stepTimes(1, 0.01)).toEqual([0.01, 0]);
  expect(stepTimes(20, 0.6)[0]).toBe(0.6);
});

test("noise is mixed in by its level", () => {
  const mixed = addNoise(Float32Array.of(1, -2, 0), Float32Array.of(3, 2, -4), 0.25);
  expect([...mixed]).toEqual([1.5, -1, -1]);
});

test("a step moves along the line from the latent to the predicted clean latent", () => {
  // x = 2, clean = 1, t = 0.8: direction 1.25; to u = 0.4 it moves by -0.5.
  const moved = eulerStep(Float32Array.of(2), Float32Array.of(1), 0.8, 0.4);
  expect(moved[0]).toBeCloseTo(1.5, 6);
});

test("the last step returns the prediction itself", () => {
  const clean = Float32Array.of(0.1, 0.7);
  expect([...eulerStep(Float32Array.of(9, 9), clean, 0.05, 0)]).toEqual([...clean]);
});

test("steps with the true clean latent arrive at it exactly, from any number of steps", () => {
  const clean = Float32Array.of(0.5, -1.25);
  const noise = Float32Array.of(2, 0.75);
  for (const steps of [1, 3, 20]) {
    const times = stepTimes(steps, 0.9);
    let latent = addNoise(clean, noise, 0.9);
    for (const [i, t] of times.slice(0, -1).entries()) {
      latent = eulerStep(latent, clean, t, times[i + 1]!);
      const expected = addNoise(clean, noise, times[i + 1]!);
      for (const [k, value] of latent.entries()) expect(value).toBeCloseTo(expected[k]!, 5);
    }
    expect([...latent]).toEqual([...clean]);
  }
});

test("no function writes its input", () => {
  const latent = Float32Array.of(1, 2);
  const clean = Float32Array.of(3, 4);
  addNoise(latent, clean, 0.5);
  const last = eulerStep(latent, clean, 0.5, 0);
  last[0] = 99;
  eulerStep(latent, clean, 0.5, 0.25);
  expect([...latent, ...clean]).toEqual([1, 2, 3, 4]);
});
