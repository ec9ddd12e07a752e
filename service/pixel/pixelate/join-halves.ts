import type { Cluster } from "./merge-colors.ts";

/**
 * Two clusters are halves of one cloud of noise if their means are nearer than this many standard deviations of the
 * inner cells within them, along the line between them. Halves of one normal cloud are 3 to 4 apart; two colours whose
 * clouds just do not touch are 7 apart. A test of two modes as that of K. M. Ashman,
 * C. M. Bird and S. E. Zepf (1994), with the pooled deviation.
 */
const HALVES = 5.4;
/** Colours further apart than this are different whatever the noise. */
const FARTHEST = 0.04;
/** The standard deviation that rounding to bytes alone gives. */
const LEAST_DEVIATION = 0.002;

/** The share of a cluster's cells, the nearest to its middle, that say how wide it is. */
const INNER_SHARE = 0.8;

/** A cluster with the sums of products of its cells' distances from its mean: ll, la, lb, aa, ab, bb. */
interface Cloud extends Cluster {
  scatter: Float64Array;
}

/** Joins clusters that are halves or tails of one cloud. `places` is the cluster of each point, -1 for none. */
export function joinHalves(
  points: Float32Array,
  places: Int16Array,
  clusters: readonly Cluster[],
): Cluster[] {
  const clouds = measureClouds(points, places, clusters);
  for (;;) {
    let best: { i: number; j: number; ratio: number } | null = null;
    for (let i = 0; i < clouds.length; i++) {
      for (let j = i + 1; j < clouds.length; j++) {
        const ratio = separation(clouds[i]!, clouds[j]!);
        if (ratio < HALVES && (best === null || ratio < best.ratio)) best = { i, j, ratio };
      }
    }
    if (best === null) return clouds;
    joinClouds(clouds[best.i]!, clouds[best.j]!);
    clouds.splice(best.j, 1);
  }
}

/** The clouds of the points near the middle of each cluster: a few mixed cells must not make it look wide. */
function measureClouds(points: Float32Array, places: Int16Array, clusters: readonly Cluster[]): Cloud[] {
  const members = clusters.map((): number[] => []);
  for (const [i, place] of places.entries()) members[place]?.push(i);
  const distance = (i: number, { l, a, b }: Cluster): number =>
    (points[3 * i]! - l) ** 2 + (points[3 * i + 1]! - a) ** 2 + (points[3 * i + 2]! - b) ** 2;
  return clusters.map((cluster, place) => {
    const cloud: Cloud = { l: 0, a: 0, b: 0, count: 0, scatter: new Float64Array(6) };
    const nearest = members[place]!.sort((i, j) => distance(i, cluster) - distance(j, cluster) || i - j);
    for (const i of nearest.slice(0, Math.ceil(INNER_SHARE * nearest.length))) {
      const [l, a, b] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
      joinClouds(cloud, { l, a, b, count: 1, scatter: new Float64Array(6) });
    }
    return cloud;
  });
}

/** Adds a cloud to another: the parallel axis theorem. */
function joinClouds(into: Cloud, from: Cloud): void {
  const count = into.count + from.count;
  const [l, a, b] = [from.l - into.l, from.a - into.a, from.b - into.b];
  const weight = (into.count * from.count) / count;
  for (const [k, product] of [l * l, l * a, l * b, a * a, a * b, b * b].entries())
    into.scatter[k] = into.scatter[k]! + from.scatter[k]! + weight * product;
  const share = from.count / count;
  into.l += share * l;
  into.a += share * a;
  into.b += share * b;
  into.count = count;
}

/** The distance of two clouds in pooled standard deviations along the line between them. */
function separation(one: Cloud, other: Cloud): number {
  const [l, a, b] = [other.l - one.l, other.a - one.a, other.b - one.b];
  const squared = l * l + a * a + b * b;
  if (squared > FARTHEST ** 2) return Number.POSITIVE_INFINITY;
  if (squared === 0) return 0;
  const [ll = 0, la = 0, lb = 0, aa = 0, ab = 0, bb = 0] = [0, 1, 2, 3, 4, 5].map(
    (k) => one.scatter[k]! + other.scatter[k]!,
  );
  const scatter =
    (l * l * ll + a * a * aa + b * b * bb + 2 * (l * a * la + l * b * lb + a * b * ab)) / squared;
  const variance = scatter / (one.count + other.count) + LEAST_DEVIATION ** 2;
  return Math.sqrt(squared / variance);
}
