import type { Cluster } from "./merge-colors.ts";

/**
 * Finds for each point marked in `use`, three coordinates each, the index of the nearest cluster (-1 for the others). The
 * clusters are searched from the nearest lightness outwards, until the rest is too far away in lightness alone: with
 * hundreds of clusters that leaves a dozen to compare. The first of equally near clusters wins.
 */
export function nearestClusters(
  points: Float32Array,
  use: Uint8Array,
  clusters: readonly Cluster[],
): Int16Array {
  const places = new Int16Array(use.length).fill(-1);
  const order = clusters.map((_, i) => i).sort((i, j) => clusters[i]!.l - clusters[j]!.l || i - j);
  const count = order.length;
  const sorted = new Float64Array(3 * count);
  for (const [at, i] of order.entries()) sorted.set([clusters[i]!.l, clusters[i]!.a, clusters[i]!.b], 3 * at);
  for (let i = 0; i < use.length; i++) {
    if (!use[i]) continue;
    const l = points[3 * i]!;
    const a = points[3 * i + 1]!;
    const b = points[3 * i + 2]!;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[3 * middle]! < l) low = middle + 1;
      else high = middle;
    }
    let best = -1;
    let nearest = Number.POSITIVE_INFINITY;
    let down = low - 1;
    let up = low;
    while (down >= 0 || up < count) {
      const below = down >= 0 ? l - sorted[3 * down]! : Number.POSITIVE_INFINITY;
      const above = up < count ? sorted[3 * up]! - l : Number.POSITIVE_INFINITY;
      const at = below <= above ? down-- : up++;
      const off = below <= above ? below : above;
      if (off * off > nearest) break;
      const da = a - sorted[3 * at + 1]!;
      const db = b - sorted[3 * at + 2]!;
      const distance = off * off + da * da + db * db;
      if (distance > nearest || (distance === nearest && order[at]! > best)) continue;
      nearest = distance;
      best = order[at]!;
    }
    places[i] = best;
  }
  return places;
}
