import type { Checks } from "../../shared/asset.ts";
import { countColors } from "./count-colors.ts";
import { equalImages, type PixelImage, wordsOf } from "./image.ts";
import { parseHex } from "./parse-hex.ts";

/**
 * Measures the images of a request, all together: the worst image counts.
 * `palette` is the hex colors that the images are held to, or null if colors are free (then no pixel is off
 * the palette). Seam ratios are null along an axis that is not meant to tile.
 */
export function measureImages(
  images: readonly PixelImage[],
  palette: readonly string[] | null,
  { tileX, tileY }: { tileX: boolean; tileY: boolean },
): Checks {
  const counts = images.map(countColors);
  return {
    grid_scale: gridScale(images),
    partial_alpha_pixels: images.reduce((sum, image) => sum + partialAlpha(image), 0),
    colors: Math.max(0, ...counts.map((colors) => colors.size)),
    off_palette_pixels: palette === null ? 0 : offPalette(counts, new Set(palette.map(parseHex))),
    duplicate_images: images.filter((image, i) =>
      images.slice(0, i).some((other) => equalImages(image, other)),
    ).length,
    seam_ratio_x: tileX ? seamRatio(images, 1, 0) : null,
    seam_ratio_y: tileY ? seamRatio(images, 0, 1) : null,
  };
}

/**
 * The largest k such that every image is a k-fold nearest-neighbor enlargement. A one-color image would be one for any
 * k, and is skipped.
 */
function gridScale(images: readonly PixelImage[]): number {
  const drawings = images.filter((image) => {
    const words = wordsOf(image);
    return words.some((word) => word !== words[0]);
  });
  const edges = drawings.flatMap(({ width, height }) => [width, height]);
  if (edges.length === 0) return 1;
  for (let k = Math.min(...edges); k > 1; k--) {
    if (edges.every((edge) => edge % k === 0) && drawings.every((image) => isEnlarged(image, k))) return k;
  }
  return 1;
}

/** Whether all pixels equal the first one of their k x k block. */
function isEnlarged(image: PixelImage, k: number): boolean {
  const { width, height } = image;
  const pixels = wordsOf(image);
  for (let y = 0; y < height; y++) {
    const blockRow = width * (y - (y % k));
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x] !== pixels[blockRow + x - (x % k)]) return false;
    }
  }
  return true;
}

function partialAlpha({ data }: PixelImage): number {
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0 && data[i] !== 255) count++;
  return count;
}

function offPalette(counts: readonly ReadonlyMap<number, number>[], palette: ReadonlySet<number>): number {
  let off = 0;
  for (const colors of counts) for (const [color, count] of colors) if (!palette.has(color)) off += count;
  return off;
}

/** Worst ratio of the mean step across the seam to the mean step inside, along one axis; 0 if there is no step at all. */
function seamRatio(images: readonly PixelImage[], dx: 0 | 1, dy: 0 | 1): number {
  const ratios = images.map((image) => {
    const { width, height } = image;
    let joint = 0;
    let inside = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const step = pixelStep(image, y * width + x, ((y + dy) % height) * width + ((x + dx) % width));
        if (x + dx === width || y + dy === height) joint += step;
        else inside += step;
      }
    }
    const gaps = dx === 1 ? width - 1 : height - 1;
    return joint === 0 ? 0 : joint / (inside / gaps);
  });
  return Math.round(1000 * Math.max(0, ...ratios)) / 1000;
}

/** Sum of the absolute differences of the four channels of two pixels. */
function pixelStep({ data }: PixelImage, one: number, other: number): number {
  let step = 0;
  for (let channel = 0; channel < 4; channel++)
    step += Math.abs(data[4 * one + channel]! - data[4 * other + channel]!);
  return step;
}
