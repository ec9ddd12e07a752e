import type { PixelImage } from "../pixel/image.ts";

export const SIDES = ["left", "right", "top", "bottom"] as const;
export type Side = (typeof SIDES)[number];
/** The known tiles around one: left and right ones have its height, the others its width. */
export type Neighbors = Partial<Record<Side, PixelImage>>;

/**
 * Continues the known neighbors: each is mirrored at the seam, and where several overlap the nearest one wins. The
 * result is the start for a tile that fits; its pixels at a seam are those of the neighbor. Takes at least one.
 */
export function continueNeighbors(
  { width, height }: { width: number; height: number },
  neighbors: Neighbors,
): PixelImage {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = mirrored({ x, y, width, height }, neighbors);
      if (pixel) data.set(pixel.bytes, 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

/** Marks what is redrawn, 1, and what is kept, 0: `depth` pixels along each side that has a neighbor. */
export function edgeMask(
  { width, height }: { width: number; height: number },
  neighbors: Neighbors,
  depth: number,
): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const pixel = mirrored({ x: i % width, y: Math.floor(i / width), width, height }, neighbors);
    return pixel && pixel.distance < depth ? 0 : 1;
  });
}

/**
 * Lays the continued edges of the neighbors over a tile, up to `depth` pixels deep. Where each ends is decided along the
 * edge, row by row: where it differs least from the tile, moving by at most one pixel, as in repairSeam. No colors are
 * blended, and the seams themselves are exact.
 */
export function matchEdges(tile: PixelImage, neighbors: Neighbors, depth: number): PixelImage {
  const { width, height } = tile;
  const data = tile.data.slice();
  for (const side of SIDES) {
    const neighbor = neighbors[side];
    if (!neighbor) continue;
    const across = side === "left" || side === "right";
    const length = across ? height : width;
    const at = (along: number, away: number): { x: number; y: number } =>
      place(side, { along, away, width, height });
    const differences = Array.from({ length }, (_, along) =>
      Array.from({ length: depth }, (_, away) => {
        const { x, y } = at(along, away);
        const pixel = mirrored({ x, y, width, height }, { [side]: neighbor });
        return pixel ? difference(pixel.bytes, data, 4 * (y * width + x)) : 0;
      }),
    );
    const cut = cheapestCut(differences, depth);
    for (let along = 0; along < length; along++) {
      for (let away = 0; away <= cut[along]!; away++) {
        const { x, y } = at(along, away);
        const pixel = mirrored({ x, y, width, height }, neighbors);
        if (pixel?.side === side) data.set(pixel.bytes, 4 * (y * width + x));
      }
    }
  }
  return { width, height, data };
}

/** Mean step across the seams to the neighbors of an axis, relative to that inside the tile; null without a neighbor there. */
export function edgeRatio(tile: PixelImage, neighbors: Neighbors, axis: "x" | "y"): number | null {
  const { width, height, data } = tile;
  const sides: Side[] = axis === "x" ? ["left", "right"] : ["top", "bottom"];
  const known = sides.filter((side) => neighbors[side]);
  if (known.length === 0) return null;
  const length = axis === "x" ? height : width;
  let joint = 0;
  for (const side of known) {
    for (let along = 0; along < length; along++) {
      const { x, y } = place(side, { along, away: 0, width, height });
      const pixel = mirrored({ x, y, width, height }, { [side]: neighbors[side]! });
      if (pixel) joint += difference(pixel.bytes, data, 4 * (y * width + x)) / (length * known.length);
    }
  }
  const next = axis === "x" ? 1 : width;
  const [w, h] = axis === "x" ? [width - 1, height] : [width, height - 1];
  let inside = 0;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const from = 4 * (y * width + x);
      inside += difference(data.subarray(from, from + 4), data, from + 4 * next) / (w * h);
    }
  }
  return joint === 0 ? 0 : Math.round((1000 * joint) / inside) / 1000;
}

interface Mirrored {
  side: Side;
  distance: number;
  bytes: Uint8Array;
}

/** The pixel of the nearest neighbor, as far beyond the seam as the given place is before it. */
function mirrored(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  neighbors: Neighbors,
): Mirrored | null {
  const distances = { left: x, right: width - 1 - x, top: y, bottom: height - 1 - y };
  let best: { side: Side; distance: number; image: PixelImage } | null = null;
  for (const side of SIDES) {
    const image = neighbors[side];
    if (image && (!best || distances[side] < best.distance))
      best = { side, distance: distances[side], image };
  }
  if (!best) return null;
  const { side, distance, image } = best;
  const column = { left: image.width - 1 - distance, right: distance, top: x, bottom: x }[side];
  const row = { left: y, right: y, top: image.height - 1 - distance, bottom: distance }[side];
  const clamp = (value: number, edge: number): number => Math.max(0, Math.min(edge - 1, value));
  const from = 4 * (clamp(row, image.height) * image.width + clamp(column, image.width));
  return { side, distance, bytes: image.data.subarray(from, from + 4) };
}

interface Along {
  along: number;
  away: number;
  width: number;
  height: number;
}

function place(side: Side, { along, away, width, height }: Along): { x: number; y: number } {
  if (side === "left") return { x: away, y: along };
  if (side === "right") return { x: width - 1 - away, y: along };
  return side === "top" ? { x: along, y: away } : { x: along, y: height - 1 - away };
}

function difference(bytes: Uint8Array, data: Uint8Array, offset: number): number {
  let sum = 0;
  for (let channel = 0; channel < 4; channel++) sum += Math.abs(bytes[channel]! - data[offset + channel]!);
  return sum;
}

/** Depth of the last overlaid pixel for each place along the edge: the path of least difference. */
function cheapestCut(differences: readonly (readonly number[])[], depth: number): number[] {
  const costs = differences.map((row) => [...row]);
  for (let i = 1; i < costs.length; i++) {
    for (let away = 0; away < depth; away++) {
      const before = costs[i - 1]!;
      const least = Math.min(
        before[away - 1] ?? Number.POSITIVE_INFINITY,
        before[away]!,
        before[away + 1] ?? Number.POSITIVE_INFINITY,
      );
      costs[i]![away]! += least;
    }
  }
  const cut: number[] = [];
  let away = costs.at(-1)!.indexOf(Math.min(...costs.at(-1)!));
  for (let i = costs.length - 1; i >= 0; i--) {
    cut[i] = away;
    const before = costs[i - 1];
    if (!before) break;
    const choices = [away, away - 1, away + 1].filter((one) => one >= 0 && one < depth);
    away = choices.reduce((best, one) => (before[one]! < before[best]! ? one : best));
  }
  return cut;
}
