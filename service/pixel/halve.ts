import { createImage, type PixelImage } from "./image.ts";

/**
 * Halves a picture of even size: each pixel is the mean of four, in which clear ones count for nothing. Returns a new
 * picture of half the edges.
 */
export function halve({ width, height, data }: PixelImage): PixelImage {
  const half = createImage(width >> 1, height >> 1);
  const out = half.data;
  const below = 4 * width;
  for (let y = 0, to = 0; y < half.height; y++) {
    for (let x = 0, a = 2 * y * below; x < half.width; x++, a += 8, to += 4) {
      const b = a + 4;
      const c = a + below;
      const d = c + 4;
      const alphaA = data[a + 3]!;
      const alphaB = data[b + 3]!;
      const alphaC = data[c + 3]!;
      const alphaD = data[d + 3]!;
      const alpha = alphaA + alphaB + alphaC + alphaD;
      if (alpha === 0) continue;
      for (let i = 0; i < 3; i++) {
        const sum =
          alphaA * data[a + i]! + alphaB * data[b + i]! + alphaC * data[c + i]! + alphaD * data[d + i]!;
        out[to + i] = Math.round(sum / alpha);
      }
      out[to + 3] = alpha >> 2;
    }
  }
  return half;
}
