import { FINE } from "./straighten.ts";

/** Added to the strength, as a share of its mean, before the logarithm: below it, strength means nothing. */
const FLOOR = 0.3;

/** Takes the logarithm of a profile: lines of a few cells count nearly as much as those of many. */
export function logStrength(strength: Float32Array): Float32Array {
  let mean = 0;
  for (const value of strength) mean += value / strength.length;
  const floor = Math.max(1e-9, FLOOR * mean);
  return strength.map((value) => Math.log(value + floor));
}

/**
 * Returns for each place by how much it stands out from its surroundings, `reach` pixels on both sides, weighted as a
 * triangle: a flat margin says nothing, and a crowd of lines does not count more than a few. The triangle is wide
 * compared with a cell; a box as wide as a cell would favor pitches above the true one.
 */
export function lineEvidence(logarithm: Float32Array, reach: number, gain: number): Float64Array {
  const half = Math.max(1, Math.round(reach * FINE));
  const around = boxMean(boxMean(logarithm, half), half);
  for (let i = 0; i < around.length; i++) around[i] = gain * (logarithm[i]! - around[i]!);
  return around;
}

/** Keeps one of `factor` places, with the strongest evidence among those nearest to it: lines must not fade. */
export function thinOut(evidence: Float64Array, factor: number): Float64Array {
  if (factor === 1) return evidence;
  const half = factor / 2;
  const kept = new Float64Array(Math.floor((evidence.length - 1) / factor) + 1);
  for (let i = 0; i < kept.length; i++) {
    const from = Math.max(0, Math.ceil(i * factor - half));
    const to = Math.min(evidence.length - 1, Math.floor(i * factor + half));
    let most = evidence[from]!;
    for (let k = from + 1; k <= to; k++) most = Math.max(most, evidence[k]!);
    kept[i] = most;
  }
  return kept;
}

function boxMean(values: ArrayLike<number>, half: number): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
  const means = new Float64Array(values.length);
  for (let i = 0; i < means.length; i++) {
    const from = Math.max(0, i - half);
    const to = Math.min(values.length, i + half + 1);
    means[i] = (sums[to]! - sums[from]!) / (to - from);
  }
  return means;
}
