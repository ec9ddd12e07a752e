import type { CellColors } from "./cell-colors.ts";
import { type CellNoise, cellNoise } from "./cell-noise.ts";
import { joinHalves } from "./join-halves.ts";
import { writeLook } from "./look.ts";
import { type Cluster, mergeColors } from "./merge-colors.ts";
import { nearestClusters } from "./nearest-cluster.ts";

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
  clusters = moveToMeans(points, nearestClusters(points, use, clusters), clusters);
  let places = nearestClusters(points, use, clusters);
  if (count === undefined) {
    const joined = joinHalves({ points, places, noise }, clusters);
    if (joined.length < clusters.length) places = nearestClusters(points, use, joined);
    clusters = joined;
  }
  for (let round = 0; round < ROUNDS; round++) {
    clusters = moveToMeans(points, places, clusters);
    const moved = nearestClusters(points, use, clusters);
    const settled = moved.every((place, i) => place === places[i]);
    places = moved;
    if (settled) break;
  }
  return { palette: meanColors(pictures, places, clusters.length), places: perPicture(pictures, places) };
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

/** One step of Lloyd's algorithm (1982): the means of the points at each cluster; clusters without points are dropped. */
function moveToMeans(points: Float32Array, places: Int16Array, clusters: readonly Cluster[]): Cluster[] {
  const sums = clusters.map((): Cluster => ({ l: 0, a: 0, b: 0, count: 0 }));
  for (let i = 0; i < places.length; i++) {
    if (places[i]! < 0) continue;
    const sum = sums[places[i]!]!;
    sum.l += points[3 * i]!;
    sum.a += points[3 * i + 1]!;
    sum.b += points[3 * i + 2]!;
    sum.count++;
  }
  return sums
    .filter(({ count }) => count > 0)
    .map(({ l, a, b, count }) => ({ l: l / count, a: a / count, b: b / count, count }));
}

/** Cuts the places of all cells into those of each picture. */
function perPicture(pictures: readonly CellColors[], places: Int16Array): Int16Array[] {
  let start = 0;
  return pictures.map(({ drawn }) => {
    start += drawn.length;
    return places.slice(start - drawn.length, start);
  });
}

/** The color of each cluster: per channel the median of its cells, which outliers do not shift. */
function meanColors(pictures: readonly CellColors[], places: Int16Array, count: number): number[] {
  const ends = new Int32Array(count + 1);
  for (const place of places) if (place >= 0) ends[place + 1] = ends[place + 1]! + 1;
  for (let place = 0; place < count; place++) ends[place + 1] = ends[place + 1]! + ends[place]!;
  const colors = new Array<number>(count).fill(0);
  const values = new Float32Array(ends[count]!);
  for (let channel = 0; channel < 3; channel++) {
    const next = ends.slice();
    let cell = 0;
    for (const { rgb, drawn } of pictures) {
      for (let i = 0; i < drawn.length; i++, cell++) {
        const place = places[cell]!;
        if (place < 0) continue;
        values[next[place]!] = rgb[3 * i + channel]!;
        next[place] = next[place]! + 1;
      }
    }
    for (let place = 0; place < count; place++) {
      const own = values.subarray(ends[place]!, ends[place + 1]!).sort();
      colors[place] = (colors[place]! << 8) | Math.round(own[own.length >> 1] ?? 0);
    }
  }
  return colors;
}
