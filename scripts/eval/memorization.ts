import { distanceTo, type Nearest, nearestTraining } from "./nearest-training.ts";
import { mean } from "./rank.ts";
import type { Sample, Yardstick } from "./samples.ts";

/** Near a training picture, or not. Distances as in thumbnailDistance; shares are of all samples. */
export interface Memorization {
  threshold: number;
  medianDistance: number;
  shareClose: number;
  /** The share by list of prompts. */
  shareCloseByGroup: Record<string, number>;
  /** The same as the first two, where the exemplar that a picture started from does not count. */
  medianBesideExemplar: number;
  shareCloseBesideExemplar: number;
  /** Pictures that started from an exemplar, how near they stayed to it, and the share of them below the threshold. */
  started: number;
  medianToExemplar: number;
  shareCloseToExemplar: number;
}

/** A sample and its nearest training picture. */
export interface Pair {
  sample: Sample;
  nearest: Nearest;
}

/** Finds the nearest training picture of every sample, the nearest pairs first. */
export function findNearest(samples: readonly Sample[], yardstick: Yardstick): Pair[] {
  const pairs = samples.map((sample) => ({
    sample,
    nearest: nearestTraining(queryOf(sample), yardstick.training),
  }));
  return pairs.sort((a, b) => a.nearest.distance - b.nearest.distance);
}

export function measureMemorization(pairs: readonly Pair[], yardstick: Yardstick): Memorization {
  const threshold = yardstick.evaluator.copyThreshold;
  const close = (distances: readonly number[]) => mean(distances.map((one) => Number(one < threshold)));
  const known = new Map(yardstick.training.map((picture) => [picture.id, picture]));
  const all = pairs.map(({ nearest }) => nearest.distance);
  const beside = pairs.map(({ sample, nearest }) =>
    sample.exemplar !== nearest.picture.id
      ? nearest.distance
      : nearestTraining({ ...queryOf(sample), without: new Set([sample.exemplar]) }, yardstick.training)
          .distance,
  );
  const own = pairs.flatMap(({ sample }) => {
    const exemplar = known.get(sample.exemplar ?? "");
    return exemplar ? [distanceTo(queryOf(sample), exemplar)] : [];
  });
  return {
    threshold,
    medianDistance: median(all),
    shareClose: close(all),
    shareCloseByGroup: Object.fromEntries(
      [...new Set(pairs.map(({ sample }) => sample.group))].sort().map((group) => {
        const own = pairs.filter(({ sample }) => sample.group === group);
        return [group, close(own.map(({ nearest }) => nearest.distance))];
      }),
    ),
    medianBesideExemplar: median(beside),
    shareCloseBesideExemplar: close(beside),
    started: pairs.filter(({ sample }) => sample.exemplar !== null).length,
    medianToExemplar: median(own),
    shareCloseToExemplar: close(own),
  };
}

/** Distances of the real sprites kept aside to the nearest picture with another caption: what is usual in the data. */
export function measureRealNeighbors(yardstick: Yardstick): { medianDistance: number; shareClose: number } {
  const distances = yardstick.real.map(({ caption, image }, i) => {
    const without = new Set(
      yardstick.training.filter((picture) => picture.caption === caption).map(({ id }) => id),
    );
    const feature = yardstick.realFeatures[i]!;
    return nearestTraining({ image, feature, seamless: false, without }, yardstick.training).distance;
  });
  return {
    medianDistance: median(distances),
    shareClose: mean(distances.map((one) => Number(one < yardstick.evaluator.copyThreshold))),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle - 0.5]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function queryOf({ image, feature, group }: Sample) {
  return { image, feature, seamless: group === "tiles" };
}
