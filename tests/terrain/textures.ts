import type { PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { mapPixels } from "../../service/terrain/torus.ts";

/** A seamless noisy drawing around a color, as a model gives it. */
export function noisyDrawing(color: [number, number, number], seed: number, edge = 32): PixelImage {
  const random = seededRandom(seed);
  const cells = Float64Array.from({ length: 64 }, random);
  return mapPixels({ width: edge, height: edge }, (x, y) => {
    const coarse = cells[(Math.floor((8 * y) / edge) % 8) * 8 + (Math.floor((8 * x) / edge) % 8)]!;
    const shift = 50 * (coarse - 0.5) + 24 * (random() - 0.5);
    const [r, g, b] = color.map((part) => Math.max(0, Math.min(255, Math.round(part + shift))));
    return (r! << 16) | (g! << 8) | b!;
  });
}
