/** Time above which the guidance is halved: strong guidance in pure noise burns the colors. */
const NOISY = 0.9;

/**
 * Gives the guidance weight at time `t` for a guidance scale: the scale itself below 0.9, half of
 * its excess over 1 above (guidance in an interval: Kynkäänniemi et al. 2024).
 */
export function guidanceAt(t: number, scale: number): number {
  return t < NOISY ? scale : 1 + (scale - 1) / 2;
}

/**
 * Combines two predictions by classifier-free guidance (Ho and Salimans 2022):
 * without + weight * (wanted - without). Both have the same length.
 */
export function guide(wanted: Float32Array, without: Float32Array, weight: number): Float32Array {
  return wanted.map((value, i) => without[i]! + weight * (value - without[i]!));
}
