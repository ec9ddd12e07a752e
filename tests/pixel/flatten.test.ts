import { expect, test } from "vitest";
import { flatten } from "../../service/pixel/flatten.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";

const FREE = { scale: 0.2, wrapX: false, wrapY: false };

/** Paints an opaque picture: three numbers for each pixel. */
function paint(width: number, height: number, color: (x: number, y: number) => number[]): PixelImage {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.data.set([...color(x, y), 255], 4 * (y * width + x));
  }
  return image;
}

const colorsOf = (image: PixelImage): Set<number> =>
  new Set(new Uint32Array(image.data.slice().buffer).filter((_, i) => image.data[4 * i + 3] !== 0));

test("grain becomes flat areas, and the border between two surfaces stays where it was", () => {
  const random = seededRandom(5);
  const grain = () => Math.floor(random() * 18);
  const image = paint(16, 16, (x) => (x < 7 ? [190 + grain(), 40, 40] : [40, 60 + grain(), 190]));
  const flat = flatten(image, FREE);
  expect(colorsOf(image).size).toBeGreaterThan(20);
  expect(colorsOf(flat).size).toBe(2);
  const row = Array.from({ length: 16 }, (_, x) => flat.data[4 * (5 * 16 + x)]! > 100);
  expect(row).toEqual(Array.from({ length: 16 }, (_, x) => x < 7));
});

test("a one-pixel eye keeps its exact color", () => {
  const image = paint(9, 9, (x, y) => (x === 4 && y === 4 ? [255, 255, 255] : [60, 20, 80]));
  expect([...flatten(image, FREE).data]).toEqual([...image.data]);
});

test("transparent pixels neither join areas nor change", () => {
  const image = paint(8, 4, () => [100, 100, 100]);
  image.data.fill(0, 4 * 2, 4 * 3);
  const flat = flatten(image, FREE);
  expect([...flat.data.slice(8, 12)]).toEqual([0, 0, 0, 0]);
  expect([...flat.data]).toEqual([...image.data]);
});

test("a higher scale leaves fewer areas, and scale 0 changes nothing", () => {
  const image = paint(16, 16, (x, y) => [80 + 6 * x, 60 + 5 * y, 90]);
  const counts = [0.01, 0.1, 2].map((scale) => colorsOf(flatten(image, { ...FREE, scale })).size);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts[2]).toBeLessThan(counts[0]!);
  expect([...flatten(image, { ...FREE, scale: 0 }).data]).toEqual([...image.data]);
});

test("on a wrapped axis, an area continues across the edge", () => {
  // The same stripe cut in two by the edge: only joined over it are its halves one area of one mean color.
  const image = paint(12, 6, (x) => (x === 0 ? [120, 30, 30] : x === 11 ? [134, 30, 30] : [20, 160, 60]));
  const ends = (wrapX: boolean) => {
    const { data } = flatten(image, { ...FREE, wrapX });
    return [data[0], data[44]];
  };
  expect(new Set(ends(true)).size).toBe(1);
  expect(new Set(ends(false)).size).toBe(2);
});

test("the input is not modified, and the same input gives the same picture", () => {
  const random = seededRandom(9);
  const image = paint(20, 20, () => [random() * 255, random() * 255, random() * 255]);
  const before = image.data.slice();
  expect(flatten(image, FREE).data).toEqual(flatten(image, FREE).data);
  expect(image.data).toEqual(before);
});
