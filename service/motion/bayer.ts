/** The 4x4 matrix of B. E. Bayer, "An optimum method for two-level rendition" (1973). */
const RANKS = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** Returns the threshold of a pixel, 0 to 15/16: the pixel goes if the share that stays is not above it. */
export function bayerThreshold(x: number, y: number): number {
  return RANKS[4 * (y % 4) + (x % 4)]! / 16;
}
