import type { PixelImage } from "../../service/pixel/image.ts";

/** Edge of a thumbnail in its own pixels; each is the mean of 4 x 4 pixels of a 32 x 32 picture. */
export const THUMB = 8;

/** A picture at 8 x 8: colour times alpha, and alpha, 0 to 255, four numbers a pixel. */
export type Thumbnail = Uint8Array;

/** How a picture is moved before it is made small. A rolled picture comes in again on the other side. */
export interface Move {
  x: number;
  y: number;
  mirrored: boolean;
  rolled: boolean;
}

export const UNMOVED: Move = { x: 0, y: 0, mirrored: false, rolled: false };

/** Makes the thumbnail of a picture whose edges are whole multiples of 8, moved first. */
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
  return Uint8Array.from(sums, (sum) => Math.round(sum / (block.width * block.height)));
}

/**
 * Distance of two thumbnails: mean difference of the four channels over the area that either draws, 0 (the same)
 * to 1. Small pictures on an empty ground are therefore not near each other for that ground.
 */
export function thumbnailDistance(a: Thumbnail, b: Thumbnail): number {
  let difference = 0;
  let area = 0;
  for (let i = 0; i < a.length; i += 4) {
    area += Math.max(a[i + 3]!, b[i + 3]!);
    for (let c = 0; c < 4; c++) difference += Math.abs(a[i + c]! - b[i + c]!);
  }
  return area === 0 ? 0 : difference / (4 * area);
}
