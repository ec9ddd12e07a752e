import { drawnBounds, type PixelImage } from "../image.ts";
import { squaredDistance, toOklab } from "../oklab.ts";
import { colorAt } from "../parse-hex.ts";

/** A row (or column) of a drawing and how much the picture changes if it is doubled or removed. */
interface Line {
  readonly at: number;
  readonly cost: number;
}

/** Difference of a drawn pixel from an empty one (squared, OKLab). */
const EDGE = 0.12;
/** A line that costs more than this per pixel carries too much to be doubled or left out. */
const MOST_COST = 0.05;

/**
 * Makes a drawing one pixel taller (`by` 1) or shorter (-1) along an axis: doubles or leaves out the row (or column)
 * that differs least from its neighbor, as pixel artists squash and stretch. Shapes on both sides stay whole. The lower
 * edge (for columns: the middle) stays in place. Returns the picture itself if no line can go or there is no room.
 */
export function stretch(
  image: PixelImage,
  { axis, by, pick }: { axis: "x" | "y"; by: 1 | -1; pick: number },
): PixelImage {
  const box = drawnBounds(image);
  if (box === null) return image;
  const isRows = axis === "y";
  const [start, length] = isRows ? [box.y, box.height] : [box.x, box.width];
  const edge = isRows ? image.height : image.width;
  const before = start;
  const after = edge - start - length;
  if (length < 8 || (by === 1 && before + after === 0)) return image;
  const lines = linesOf(image, {
    isRows,
    from: start + Math.ceil(0.3 * length),
    to: start + Math.floor(0.85 * length),
  });
  const line = lines.filter(({ cost }) => cost <= MOST_COST).sort((a, b) => a.cost - b.cost || a.at - b.at)[
    pick
  ];
  if (line === undefined) return image;
  // The part before the line moves, so that feet stay on the ground; without room before it, the part after moves.
  const movesBefore = by === -1 || before > 0;
  const sourceOf = (at: number): number => {
    if (movesBefore) return at >= line.at ? at : at + by;
    return at <= line.at ? at : at - by;
  };
  return remap(image, isRows, sourceOf);
}

/** For each line of a range, the mean difference from the line before it. */
function linesOf(
  image: PixelImage,
  { isRows, from, to }: { isRows: boolean; from: number; to: number },
): Line[] {
  const across = isRows ? image.width : image.height;
  const pixel = (at: number, i: number): number => (isRows ? at * image.width + i : i * image.width + at);
  const lines: Line[] = [];
  for (let at = Math.max(1, from); at <= to; at++) {
    let [sum, drawn] = [0, 0];
    for (let i = 0; i < across; i++) {
      const [here, there] = [4 * pixel(at, i), 4 * pixel(at - 1, i)];
      const [isHere, isThere] = [image.data[here + 3] !== 0, image.data[there + 3] !== 0];
      if (!isHere && !isThere) continue;
      drawn += 1;
      if (isHere !== isThere) sum += EDGE;
      else sum += squaredDistance(toOklab(colorAt(image.data, here)), toOklab(colorAt(image.data, there)));
    }
    if (drawn > 0) lines.push({ at, cost: sum / drawn });
  }
  return lines;
}

function remap(image: PixelImage, isRows: boolean, sourceOf: (at: number) => number): PixelImage {
  const { width, height } = image;
  const data = new Uint8Array(image.data.length);
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [p % width, Math.floor(p / width)];
    const [u, v] = isRows ? [x, sourceOf(y)] : [sourceOf(x), y];
    if (u < 0 || v < 0 || u >= width || v >= height) continue;
    const from = 4 * (v * width + u);
    data.set(image.data.subarray(from, from + 4), 4 * p);
  }
  return { width, height, data };
}
