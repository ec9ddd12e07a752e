import { createImage, type PixelImage } from "../../pixel/image.ts";

/** Edges in cells or pixels. */
export interface Edges {
  width: number;
  height: number;
}

/** Some planes of numbers, one after the other: a latent, or the colors of a picture. */
export interface Planes extends Edges {
  data: Float32Array;
}

/** How far planes are moved. */
export interface Shift {
  x: number;
  y: number;
}

/** The golden ratio's fraction: multiples of it never come back to the same place. */
const GOLDEN = 0.618_033_988_749_894_9;

/**
 * Chooses how far the latents of a step are moved around the axes that wrap. A network pads with zeros at the edges; with
 * another seam at each step, none is left in the end.
 */
export function shiftOf(step: number, { width, height }: Edges, wrap: { x: boolean; y: boolean }): Shift {
  const part = ((step + 1) * GOLDEN) % 1;
  return { x: wrap.x ? Math.floor(part * width) : 0, y: wrap.y ? Math.floor(part * height) : 0 };
}

/** Moves planes around both axes: what leaves on one side comes in on the other. */
export function roll(planes: Planes, { x, y }: Shift): Float32Array {
  if (x === 0 && y === 0) return planes.data;
  return sample(planes, planes, { x: -x, y: -y });
}

/** Goes on with the opposite edge, on all sides of the axes that wrap. `pad` counts cells. */
export function padAround(planes: Planes, pad: Shift): Planes {
  const edges = { width: planes.width + 2 * pad.x, height: planes.height + 2 * pad.y };
  return { ...edges, data: sample(planes, edges, { x: -pad.x, y: -pad.y }) };
}

/** Cuts a part out of planes. `at` is its upper left corner. */
export function cut(planes: Planes, edges: Edges, at: Shift): Planes {
  return { ...edges, data: sample(planes, edges, at) };
}

/** Copies cells, one for one, from a place on; outside the planes they repeat. */
function sample({ data, width, height }: Planes, edges: Edges, at: Shift): Float32Array {
  const channels = data.length / (width * height);
  const copy = new Float32Array(channels * edges.width * edges.height);
  const around = (value: number, length: number): number => ((value % length) + length) % length;
  let i = 0;
  for (let channel = 0; channel < channels; channel++)
    for (let y = 0; y < edges.height; y++) {
      const row = (channel * height + around(y + at.y, height)) * width;
      for (let x = 0; x < edges.width; x++) copy[i++] = data[row + around(x + at.x, width)]!;
    }
  return copy;
}

/** Gives the color planes of a picture, -1 to 1, with what is transparent laid over a ground (three numbers 0-255). */
export function toColorPlanes({ width, height, data }: PixelImage, ground: readonly number[]): Planes {
  const count = width * height;
  const planes = new Float32Array(3 * count);
  for (let p = 0; p < count; p++) {
    const alpha = data[4 * p + 3]! / 255;
    for (let c = 0; c < 3; c++)
      planes[c * count + p] = (alpha * data[4 * p + c]! + (1 - alpha) * ground[c]!) / 127.5 - 1;
  }
  return { width, height, data: planes };
}

/** Makes an opaque picture of color planes. */
export function fromColorPlanes({ width, height, data }: Planes): PixelImage {
  const image = createImage(width, height);
  const count = width * height;
  for (let p = 0; p < count; p++) {
    for (let c = 0; c < 3; c++) {
      const value = Math.round(127.5 * (data[c * count + p]! + 1));
      image.data[4 * p + c] = Math.min(255, Math.max(0, value));
    }
    image.data[4 * p + 3] = 255;
  }
  return image;
}

/** Marks the cells in which any pixel is drawn anew. `factor` is the edge of a cell in pixels. */
export function cellsOf(mask: Uint8Array, { width, height }: Edges, factor: number): Uint8Array {
  const cells = { width: width / factor, height: height / factor };
  const marks = new Uint8Array(cells.width * cells.height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (mask[y * width + x]) marks[Math.floor(y / factor) * cells.width + Math.floor(x / factor)] = 1;
  return marks;
}
