/**
 * The straight-line flow between a clean latent and noise, and Euler steps back along it.
 * Source: Liu, Gong, Liu, "Flow Straight and Fast: Learning to Generate and Transfer Data with
 * Rectified Flow" (2023). Times run from 1 (noise) to 0 (clean).
 */

/** Lists the times of a run from `from` (0-1] down to 0: `ceil(steps * from)` steps, one more time. */
export function stepTimes(steps: number, from: number): number[] {
  const count = Math.max(1, Math.ceil(steps * from - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => (from * (count - i)) / count);
}

/** Mixes a clean latent with noise of the same length: (1 - t) * clean + t * noise. */
export function addNoise(clean: Float32Array, noise: Float32Array, t: number): Float32Array {
  return clean.map((value, i) => (1 - t) * value + t * noise[i]!);
}

/**
 * Moves a latent from time `t` to the earlier time `u`, given the clean latent that the network
 * predicts at `t`. The direction is (latent - clean) / t; at u = 0 the result is the prediction.
 */
export function eulerStep(latent: Float32Array, clean: Float32Array, t: number, u: number): Float32Array {
  if (u === 0) return clean.slice();
  return latent.map((value, i) => value + ((u - t) * (value - clean[i]!)) / t);
}
