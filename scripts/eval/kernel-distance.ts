import { dot, type Vectors } from "./rank.ts";

/**
 * Kernel distance of two sets of unit vectors: the unbiased squared maximum mean discrepancy with the cubic
 * kernel (x.y + 1)^3 (KID, Binkowski et al. 2018; there x.y / d on features of variance 1, which is the same for
 * vectors of length sqrt(d)). About 0 for two draws of one source (then below 0 as often as above), larger the
 * further apart. Both sets need at least two vectors.
 */
export function kernelDistance(a: Vectors, b: Vectors): number {
  return meanInside(a) + meanInside(b) - 2 * meanBetween(a, b);
}

function kernel(x: Float32Array, y: Float32Array): number {
  return (dot(x, y) + 1) ** 3;
}

/** Mean over the pairs of different vectors: leaving out a vector with itself is what takes the bias away. */
function meanInside(set: Vectors): number {
  let sum = 0;
  for (let i = 0; i < set.length; i++) for (let j = 0; j < i; j++) sum += kernel(set[i]!, set[j]!);
  return (2 * sum) / (set.length * (set.length - 1));
}

function meanBetween(a: Vectors, b: Vectors): number {
  let sum = 0;
  for (const x of a) for (const y of b) sum += kernel(x, y);
  return sum / (a.length * b.length);
}
