import type { CellColors } from "./cell-colors.ts";
import { type CellNoise, cellNoise } from "./cell-noise.ts";
import { joinHalves } from "./join-halves.ts";
import { writeLook } from "./look.ts";
import { type Cluster, mergeColors } from "./merge-colors.ts";

/**
 * Two colors are one if they are closer than this many times the noise of the cells, within these bounds, along
 * each coordinate.
 */
const NOISE_FACTOR = 4;
const NEAREST = 0.018;
const FARTHEST = 0.05;
/** A color of only one or two cells counts as a separate one if it is this much farther away: noise has tails. */
const RARE_FACTOR = 2.2;
const ROUNDS = 3;

/** The colors of one or more pictures, 0xRRGGBB, and for each of their cells its index among them (-1: clear). */
export interface ChosenColors {
  readonly palette: number[];
  readonly places: Int16Array[];
}

/**
 * Chooses the fewest colors that lose no visible difference, from the cells of one or more pictures together: clusters
 * that are farther apart than the noise of the cells. `count` asks for at most this many colors instead.
 */
export function chooseColors(pictures: readonly CellColors[], count?: number): ChosenColors {
  const looks = pictures.map(looksOf);
  const points = new Float32Array(looks.reduce((sum, part) => sum + part.length, 0));
  const use = new Uint8Array(points.length / 3);
  let start = 0;
  for (const [i, part] of looks.entries()) {
    points.set(part, 3 * start);
    use.set(pictures[i]!.drawn, start);
    start += part.length / 3;
  }
  const noise = mostNoise(pictures.map((picture, i) => cellNoise(picture, looks[i]!)));
  const reach = (deviation: number): number =>
    Math.max(NEAREST, Math.min(FARTHEST, NOISE_FACTOR * deviation));
  let clusters = mergeColors(points, use, {
    distances: [reach(noise[0]), reach(noise[1]), reach(noise[2])],
    rareFactor: RARE_FACTOR,
    ...(count === undefined ? {} : { count }),
  });
  clusters = moveToMeans(points, use, clusters);
  if (count === undefined)
    clusters = joinHalves({ points, places: nearestPlaces(points, use, clusters), noise }, clusters);
  for (let round = 0; round < ROUNDS; round++) clusters = moveToMeans(points, use, clusters);
  return { palette: meanColors(pictures, looks, clusters), places: placesOf(pictures, looks, clusters) };
}

/** The noise of the noisiest of some pictures, along each coordinate; 0 if there are none. */
function mostNoise(noises: readonly CellNoise[]): CellNoise {
  const most = (axis: 0 | 1 | 2): number => Math.max(0, ...noises.map((noise) => noise[axis]));
  return [most(0), most(1), most(2)];
}

/** The coordinates of all cells; clear ones have none. */
function looksOf({ rgb, drawn }: CellColors): Float32Array {
  const looks = new Float32Array(rgb.length);
  for (let cell = 0; cell < drawn.length; cell++) {
    if (drawn[cell]) writeLook(looks, 3 * cell, colorOf(rgb, 3 * cell));
  }
  return looks;
}

function colorOf(rgb: Float32Array, offset: number): number {
  return (
    (Math.round(rgb[offset]!) << 16) | (Math.round(rgb[offset + 1]!) << 8) | Math.round(rgb[offset + 2]!)
  );
}

function nearestCluster(points: Float32Array, offset: number, clusters: readonly Cluster[]): number {
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < clusters.length; i++) {
    const cluster = clusters[i]!;
    const l = points[offset]! - cluster.l;
    const a = points[offset + 1]! - cluster.a;
    const b = points[offset + 2]! - cluster.b;
    const distance = l * l + a * a + b * b;
    if (distance >= bestDistance) continue;
    bestDistance = distance;
    best = i;
  }
  return best;
}

/** One step of Lloyd's algorithm (1982); clusters without points are dropped. */
function moveToMeans(points: Float32Array, use: Uint8Array, clusters: readonly Cluster[]): Cluster[] {
  const sums = clusters.map((): Cluster => ({ l: 0, a: 0, b: 0, count: 0 }));
  for (let i = 0; i < use.length; i++) {
    if (!use[i]) continue;
    const sum = sums[nearestCluster(points, 3 * i, clusters)]!;
    sum.l += points[3 * i]!;
    sum.a += points[3 * i + 1]!;
    sum.b += points[3 * i + 2]!;
    sum.count++;
  }
  return sums
    .filter(({ count }) => count > 0)
    .map(({ l, a, b, count }) => ({ l: l / count, a: a / count, b: b / count, count }));
}

function nearestPlaces(points: Float32Array, use: Uint8Array, clusters: readonly Cluster[]): Int16Array {
  return Int16Array.from(use, (on, i) => (on ? nearestCluster(points, 3 * i, clusters) : -1));
}

function placesOf(
  pictures: readonly CellColors[],
  looks: readonly Float32Array[],
  clusters: readonly Cluster[],
): Int16Array[] {
  return pictures.map(({ drawn }, p) => nearestPlaces(looks[p]!, drawn, clusters));
}

/** The color of each cluster: per channel the median of its cells, which outliers do not shift. */
function meanColors(
  pictures: readonly CellColors[],
  looks: readonly Float32Array[],
  clusters: readonly Cluster[],
): number[] {
  const members = clusters.map((): [number[], number[], number[]] => [[], [], []]);
  for (const [p, { rgb, drawn }] of pictures.entries()) {
    for (let cell = 0; cell < drawn.length; cell++) {
      if (!drawn[cell]) continue;
      const group = members[nearestCluster(looks[p]!, 3 * cell, clusters)]!;
      for (let c = 0; c < 3; c++) group[c]!.push(rgb[3 * cell + c]!);
    }
  }
  return members.map(([red, green, blue]) => {
    return (middle(red) << 16) | (middle(green) << 8) | middle(blue);
  });
}

function middle(values: number[]): number {
  values.sort((one, other) => one - other);
  return Math.round(values[values.length >> 1] ?? 0);
}
