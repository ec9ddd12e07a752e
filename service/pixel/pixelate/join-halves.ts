import type { CellNoise } from "./cell-noise.ts";
import type { Cluster } from "./merge-colors.ts";

/**
 * Two clusters are halves of one cloud of noise if their means are closer than this many standard deviations of the
 * inner cells within them: the Mahalanobis distance with the pooled covariance, which is the distance along the line that
 * separates them best (R. A. Fisher, 1936). So two browns that differ in chroma by a little are two, no matter how much
 * their lightness is scattered. Halves of one normal cloud are 3 to 4 apart; two colors whose clouds just do not touch are
 * 7 apart. A test for two modes like that of K. M. Ashman, C. M. Bird and S. E. Zepf (1994).
 */
const HALVES = 5.4;
/** Colors farther apart than this are different whatever the noise. */
const FARTHEST = 0.05;
/** The standard deviation that rounding to bytes alone causes. */
const LEAST_DEVIATION = 0.002;
/** The noise of the whole picture counts as much as this many cells: the spread of a few cells says little. */
const PRIOR_CELLS = 4;
/** The share of a cluster's cells, those nearest to its center, that decide how wide it is. */
const INNER_SHARE = 0.8;
/** Of a large cluster about this many cells are measured, and each stands for several. */
const ENOUGH_CELLS = 1000;

/** A cluster with the sums of products of its cells' distances from its mean: ll, la, lb, aa, ab, bb. */
interface Cloud extends Cluster {
  scatter: Float64Array;
}

/** Cells, the cluster of each (-1 for none), and their noise. */
interface PlacedCells {
  readonly points: Float32Array;
  readonly places: Int16Array;
  readonly noise: CellNoise;
}

/** Joins clusters that are halves or tails of one cloud. */
export function joinHalves({ points, places, noise }: PlacedCells, clusters: readonly Cluster[]): Cluster[] {
  const clouds = measureClouds(points, places, clusters);
  for (;;) {
    let best: { i: number; j: number; ratio: number } | null = null;
    for (let i = 0; i < clouds.length; i++) {
      for (let j = i + 1; j < clouds.length; j++) {
        const ratio = separation(clouds[i]!, clouds[j]!, noise);
        if (ratio < HALVES && (best === null || ratio < best.ratio)) best = { i, j, ratio };
      }
    }
    if (best === null) return clouds;
    joinClouds(clouds[best.i]!, clouds[best.j]!);
    clouds.splice(best.j, 1);
  }
}

/** The clouds of the points near the center of each cluster: a few mixed cells must not make it look wide. */
function measureClouds(points: Float32Array, places: Int16Array, clusters: readonly Cluster[]): Cloud[] {
  const members = clusters.map(({ count }) => ({ indexes: new Int32Array(count), count: 0 }));
  for (let i = 0; i < places.length; i++) {
    const own = members[places[i]!];
    if (own === undefined) continue;
    if (own.count === own.indexes.length) own.indexes = longer(own.indexes);
    own.indexes[own.count++] = i;
  }
  return clusters.map((cluster, place) => {
    const { indexes, count } = members[place]!;
    return cloudOf(points, indexes.subarray(0, count), cluster);
  });
}

function longer(indexes: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * indexes.length + 8);
  copy.set(indexes);
  return copy;
}

function cloudOf(points: Float32Array, members: Int32Array, { l, a, b }: Cluster): Cloud {
  const stride = Math.max(1, Math.floor(members.length / ENOUGH_CELLS));
  const distances = new Float64Array(Math.ceil(members.length / stride));
  for (let k = 0; k < distances.length; k++) {
    const at = 3 * members[k * stride]!;
    distances[k] = (points[at]! - l) ** 2 + (points[at + 1]! - a) ** 2 + (points[at + 2]! - b) ** 2;
  }
  const wanted = Math.ceil(INNER_SHARE * distances.length);
  const farthest = distances.slice().sort()[wanted - 1] ?? 0;
  const cloud: Cloud = { l: 0, a: 0, b: 0, count: 0, scatter: new Float64Array(6) };
  const single: Cloud = { l: 0, a: 0, b: 0, count: stride, scatter: new Float64Array(6) };
  for (let k = 0; k < distances.length && cloud.count < wanted * stride; k++) {
    if (distances[k]! > farthest) continue;
    const at = 3 * members[k * stride]!;
    single.l = points[at]!;
    single.a = points[at + 1]!;
    single.b = points[at + 2]!;
    joinClouds(cloud, single);
  }
  return cloud;
}

/** Adds a cloud to another: the parallel axis theorem. */
function joinClouds(into: Cloud, from: Cloud): void {
  const count = into.count + from.count;
  const l = from.l - into.l;
  const a = from.a - into.a;
  const b = from.b - into.b;
  const weight = (into.count * from.count) / count;
  const { scatter } = into;
  scatter[0] = scatter[0]! + from.scatter[0]! + weight * l * l;
  scatter[1] = scatter[1]! + from.scatter[1]! + weight * l * a;
  scatter[2] = scatter[2]! + from.scatter[2]! + weight * l * b;
  scatter[3] = scatter[3]! + from.scatter[3]! + weight * a * a;
  scatter[4] = scatter[4]! + from.scatter[4]! + weight * a * b;
  scatter[5] = scatter[5]! + from.scatter[5]! + weight * b * b;
  const share = from.count / count;
  into.l += share * l;
  into.a += share * a;
  into.b += share * b;
  into.count = count;
}

/** The distance of two clouds in standard deviations of both, along the line that separates them best. */
function separation(one: Cloud, other: Cloud, noise: CellNoise): number {
  const [l, a, b] = [other.l - one.l, other.a - one.a, other.b - one.b];
  if (l * l + a * a + b * b > FARTHEST ** 2) return Number.POSITIVE_INFINITY;
  const count = one.count + other.count + PRIOR_CELLS;
  const own = noise.map((deviation) => (PRIOR_CELLS / count) * deviation ** 2 + LEAST_DEVIATION ** 2);
  const sum = (k: number): number => (one.scatter[k]! + other.scatter[k]!) / count;
  const [ll, la, lb] = [sum(0) + own[0]!, sum(1), sum(2)];
  const [aa, ab, bb] = [sum(3) + own[1]!, sum(4), sum(5) + own[2]!];
  // The difference of the means times the inverse of the symmetric covariance, by cofactors.
  const [cll, cla, clb] = [aa * bb - ab * ab, lb * ab - la * bb, la * ab - lb * aa];
  const [caa, cab, cbb] = [ll * bb - lb * lb, la * lb - ll * ab, ll * aa - la * la];
  const product = l * l * cll + a * a * caa + b * b * cbb + 2 * (l * a * cla + l * b * clb + a * b * cab);
  return Math.sqrt(Math.max(0, product / (ll * cll + la * cla + lb * clb)));
}
