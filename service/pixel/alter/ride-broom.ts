import { createImage, type PixelImage, place } from "../image.ts";
import { kCentroid } from "../k-centroid.ts";
import { type Box, chooseSize, trim } from "./attach.ts";
import { clampTo, type Joint, type PairQuestion } from "./joint.ts";

/** Whether a figure on a thing of this name has it between its legs. */
export function isBroom(name: string | null): boolean {
  return name !== null && /^(broom|broomstick|besom)$/.test(name);
}

/** Where on a figure, from its top, it sits, and from where on it is behind what it rides. */
const HIPS = 0.72;
const BEHIND = 0.64;
/** The share of its slope that a leaning broom loses: it flies nearly level. */
const LEVELED = 0.75;
/** The share of its thickness that it keeps: brooms are drawn thick, and its rider is small. */
const THIN = 0.6;

/** Lays a broom through the legs of a figure: in front of them, and behind its body. */
export function rideBroom({ main, others }: PairQuestion, box: Box): Joint | null {
  const broom = chooseSize(others.map(level), { width: main.width, height: main.height });
  if (broom === null) return null;
  const top = box.y + Math.round(HIPS * box.height - broom.height / 2);
  const x = Math.round(box.x + box.width / 2 - handleOf(broom));
  const other = clampTo(main, { x, y: top, width: broom.width, height: broom.height });
  const data = main.data.slice();
  const layer = place(broom, createImage(main.width, main.height), other.x, other.y);
  for (let p = 0; p < main.width * main.height; p++) {
    if (layer.data[4 * p + 3] === 0) continue;
    const isBody = main.data[4 * p + 3] !== 0 && Math.floor(p / main.width) < box.y + BEHIND * box.height;
    if (!isBody) data.set(layer.data.subarray(4 * p, 4 * p + 4), 4 * p);
  }
  return { image: { width: main.width, height: main.height, data }, shift: { x: 0, y: 0 }, other };
}

/** Moves the columns of a leaning thing up or down, so that most of its slope goes; a thing that stands lies down first. */
function level(image: PixelImage): PixelImage {
  const { width, height, data } = image;
  const points = Array.from({ length: width * height }, (_, p) => p)
    .filter((p) => data[4 * p + 3] !== 0)
    .map((p) => ({ x: p % width, y: Math.floor(p / width) }));
  if (points.length === 0) return image;
  const mean = (value: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  const [cx, cy] = [mean(({ x }) => x), mean(({ y }) => y)];
  const spread = mean(({ x }) => (x - cx) ** 2);
  const slope = spread === 0 ? 0 : mean(({ x, y }) => (x - cx) * (y - cy)) / spread;
  const result = createImage(width, 3 * height);
  for (const { x, y } of points) {
    const to = height + y - Math.round(LEVELED * slope * (x - cx));
    if (to < 0 || to >= result.height) continue;
    const p = 4 * (y * width + x);
    result.data.set(data.subarray(p, p + 4), 4 * (to * width + x));
  }
  const flat = trim(result);
  return kCentroid(flat, flat.width, Math.ceil(THIN * flat.height));
}

/** The column in the middle of the handle, which is the thinner half of a broom. */
function handleOf({ width, height, data }: PixelImage): number {
  const drawn = [0, 0];
  for (let p = 0; p < width * height; p++)
    if (data[4 * p + 3] !== 0) drawn[p % width < width / 2 ? 0 : 1]! += 1;
  return width * (drawn[0]! > drawn[1]! ? 0.7 : 0.3);
}
