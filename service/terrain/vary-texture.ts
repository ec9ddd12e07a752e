import type { PixelImage } from "../pixel/image.ts";
import { seededRandom } from "../pixel/random.ts";
import { colorOn, colorStep, mapPixels } from "./torus.ts";

/** Share of a tile at its edges that a variation keeps. */
const KEPT = 0.14;
/** The best so many of all shifts are drawn lots from. */
const BEST_SHARE = 0.04;

/**
 * Makes a variation of a seamless texture that joins it on all sides: a patch in the middle shows another part of the
 * same texture, shifted so that little is seen of the patch's border. Deterministic by the seed.
 */
export function varyTexture(texture: PixelImage, seed: number): PixelImage {
  const { width, height } = texture;
  const random = seededRandom(seed);
  const isPatch = createPatch(width, height, random);
  const rim: { x: number; y: number }[] = [];
  const inside: { x: number; y: number }[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if (!isPatch(x, y)) continue;
      const isRim = !isPatch(x - 1, y) || !isPatch(x + 1, y) || !isPatch(x, y - 1) || !isPatch(x, y + 1);
      (isRim ? rim : inside).push({ x, y });
    }
  }
  const differenceOn = (places: readonly { x: number; y: number }[], dx: number, dy: number): number =>
    places.reduce(
      (sum, { x, y }) => sum + colorStep(colorOn(texture, x, y), colorOn(texture, x + dx, y + dy)),
      0,
    ) / Math.max(1, places.length);
  const shifts: { dx: number; dy: number; cost: number }[] = [];
  for (let dy = 0; dy < height; dy++) {
    for (let dx = 0; dx < width; dx++) {
      const cost = differenceOn(rim, dx, dy) / (1 + differenceOn(inside, dx, dy));
      if (differenceOn(inside, dx, dy) > 0) shifts.push({ dx, dy, cost });
    }
  }
  shifts.sort((one, other) => one.cost - other.cost || one.dy - other.dy || one.dx - other.dx);
  const chosen = shifts[Math.floor(random() * Math.max(1, BEST_SHARE * shifts.length))];
  if (!chosen) return texture;
  const { dx, dy } = chosen;
  return mapPixels(texture, (x, y) =>
    isPatch(x, y) ? colorOn(texture, x + dx, y + dy) : colorOn(texture, x, y),
  );
}

/** A patch around the middle with an uneven border, away from the edges of the tile. */
function createPatch(width: number, height: number, random: () => number): (x: number, y: number) => boolean {
  const margin = Math.max(2, Math.round(KEPT * Math.min(width, height)));
  const waves = Array.from({ length: 3 }, (_, i) => ({
    count: i + 2,
    turn: random(),
    size: random() / (i + 2),
  }));
  return (x, y) => {
    if (Math.min(x, width - 1 - x, y, height - 1 - y) < margin) return false;
    const [u, v] = [(x + 0.5) / width - 0.5, (y + 0.5) / height - 0.5];
    const angle = Math.atan2(v, u);
    const reach = waves.reduce(
      (sum, { count, turn, size }) => sum + 0.12 * size * Math.sin(count * angle + 2 * Math.PI * turn),
      0.4,
    );
    return Math.hypot(u, v) < reach;
  };
}
