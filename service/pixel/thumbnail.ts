import type { PixelImage } from "./image.ts";

/** Edge of a thumbnail in its own pixels; each is the mean of 2 x 2 pixels of a 32 x 32 picture. */
export const THUMB = 16;

/** Color times alpha, and alpha, 0 to 255, four numbers per pixel, and how much the colors vary. */
export interface Thumbnail {
  data: Uint8Array;
  /** Sum of the distances of the colors from their mean, at least LEAST_CONTRAST of what is drawn. */
  contrast: number;
}

/** Out of 255: below this, the difference between two flat pictures is noise. */
const LEAST_CONTRAST = 0.03 * 255;

/** How a picture is moved before it is scaled down. A rolled picture wraps around. */
export interface Move {
  x: number;
  y: number;
  mirrored: boolean;
  rolled: boolean;
}

export const UNMOVED: Move = { x: 0, y: 0, mirrored: false, rolled: false };

/** Makes the thumbnail of a picture whose edges are multiples of 16, moved first. */
export function makeThumbnail({ width, height, data }: PixelImage, move: Move = UNMOVED): Thumbnail {
  const sums = new Float64Array(4 * THUMB * THUMB);
  const block = { width: width / THUMB, height: height / THUMB };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + (move.mirrored ? width - 1 - x : x));
      const alpha = data[from + 3]!;
      if (alpha === 0) continue;
      const u = move.rolled ? (x + move.x + width) % width : x + move.x;
      const v = move.rolled ? (y + move.y + height) % height : y + move.y;
      if (u < 0 || v < 0 || u >= width || v >= height) continue;
      const to = 4 * (Math.floor(v / block.height) * THUMB + Math.floor(u / block.width));
      for (let c = 0; c < 3; c++) sums[to + c]! += (data[from + c]! * alpha) / 255;
      sums[to + 3]! += alpha;
    }
  }
  return thumbnailOf(Uint8Array.from(sums, (sum) => Math.round(sum / (block.width * block.height))));
}

/** Fills in what is not stored of a thumbnail. */
export function thumbnailOf(data: Uint8Array): Thumbnail {
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i++) sums[i % 4]! += data[i]!;
  const drawn = sums[3]! / 255;
  let contrast = 0;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    for (let c = 0; c < 3; c++)
      contrast += Math.abs(data[i + c]! - (alpha * sums[c]!) / Math.max(drawn, 1e-3));
  }
  return { data, contrast: Math.max(contrast, LEAST_CONTRAST * drawn) };
}

/**
 * Distance of two thumbnails: their difference as a share of the contrast of the richer one. 0 is the same picture;
 * two unrelated pictures of the same mean color are at about 1. Without the contrast, any two calm textures of one
 * color would be close to each other.
 */
export function thumbnailDistance(a: Thumbnail, b: Thumbnail): number {
  let difference = 0;
  for (let i = 0; i < a.data.length; i++) difference += Math.abs(a.data[i]! - b.data[i]!);
  return difference / Math.max(a.contrast, b.contrast, 1e-3);
}
