import { dot, mean } from "./rank.ts";

/** 1 - cosine: 0 for the same picture, 1 for pictures that have nothing to do with each other. */
export function featureDistance(a: Float32Array, b: Float32Array): number {
  return 1 - dot(a, b);
}

/** Mean of a comparison over all pairs of items; 0 without a pair. */
export function meanPairwise<T>(items: readonly T[], compare: (a: T, b: T) => number): number {
  return mean(items.flatMap((a, i) => items.slice(i + 1).map((b) => compare(a, b))));
}
