import { countColors } from "./count-colors.ts";
import type { PixelImage } from "./image.ts";
import { nearestIndex } from "./nearest-color.ts";
import { type Oklab, squaredDistance, toOklab } from "./oklab.ts";
import { snapPalette } from "./snap-palette.ts";

/**
 * Chooses the colors of an image by repeatedly merging, in OKLab, the two clusters that are cheapest to merge, until N
 * are left. The cost is Ward's (J. H. Ward, 1963), w1 w2 / (w1 + w2) d², with the square root of the pixel count as
 * the weight: with the count itself, a two-pixel eye would be the first to go, while two indistinguishable shades of
 * a large surface would stay. Nothing is random.
 */
interface Cluster {
  l: number;
  a: number;
  b: number;
  /** Number of pixels in it. */
  count: number;
  weight: number;
  /** Index of the cheapest cluster to merge with among those after this one; -1 for none. */
  partner: number;
  cost: number;
}

/** Merging compares all pairs, so pictures with very many colors start from clusters of similar colors. */
const MOST_CLUSTERS = 320;
/** Edge of the smallest cell of the grid that groups similar colors, in OKLab; half of it is invisible. */
const FIRST_CELL = 0.01;
const REFINEMENTS = 3;

/**
 * Reduces an image to at most `colorCount` (>= 1) of its own colors; alpha stays, and transparent pixels do not count.
 * An image that has no more colors than that keeps them all: the result equals it byte for byte.
 */
export function limitColors(image: PixelImage, colorCount: number): PixelImage {
  return snapPalette(image, choosePalette(image, colorCount));
}

/**
 * Chooses at most `colorCount` of the colors of an image, 0xRRGGBB, in ascending order. Throws a RangeError if
 * `colorCount` is less than 1.
 */
export function choosePalette(image: PixelImage, colorCount: number): number[] {
  if (!(colorCount >= 1)) throw new RangeError(`colorCount must be at least 1, not ${colorCount}.`);
  const counts = countColors(image);
  // Sorted, so that the result does not depend on where in the image a color appears first.
  const points = [...counts.keys()]
    .sort((one, other) => one - other)
    .map((color) => ({ color, count: counts.get(color)!, lab: toOklab(color) }));
  if (points.length <= colorCount) return points.map(({ color }) => color);
  const groups = bucket(points);
  let centers: Oklab[] = mergeClusters(
    groups.map((group) => createCluster(group)),
    colorCount,
  );
  for (let i = 0; i < REFINEMENTS; i++) centers = moveToMeans(groups, centers);
  return representatives(points, centers).sort((one, other) => one - other);
}

/** A place in OKLab that has pixels. */
interface Spot {
  lab: Oklab;
  /** Number of pixels there. */
  count: number;
}

interface Point extends Spot {
  color: number;
}

/** Joins the points that share a cell of an OKLab grid; the cells grow until few enough points are left. */
function bucket(points: readonly Point[]): readonly Spot[] {
  let spots: readonly Spot[] = points;
  for (let size = FIRST_CELL; spots.length > MOST_CLUSTERS; size *= 1.25) {
    const cells = new Map<number, Cluster>();
    for (const spot of spots) {
      const { l, a, b } = spot.lab;
      const key =
        (Math.round(l / size) * 1024 + Math.round((a + 1) / size)) * 1024 + Math.round((b + 1) / size);
      const cell = cells.get(key);
      if (cell === undefined) cells.set(key, createCluster(spot));
      else absorb(cell, spot);
    }
    spots = [...cells.values()].map(({ l, a, b, count }) => ({ lab: { l, a, b }, count }));
  }
  return spots;
}

function createCluster({ lab: { l, a, b }, count }: Spot): Cluster {
  return { l, a, b, count, weight: Math.sqrt(count), partner: -1, cost: Number.POSITIVE_INFINITY };
}

function absorb(cluster: Cluster, { lab, count: added }: Spot): void {
  const count = cluster.count + added;
  const share = added / count;
  cluster.l += share * (lab.l - cluster.l);
  cluster.a += share * (lab.a - cluster.a);
  cluster.b += share * (lab.b - cluster.b);
  cluster.count = count;
  cluster.weight = Math.sqrt(count);
}

function mergeClusters(clusters: Cluster[], colorCount: number): Cluster[] {
  for (let i = 0; i < clusters.length; i++) findPartner(clusters, i);
  while (clusters.length > colorCount) {
    let cheapest = 0;
    for (let i = 1; i < clusters.length; i++) if (clusters[i]!.cost < clusters[cheapest]!.cost) cheapest = i;
    mergeAt(clusters, cheapest);
  }
  return clusters;
}

/** Merges the cluster at `kept` with its partner, moves the last cluster into the gap, and updates all partners. */
function mergeAt(clusters: Cluster[], kept: number): void {
  const cluster = clusters[kept]!;
  const gone = cluster.partner;
  const other = clusters[gone]!;
  absorb(cluster, { lab: other, count: other.count });
  const last = clusters.length - 1;
  clusters[gone] = clusters[last]!;
  clusters.pop();
  for (let i = 0; i < clusters.length; i++) {
    const { partner } = clusters[i]!;
    if (i === kept || i === gone || partner === kept || partner === gone || partner === last)
      findPartner(clusters, i);
    else if (i < kept) offerPartner(clusters, i, kept);
    if (i < gone && gone < clusters.length) offerPartner(clusters, i, gone);
  }
}

function findPartner(clusters: readonly Cluster[], i: number): void {
  const cluster = clusters[i]!;
  cluster.partner = -1;
  cluster.cost = Number.POSITIVE_INFINITY;
  for (let j = i + 1; j < clusters.length; j++) offerPartner(clusters, i, j);
}

function offerPartner(clusters: readonly Cluster[], i: number, j: number): void {
  const one = clusters[i]!;
  const other = clusters[j]!;
  const cost = ((one.weight * other.weight) / (one.weight + other.weight)) * squaredDistance(one, other);
  if (cost < one.cost) {
    one.cost = cost;
    one.partner = j;
  }
}

/** One step of Lloyd's algorithm: every center moves to the mean of the pixels nearest to it. */
function moveToMeans(spots: readonly Spot[], centers: readonly Oklab[]): Oklab[] {
  const sums = centers.map(() => ({ l: 0, a: 0, b: 0, count: 0 }));
  for (const { lab, count } of spots) {
    const sum = sums[nearestIndex(lab, centers)]!;
    sum.l += count * lab.l;
    sum.a += count * lab.a;
    sum.b += count * lab.b;
    sum.count += count;
  }
  return sums.map(({ l, a, b, count }, i) =>
    count === 0 ? centers[i]! : { l: l / count, a: a / count, b: b / count },
  );
}

/** Picks an existing color for each center: the one with most of its pixels, or else the one nearest to it. */
function representatives(points: readonly Point[], centers: readonly Oklab[]): number[] {
  const groups = centers.map((): Point[] => []);
  for (const point of points) groups[nearestIndex(point.lab, centers)]!.push(point);
  const colors: number[] = [];
  for (const [i, group] of groups.entries()) {
    if (group.length === 0) continue;
    const total = group.reduce((sum, point) => sum + point.count, 0);
    const main = group.find((point) => 2 * point.count > total);
    const nearest = group.reduce((best, point) =>
      squaredDistance(point.lab, centers[i]!) < squaredDistance(best.lab, centers[i]!) ? point : best,
    );
    colors.push((main ?? nearest).color);
  }
  return colors;
}
