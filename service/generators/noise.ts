import { gaussian, seededRandom } from "../pixel/random.ts";

/** Draws `count` numbers of mean 0 and deviation 1; the same seed (uint32) gives the same numbers. */
export function gaussianNoise(seed: number, count: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count }, () => gaussian(random));
}
