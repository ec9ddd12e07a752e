import type { PixelImage } from "./image.ts";
import { squaredDistance, toOklab } from "./oklab.ts";
import { colorAt, setColor } from "./parse-hex.ts";

/** OKLab distance up to which an isolated pixel is noise; an eye or a highlight differs from its surroundings by far more. */
const NOISE_DISTANCE = 0.06;
/** An isolated pixel is noise only where its surroundings are mostly one color. */
const GROUND_NEIGHBORS = 5;

/**
 * Cleans up orphan pixels, each judged on the input, so that their order does not matter: a drawn pixel without a drawn
 * neighbor is removed; a one-pixel hole takes the most common color of its neighbors; a pixel unlike all eight neighbors
 * takes their most common color, but only if it is close to it already.
 * Needs binary alpha.
 */
export function despeckle(image: PixelImage): PixelImage {
  const { width, height } = image;
  const data = image.data.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const offset = 4 * (y * width + x);
      const around = drawnNeighbors(image, x, y);
      if (image.data[offset + 3] === 0) {
        if (around.length < 8) continue;
        setColor(data, offset, commonest(around).color);
        data[offset + 3] = 255;
      } else if (around.length === 0) {
        data.fill(0, offset, offset + 4);
      } else {
        setColor(data, offset, settle(colorAt(image.data, offset), around));
      }
    }
  }
  return { width, height, data };
}

/** The color that a drawn pixel should have among these neighbors. */
function settle(color: number, around: readonly number[]): number {
  if (around.includes(color)) return color;
  const ground = commonest(around);
  if (ground.count < GROUND_NEIGHBORS) return color;
  const cost = squaredDistance(toOklab(color), toOklab(ground.color));
  return cost <= NOISE_DISTANCE * NOISE_DISTANCE ? ground.color : color;
}

function drawnNeighbors(image: PixelImage, x: number, y: number): number[] {
  const colors: number[] = [];
  for (let ny = Math.max(0, y - 1); ny <= Math.min(image.height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(image.width - 1, x + 1); nx++) {
      if (nx === x && ny === y) continue;
      const offset = 4 * (ny * image.width + nx);
      if (image.data[offset + 3] !== 0) colors.push(colorAt(image.data, offset));
    }
  }
  return colors;
}

function commonest(colors: readonly number[]): { color: number; count: number } {
  let best = { color: colors[0]!, count: 0 };
  for (const color of colors) {
    let count = 0;
    for (const other of colors) if (other === color) count++;
    if (count > best.count) best = { color, count };
  }
  return best;
}
