import { createImage, type PixelImage } from "./image.ts";
import { squaredDistance, toOklab } from "./oklab.ts";
import { colorAt, setColor } from "./parse-hex.ts";

/** Updates of the two centers of a cell: most cells settle after two. */
const ROUNDS = 4;

/**
 * Downscales a picture to width x height (neither larger than the picture). The pixels of each cell are split into two
 * groups of similar colors, and the cell takes the existing color nearest to the center of the larger group, so that
 * an edge is not blended into a color that nobody drew. A cell is drawn if at least half of it is.
 * Source: Astropulse, "K-Centroid" downscaling (2023), which uses random starts and mean colors in RGB. This one works in
 * OKLab and starts from the darkest color and the one farthest from it, so that the same picture gives the same bytes.
 * Throws a RangeError for a size that does not fit into the picture.
 */
export function kCentroid(image: PixelImage, width: number, height: number): PixelImage {
  if (!(width >= 1 && width <= image.width && height >= 1 && height <= image.height)) {
    throw new RangeError(`The size must be 1x1 to ${image.width}x${image.height}, not ${width}x${height}.`);
  }
  const result = createImage(width, height);
  for (let y = 0; y < height; y++) {
    const rows = { from: cut(y, image.height, height), to: cut(y + 1, image.height, height) };
    for (let x = 0; x < width; x++) {
      const columns = { from: cut(x, image.width, width), to: cut(x + 1, image.width, width) };
      const color = cellColor(image, columns, rows);
      if (color === null) continue;
      const offset = 4 * (y * width + x);
      setColor(result.data, offset, color);
      result.data[offset + 3] = 255;
    }
  }
  return result;
}

function cut(index: number, length: number, cells: number): number {
  return Math.floor((index * length) / cells);
}

interface Span {
  from: number;
  to: number;
}

interface Spot {
  color: number;
  count: number;
  l: number;
  a: number;
  b: number;
}

function cellColor(image: PixelImage, columns: Span, rows: Span): number | null {
  const counts = new Map<number, number>();
  let drawn = 0;
  for (let y = rows.from; y < rows.to; y++) {
    for (let x = columns.from; x < columns.to; x++) {
      const offset = 4 * (y * image.width + x);
      if (image.data[offset + 3]! < 128) continue;
      const color = colorAt(image.data, offset);
      counts.set(color, (counts.get(color) ?? 0) + 1);
      drawn += 1;
    }
  }
  if (drawn === 0 || 2 * drawn < (columns.to - columns.from) * (rows.to - rows.from)) return null;
  const spots = [...counts].map(([color, count]): Spot => ({ color, count, ...toOklab(color) }));
  return spots.length === 1 ? spots[0]!.color : mainColor(spots);
}

interface Center {
  l: number;
  a: number;
  b: number;
  count: number;
}

function mainColor(spots: readonly Spot[]): number {
  const darkest = spots.reduce((best, spot) =>
    spot.l < best.l || (spot.l === best.l && spot.color < best.color) ? spot : best,
  );
  const farthest = spots.reduce((best, spot) => {
    const [one, other] = [squaredDistance(spot, darkest), squaredDistance(best, darkest)];
    return one > other || (one === other && spot.color < best.color) ? spot : best;
  });
  let centers: readonly [Center, Center] = [
    { ...darkest, count: 0 },
    { ...farthest, count: 0 },
  ];
  for (let round = 0; round < ROUNDS; round++) centers = [moved(spots, centers, 0), moved(spots, centers, 1)];
  const main = centers[0].count >= centers[1].count ? 0 : 1;
  const own = spots.filter((spot) => groupOf(spot, centers) === main);
  return own.reduce((best, spot) => {
    const [one, other] = [squaredDistance(spot, centers[main]), squaredDistance(best, centers[main])];
    return one < other || (one === other && spot.color < best.color) ? spot : best;
  }, own[0] ?? darkest).color;
}

function groupOf(spot: Spot, centers: readonly [Center, Center]): 0 | 1 {
  return squaredDistance(spot, centers[0]) <= squaredDistance(spot, centers[1]) ? 0 : 1;
}

/** The mean of the pixels nearest to a center, or the center itself if there are none. */
function moved(spots: readonly Spot[], centers: readonly [Center, Center], group: 0 | 1): Center {
  const sum = { l: 0, a: 0, b: 0, count: 0 };
  for (const spot of spots) {
    if (groupOf(spot, centers) !== group) continue;
    sum.l += spot.count * spot.l;
    sum.a += spot.count * spot.a;
    sum.b += spot.count * spot.b;
    sum.count += spot.count;
  }
  if (sum.count === 0) return { ...centers[group], count: 0 };
  return { l: sum.l / sum.count, a: sum.a / sum.count, b: sum.b / sum.count, count: sum.count };
}
