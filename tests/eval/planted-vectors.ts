import { seededRandom } from "../../service/pixel/random.ts";

/** Unit vectors around `center`, each number off by up to `spread`. */
export function planted(
  count: number,
  center: readonly number[],
  { spread, seed }: { spread: number; seed: number },
) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from(center, (value) => value + spread * (2 * random() - 1));
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

/** `count` unit vectors at right angles to each other. */
export function axes(count: number): Float32Array[] {
  return Array.from({ length: count }, (_, i) =>
    Float32Array.from({ length: count }, (_, j) => Number(i === j)),
  );
}
