/**
 * Merges points in an OKLab-like space into as few clusters as there are colors: agglomerative clustering, nearest pair
 * first, distances weighted by Ward's factor (J. H. Ward, 1963), dampened so that a few cells weigh as much as many.
 */
export interface Cluster {
  l: number;
  a: number;
  b: number;
  /** Cells in it. */
  count: number;
}

/** When two clusters are one color. */
export interface MergeLimits {
  /** The distances along each coordinate up to which two large clusters are. */
  readonly distances: readonly [number, number, number];
  /** How many times as far away a cluster of one or two cells may be: the tail of the noise. */
  readonly rareFactor: number;
  /** Stops at this many clusters, and merges down to them whatever the distance. */
  readonly count?: number;
}

/** Merging compares all pairs, so it starts from the cells of a fine grid, which grows until they are few enough. */
const MOST_CLUSTERS = 420;
const FIRST_CELL = 0.006;
const CELL_GROWTH = 1.25;

/** Clusters the points marked in `use`, three coordinates each. The order of the points does not matter. */
export function mergeColors(points: Float32Array, use: Uint8Array, limits: MergeLimits): Cluster[] {
  const clusters = bucket(points, use);
  const costOf = pairCost(limits);
  const costs = clusters.map((_, i) => nearestAfter(clusters, i, costOf));
  for (;;) {
    let kept = -1;
    for (let i = 0; i < clusters.length; i++) {
      if (costs[i]!.partner >= 0 && (kept < 0 || costs[i]!.cost < costs[kept]!.cost)) kept = i;
    }
    if (kept < 0) break;
    const done = limits.count === undefined ? costs[kept]!.cost >= 1 : clusters.length <= limits.count;
    if (done) break;
    const gone = costs[kept]!.partner;
    join(clusters[kept]!, clusters[gone]!);
    const last = clusters.length - 1;
    clusters[gone] = clusters[last]!;
    costs[gone] = costs[last]!;
    clusters.pop();
    costs.pop();
    for (let i = 0; i < clusters.length; i++) {
      const { partner } = costs[i]!;
      if (i === kept || i === gone || partner === kept || partner === gone || partner === last)
        costs[i] = nearestAfter(clusters, i, costOf);
      else {
        if (kept > i) offer(costs[i]!, kept, costOf(clusters[i]!, clusters[kept]!));
        if (gone > i && gone < clusters.length) offer(costs[i]!, gone, costOf(clusters[i]!, clusters[gone]!));
      }
    }
  }
  return clusters;
}

interface Offer {
  cost: number;
  partner: number;
}

/** The cost of merging two clusters; from 1 on they are two colors. */
type PairCost = (one: Cluster, other: Cluster) => number;

function pairCost({ distances: [farL, farA, farB], rareFactor }: MergeLimits): PairCost {
  const [weightL, weightA, weightB] = [1 / farL ** 2, 1 / farA ** 2, 1 / farB ** 2];
  const rareSlack = rareFactor - 1;
  return (one, other) => {
    const l = one.l - other.l;
    const a = one.a - other.a;
    const b = one.b - other.b;
    // From a pair of single cells up to two colors of many cells, the tail of the noise matters less and less.
    const slack = 1 + rareSlack * Math.min(1, 1 / one.count + 1 / other.count);
    return (weightL * l * l + weightA * a * a + weightB * b * b) / (slack * slack);
  };
}

function nearestAfter(clusters: readonly Cluster[], i: number, costOf: PairCost): Offer {
  const best = { cost: Number.POSITIVE_INFINITY, partner: -1 };
  for (let j = i + 1; j < clusters.length; j++) offer(best, j, costOf(clusters[i]!, clusters[j]!));
  return best;
}

function offer(best: Offer, partner: number, cost: number): void {
  if (cost >= best.cost) return;
  best.cost = cost;
  best.partner = partner;
}

function join(into: Cluster, from: Cluster): void {
  const count = into.count + from.count;
  const share = from.count / count;
  into.l += share * (from.l - into.l);
  into.a += share * (from.a - into.a);
  into.b += share * (from.b - into.b);
  into.count = count;
}

function bucket(points: Float32Array, use: Uint8Array): Cluster[] {
  let clusters = bucketPoints(points, use);
  for (let size = FIRST_CELL * CELL_GROWTH; clusters.length > MOST_CLUSTERS; size *= CELL_GROWTH) {
    const cells = new Map<number, Cluster>();
    for (const cluster of clusters) {
      const key = cellOf(cluster.l, cluster.a, cluster.b, size);
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, cluster);
      else join(cell, cluster);
    }
    clusters = [...cells.values()];
  }
  return clusters;
}

/** The points in the cells of the first grid. */
function bucketPoints(points: Float32Array, use: Uint8Array): Cluster[] {
  const cells = new Map<number, Cluster>();
  const single: Cluster = { l: 0, a: 0, b: 0, count: 1 };
  for (let i = 0; i < use.length; i++) {
    if (!use[i]) continue;
    single.l = points[3 * i]!;
    single.a = points[3 * i + 1]!;
    single.b = points[3 * i + 2]!;
    const key = cellOf(single.l, single.a, single.b, FIRST_CELL);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { ...single });
    else join(cell, single);
  }
  return [...cells.values()];
}

/** The number of a cell of a grid. Ten bits for each coordinate keep it an integer, which a Map finds fastest. */
function cellOf(l: number, a: number, b: number, size: number): number {
  return (
    (Math.round(l / size) << 20) |
    ((Math.round((a + 0.7) / size) & 1023) << 10) |
    (Math.round((b + 0.7) / size) & 1023)
  );
}
