import type { PixelImage } from "../image.ts";

/** How many bits of coincidence it takes to believe that all borders lie on multiples of a number on purpose. */
const ENOUGH_BITS = 5;

/**
 * The largest k such that the image is the k-fold nearest-neighbor enlargement of a picture, or 1 if there is none:
 * the greatest common divisor of both edges and of all places where a column or row differs from the one before it.
 * A few borders may lie on multiples of k by chance; then it is 1. For frames stacked vertically, `frameHeight` is the
 * height of one.
 */
export function findEnlargement(image: PixelImage, frameHeight = image.height): number {
  const { width, height } = image;
  const pixels = wordsOf(image);
  let steps = 0;
  let divisor = gcd(width, frameHeight);
  for (let x = 1; x < width && divisor > 1; x++) {
    if (!differs(pixels, { from: x, count: height, step: width, back: 1 })) continue;
    divisor = gcd(divisor, x);
    steps++;
  }
  for (let y = 1; y < height && divisor > 1; y++) {
    if (!differs(pixels, { from: y * width, count: width, step: 1, back: width })) continue;
    divisor = gcd(divisor, y);
    steps++;
  }
  return steps * Math.log2(divisor) >= ENOUGH_BITS ? divisor : 1;
}

/** The pixels as one number each, without copying them if their place in memory allows it. */
function wordsOf({ data }: PixelImage): Uint32Array {
  const whole = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(whole.buffer, whole.byteOffset, whole.length / 4);
}

/** Whether any pixel of a line differs from the one `back` before it. */
function differs(
  pixels: Uint32Array,
  { from, count, step, back }: { from: number; count: number; step: number; back: number },
): boolean {
  for (let i = from, left = count; left > 0; i += step, left--) {
    if (pixels[i] !== pixels[i - back]) return true;
  }
  return false;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
