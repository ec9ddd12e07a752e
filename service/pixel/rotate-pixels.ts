import { enlargeScaleX } from "./enlarge-scale-x.ts";
import { createImage, type PixelImage } from "./image.ts";

/** Maximum number of pixels of the enlarged picture: 64 MiB of them. */
const MOST_ENLARGED = 2 ** 24;
/** Enlargements by Scale2x chains, best first. */
const FACTORS = [8, 4, 2, 1] as const;
/** A canvas edge that is an integer up to rounding of sine and cosine is that integer. */
const ROUNDING = 1e-6;

/**
 * Rotates a picture clockwise around its center. Multiples of 90 degrees are exact; other angles use
 * RotSprite (Xenowhirl, 2007): enlarge 8 times with Scale2x, rotate, and take the nearest pixel, so that
 * slopes stay slopes and no color and no partial alpha is added. The canvas grows to hold every corner.
 * A picture of more than 512x512 pixels is enlarged less, so that memory stays bounded.
 */
export function rotatePixels(image: PixelImage, degrees: number): PixelImage {
  const angle = ((degrees % 360) + 360) % 360;
  if (angle % 90 === 0) return quarterTurns(image, angle / 90);
  const area = image.width * image.height;
  const factor = FACTORS.find((one) => one * one * area <= MOST_ENLARGED) ?? 1;
  return turn(enlargeScaleX(image, factor), { image, factor, radians: (angle * Math.PI) / 180 });
}

function quarterTurns(image: PixelImage, turns: number): PixelImage {
  const { width, height } = image;
  const result = turns % 2 === 0 ? createImage(width, height) : createImage(height, width);
  const source = pixelsOf(image);
  const target = pixelsOf(result);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = source[y * width + x]!;
      if (turns === 0) target[y * width + x] = pixel;
      else if (turns === 1) target[x * height + (height - 1 - y)] = pixel;
      else if (turns === 2) target[(height - 1 - y) * width + (width - 1 - x)] = pixel;
      else target[(width - 1 - x) * height + y] = pixel;
    }
  }
  return result;
}

/** A view of whole pixels: a picture made here is aligned, any other one is copied. */
function pixelsOf({ data }: PixelImage): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

interface Turn {
  image: PixelImage;
  factor: number;
  radians: number;
}

function turn(large: PixelImage, { image, factor, radians }: Turn): PixelImage {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const { width, height } = image;
  const edge = (length: number): number => Math.max(1, Math.ceil(length - ROUNDING));
  const result = createImage(
    edge(Math.abs(width * cos) + Math.abs(height * sin)),
    edge(Math.abs(width * sin) + Math.abs(height * cos)),
  );
  const source = pixelsOf(large);
  const target = pixelsOf(result);
  for (let y = 0; y < result.height; y++) {
    const dy = y + 0.5 - result.height / 2;
    for (let x = 0; x < result.width; x++) {
      const dx = x + 0.5 - result.width / 2;
      // Back into the source: the inverse of a clockwise rotation, with y pointing down.
      const u = Math.floor(factor * (dx * cos + dy * sin + width / 2));
      const v = Math.floor(factor * (dy * cos - dx * sin + height / 2));
      if (u < 0 || v < 0 || u >= large.width || v >= large.height) continue;
      target[y * result.width + x] = source[v * large.width + u]!;
    }
  }
  return result;
}
