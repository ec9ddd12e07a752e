import type { Drawing } from "./draw-layer.ts";
import type { PartRoles } from "./pixel-roles.ts";
import type { Grid } from "./vote.ts";

interface Seen {
  drawing: Drawing;
  roles: readonly PartRoles[];
  grid: Grid;
}

/** One eye: the pixels of it that nothing covers. */
interface Eye {
  x: number;
  y: number;
  count: number;
  /** Pixel numbers of its dark side and its iris, 0 where there is none. */
  dark: number;
  iris: number;
}

/** Fewer pixels are the corner of an eye behind hair. */
const LEAST_PIXELS = 2;

/**
 * Draws each eye that can be seen as one pixel, and where the grid is fine enough a second one below in the color of the
 * iris: votes would give one eye of a face to the skin, and the other not.
 */
export function drawEyes(
  { drawing, roles, grid }: Seen,
  to: { width: number; height: number; pixels: Uint16Array },
): void {
  // From 48 pixels on, an eye is there by votes.
  if (grid.scale < 1.5) return;
  for (const eye of findEyes(drawing, roles)) {
    if (eye.count < LEAST_PIXELS) continue;
    const x = grid.target.x + Math.floor((eye.x - grid.source.x) / grid.scale);
    const y = grid.target.y + Math.floor((eye.y - grid.source.y) / grid.scale);
    put(to, { x, y }, eye.dark || eye.iris);
    if (grid.scale <= 2 && eye.iris) {
      put(to, { x, y: y - 1 }, eye.dark || eye.iris);
      put(to, { x, y }, eye.iris);
    }
  }
}

function put(
  { width, height, pixels }: { width: number; height: number; pixels: Uint16Array },
  { x, y }: { x: number; y: number },
  number: number,
): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = y * width + x;
  if (pixels[at] !== 0) pixels[at] = number;
}

/** Gathers the pixels of eyes that touch each other. */
function findEyes({ width, height, pixels }: Drawing, roles: readonly PartRoles[]): Eye[] {
  const kindOf = (number: number) => roles[(number >> 8) - 1]?.eyes[number & 255] ?? 0;
  const left = new Set<number>();
  for (let p = 0; p < pixels.length; p++) {
    const number = pixels[p] ?? 0;
    if (number !== 0 && kindOf(number) > 0) left.add(p);
  }
  const eyes: Eye[] = [];
  for (const start of left) {
    const cluster = [start];
    left.delete(start);
    // Grows while it is walked.
    for (const p of cluster) {
      for (const step of [-width - 1, -width, 1 - width, -1, 1, width - 1, width, width + 1]) {
        if (left.delete(p + step)) cluster.push(p + step);
      }
    }
    eyes.push(toEye(cluster, { width, height, pixels }, kindOf));
  }
  return eyes;
}

function toEye(
  cluster: readonly number[],
  { width, pixels }: { width: number; height: number; pixels: Uint16Array },
  kindOf: (number: number) => number,
): Eye {
  const numbers = cluster.map((p) => pixels[p] ?? 0);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    x: mean(cluster.map((p) => (p % width) + 0.5)),
    y: mean(cluster.map((p) => Math.floor(p / width) + 0.5)),
    count: cluster.length,
    dark: numbers.find((number) => kindOf(number) === 1) ?? 0,
    iris:
      numbers.find((number) => kindOf(number) === 2) ?? numbers.find((number) => kindOf(number) === 3) ?? 0,
  };
}
