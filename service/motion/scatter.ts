import { createImage, type PixelImage } from "../pixel/image.ts";
import { seededRandom } from "../pixel/random.ts";
import { bayerThreshold } from "./bayer.ts";
import type { Still } from "./still.ts";

/** How many pieces a thing breaks into. */
const PIECES = 9;

/**
 * Breaks a still into pieces (Voronoi cells of seeded points) that fly apart, fall to its baseline and dissolve.
 * Moment 0 is the still itself; at 1 a few pixels are left. Pixels are only moved as a whole.
 */
export function scatter({ image, box }: Still, moment: number, seed: number): PixelImage {
  if (moment <= 0) return image;
  const random = seededRandom(seed);
  const seeds = Array.from({ length: PIECES }, () => ({
    x: box.x + random() * box.width,
    y: box.y + random() * box.height,
    kick: 0.6 + 0.8 * random(),
  }));
  const middle = { x: box.x + box.width / 2, y: box.y + box.height * 0.6 };
  const shifts = seeds.map(({ x, y, kick }) => {
    const far = 0.55 * moment * kick;
    const rise = 0.5 * moment - 1.1 * moment * moment;
    return {
      // It cracks right away, by one pixel, before anything flies.
      x: Math.round((x - middle.x) * far * 1.6 + Math.sign(x - middle.x) * Math.min(0.6, 10 * moment)),
      y: Math.round((y - middle.y) * far - rise * 0.5 * box.height),
    };
  });
  const ground = box.y + box.height - 1;
  const keep = moment < 0.5 ? 1 : 1 - 0.86 * ((moment - 0.5) / 0.5);
  const result = createImage(image.width, image.height);
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const offset = 4 * (y * image.width + x);
      if (image.data[offset + 3] === 0 || bayerThreshold(x, y) >= keep) continue;
      const shift = shifts[nearest(seeds, x, y)]!;
      const to = { x: x + shift.x, y: Math.min(ground, y + shift.y) };
      if (to.x < 0 || to.y < 0 || to.x >= image.width) continue;
      result.data.set(image.data.subarray(offset, offset + 4), 4 * (to.y * image.width + to.x));
    }
  }
  return result;
}

function nearest(seeds: readonly { x: number; y: number }[], x: number, y: number): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (const [i, seed] of seeds.entries()) {
    const d = (seed.x - x) ** 2 + (seed.y - y) ** 2;
    if (d < distance) [best, distance] = [i, d];
  }
  return best;
}
