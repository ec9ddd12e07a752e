import type { PixelImage } from "../image.ts";

/** With so few colors there is no noise; of a large picture, with this share of its pixels. */
const FEW_COLORS = 256;
const FEW_SHARE = 0.02;
/** Art has areas of exactly one color: this share of neighbors is equal. Photos and compressed pictures have fewer. */
const FLAT_SHARE = 0.2;
/** But a photo with a plain sky has more colors than drawn art: this share of its pixels. */
const MANY_SHARE = 0.06;
/** At most this many rows are read. */
const ENOUGH_ROWS = 256;

/** Whether a picture has the clean areas of drawn art, rather than the noise of a photo or of a codec. */
export function isClean(image: PixelImage): boolean {
  const size = image.width * image.height;
  if (hasFewColors(image, Math.max(FEW_COLORS, FEW_SHARE * size))) return true;
  return flatShare(image) >= FLAT_SHARE && hasFewColors(image, MANY_SHARE * size);
}

/** Whether the image has at most `most` distinct pixels: with 256 it has no noise. */
export function hasFewColors({ data }: PixelImage, most = FEW_COLORS): boolean {
  const seen = new Set<number>();
  let last = -1;
  for (let i = 0; i < data.length; i += 4) {
    const pixel = (data[i]! << 24) | (data[i + 1]! << 16) | (data[i + 2]! << 8) | data[i + 3]!;
    if (pixel === last) continue;
    last = pixel;
    seen.add(pixel);
    if (seen.size > most) return false;
  }
  return true;
}

/** The share of drawn pixels that are exactly like the one before them in their row. */
function flatShare({ width, height, data }: PixelImage): number {
  let equal = 0;
  let all = 0;
  for (let y = 0; y < height; y += Math.ceil(height / ENOUGH_ROWS)) {
    for (let i = 4 * (y * width + 1); i < 4 * (y + 1) * width; i += 4) {
      if (data[i + 3] === 0) continue;
      all++;
      if (
        data[i] === data[i - 4] &&
        data[i + 1] === data[i - 3] &&
        data[i + 2] === data[i - 2] &&
        data[i + 3] === data[i - 1]
      )
        equal++;
    }
  }
  return all > 0 ? equal / all : 1;
}
