import type { PixelImage } from "../image.ts";

/** How many bits of coincidence it takes to believe that all borders lie on multiples of a number on purpose. */
const ENOUGH_BITS = 5;
/** From this share of single-pixel details on, an image can only be at native size. */
const DETAILED = 0.1;
/** With so few colors there is no noise, and a few details are proof enough. */
const FEW_COLORS = 256;
const FEW_DETAILS = 0.01;
/** A picture no larger than this has little room for the cells of a generated picture: without noise it is native. */
const SMALL_EDGE = 96;
/** And one no larger than this has none, with or without noise. */
const TINY_EDGE = 32;
/** At most this many rows and columns of a large picture are checked for details. */
const MOST_LINES = 320;
/** A step smaller than this, out of 1, is codec noise. */
const VISIBLE_STEP = 0.06;

/**
 * The largest k such that the image is the k-fold nearest-neighbor enlargement of a picture, or 1 if there is none:
 * the greatest common divisor of both edges and of all places where a column or row differs from the one before it.
 * A few borders may lie on multiples of k by chance; then it is 1. For frames stacked vertically, `frameHeight` is the
 * height of one.
 */
export function findEnlargement(image: PixelImage, frameHeight = image.height): number {
  const { width, height } = image;
  const pixels = new Uint32Array(image.data.slice().buffer);
  const steps: number[] = [];
  let divisor = gcd(width, frameHeight);
  for (let x = 1; x < width && divisor > 1; x++) {
    for (let i = x; i < pixels.length; i += width) {
      if (pixels[i] === pixels[i - 1]) continue;
      divisor = gcd(divisor, x);
      steps.push(x);
      break;
    }
  }
  for (let y = 1; y < height && divisor > 1; y++) {
    const row = pixels.subarray(y * width, (y + 1) * width);
    const above = (y - 1) * width;
    if (row.every((pixel, x) => pixel === pixels[above + x])) continue;
    divisor = gcd(divisor, y);
    steps.push(y);
  }
  return steps.length * Math.log2(divisor) >= ENOUGH_BITS ? divisor : 1;
}

/**
 * Whether the image is pixel art at native size: it has single-pixel details, which no enlargement has, or
 * it is small and free of noise, or it is tiny. A detail is a pixel that visibly differs from both its neighbors along an axis, in opposite directions.
 */
export function isNative(image: PixelImage): boolean {
  const share = detailShare(image);
  if (share >= DETAILED) return true;
  const edge = Math.max(image.width, image.height);
  if (edge <= TINY_EDGE) return true;
  const small = edge <= SMALL_EDGE;
  return (small || share >= FEW_DETAILS) && hasFewColors(image);
}

/** Whether the image has so few distinct pixels that it has no noise. */
export function hasFewColors(image: PixelImage): boolean {
  return countUpTo(image, FEW_COLORS + 1) <= FEW_COLORS;
}

/** The sum of the smaller steps at all details divided by the sum of all visible steps. */
function detailShare(image: PixelImage): number {
  const { width, height } = image;
  const total = { details: 0, steps: 0 };
  for (let y = 0; y < height; y += Math.ceil(height / MOST_LINES))
    addDetails(image, { start: y * width, step: 1, count: width }, total);
  for (let x = 0; x < width; x += Math.ceil(width / MOST_LINES))
    addDetails(image, { start: x, step: width, count: height }, total);
  return total.steps > 0 ? total.details / total.steps : 0;
}

function addDetails(
  { data }: PixelImage,
  { start, step, count }: { start: number; step: number; count: number },
  total: { details: number; steps: number },
): void {
  const before = new Float64Array(4);
  const here = new Float64Array(4);
  let last = 0;
  for (let i = 0; i < count; i++) {
    const offset = 4 * (start + i * step);
    const alpha = data[offset + 3]! / 255;
    let dot = 0;
    let size = 0;
    for (let c = 0; c < 4; c++) {
      const value = c < 3 ? (data[offset + c]! / 255) * alpha * WEIGHTS[c]! : alpha * WEIGHTS[3]!;
      const change = i === 0 ? 0 : value - here[c]!;
      dot += change * before[c]!;
      size += change * change;
      before[c] = change;
      here[c] = value;
    }
    size = Math.sqrt(size);
    if (size > VISIBLE_STEP) total.steps += size;
    if (dot < 0 && Math.min(size, last) > VISIBLE_STEP) total.details += Math.min(size, last);
    last = size;
  }
}

/** The weights of the channels in a step: red, green and blue about as in lightness, then alpha. */
const WEIGHTS = [0.5, 0.7, 0.3, 0.4];

/** Counts the distinct pixels, up to a limit. */
function countUpTo({ data }: PixelImage, most: number): number {
  const pixels = new Uint32Array(data.slice().buffer);
  const seen = new Set<number>();
  for (const pixel of pixels) {
    seen.add(pixel);
    if (seen.size >= most) break;
  }
  return seen.size;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
