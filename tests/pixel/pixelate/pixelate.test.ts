import { expect, test } from "vitest";
import { createImage, equalImages, type PixelImage } from "../../../service/pixel/image.ts";
import { pixelate, pixelateTogether } from "../../../service/pixel/pixelate/pixelate.ts";
import { seededRandom } from "../../../service/pixel/random.ts";
import { upscaleNearest } from "../../../service/pixel/upscale-nearest.ts";
import { agreement, type Faults, fakePixelArt, nativePicture } from "./fake-pixel-art.ts";

const OPAQUE = nativePicture(32, 28);
const CLEAR = nativePicture(31, 33, { clear: true });

test("true pixel art comes back byte for byte, at its native size and enlarged 2 to 12 times", () => {
  for (const seed of [1, 2, 3]) {
    for (const native of [nativePicture(24, 24, { seed }), nativePicture(17, 32, { seed, clear: true })]) {
      expect(pixelate(native)).toMatchObject({ grid: { kind: "native", confidence: 1 }, warnings: [] });
      expect(equalImages(pixelate(native).image, native)).toBe(true);
      for (let factor = 2; factor <= 12; factor++) {
        const { image, grid } = pixelate(upscaleNearest(native, factor));
        expect(grid).toMatchObject({ kind: "enlarged", pitchX: factor, pitchY: factor });
        expect(equalImages(image, native)).toBe(true);
      }
    }
  }
});

test("a plain native 64-pixel picture with few edges and no single-pixel detail is not split into cells", () => {
  // A floor of planks: borders 5 to 6 pixels apart, which looks like a grid of that pitch.
  const native = createImage(64, 64);
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 64; x++) {
      const plank = Math.floor((y * 12) / 64) + Math.floor((x * 11) / 64);
      native.data.set(plank % 3 === 0 ? [110, 70, 40, 255] : [80, 50, 30, 255], 4 * (y * 64 + x));
    }
  }
  expect(pixelate(native).grid.kind).toBe("native");
  expect(equalImages(pixelate(native).image, native)).toBe(true);
});

test("true pixel art keeps its partial alpha and its many colors", () => {
  const random = seededRandom(4);
  const native = createImage(20, 20);
  for (let i = 0; i < native.data.length; i++) native.data[i] = Math.max(1, Math.floor(256 * random()));
  expect(equalImages(pixelate(native).image, native)).toBe(true);
});

const CASES: [string, PixelImage, Faults][] = [
  ["a whole pitch and soft edges", OPAQUE, { pitchX: 8, blur: 0.5 }],
  ["a fractional pitch", OPAQUE, { pitchX: 7.3, blur: 0.3 }],
  ["another pitch along y", OPAQUE, { pitchX: 9.1, pitchY: 8.8, blur: 0.5 }],
  ["a small pitch", OPAQUE, { pitchX: 4.4, blur: 0.5, noise: 2 }],
  ["a large pitch", nativePicture(16, 14), { pitchX: 21.7, blur: 1, noise: 3 }],
  ["uneven cells", OPAQUE, { pitchX: 9, jitter: 0.06, blur: 0.6, noise: 3 }],
  ["cells that drift by a whole cell", OPAQUE, { pitchX: 10, drift: 0.5, jitter: 0.04, blur: 0.6, noise: 3 }],
  ["a halo of half-transparent pixels", CLEAR, { pitchX: 8.6, blur: 1, noise: 2 }],
];

test.each(CASES)(
  "%s is undone: the size is right, and so are the colors of nearly all pixels",
  (_, native, faults) => {
    const fake = fakePixelArt(native, faults);
    const before = fake.data.slice();
    const { image, grid, palette } = pixelate(fake);
    expect([image.width, image.height]).toEqual([native.width, native.height]);
    expect(agreement(image, native)).toBeGreaterThan(0.97);
    expect(grid.kind).toBe("cells");
    expect(grid.pitchX).toBeCloseTo(faults.pitchX, 0);
    expect(grid.cutsX).toHaveLength(native.width + 1);
    expect(palette.length).toBeGreaterThanOrEqual(6);
    expect(palette.length).toBeLessThanOrEqual(9);
    expect(image.data.every((value, i) => i % 4 !== 3 || value === 0 || value === 255)).toBe(true);
    expect(fake.data).toEqual(before);
  },
);

test("a plain margin is divided into cells as large as the detected ones", () => {
  for (const pitchX of [5.37, 5.7, 6.2, 6.8]) {
    const native = nativePicture(40, 44);
    for (let i = 4 * 40 * 24; i < native.data.length; i += 4) native.data.set([27, 27, 47, 255], i);
    const { image } = pixelate(fakePixelArt(native, { pitchX, jitter: 0.05, blur: 0.5, noise: 2 }));
    expect([pitchX, image.width, image.height]).toEqual([pitchX, 40, 44]);
    expect(agreement(image, native)).toBeGreaterThan(0.97);
  }
});

test("the same picture gives the same bytes", () => {
  const fake = fakePixelArt(OPAQUE, { pitchX: 8.2, jitter: 0.05, blur: 0.7, noise: 4 });
  expect(pixelate(fake)).toEqual(pixelate(fake));
});

test("the color of clear cells does not bleed into the figure, and clear pixels hold zeros", () => {
  const { image } = pixelate(fakePixelArt(CLEAR, { pitchX: 9, blur: 1 }));
  for (let i = 0; i < image.data.length; i += 4) {
    if (image.data[i + 3] === 0) expect([...image.data.subarray(i, i + 3)]).toEqual([0, 0, 0]);
  }
});

test("a known pixel size or native size is respected", () => {
  const fake = fakePixelArt(OPAQUE, { pitchX: 8, blur: 0.6, noise: 3 });
  expect(pixelate(fake, { pixelSize: 8 }).image).toMatchObject({ width: 32, height: 28 });
  expect(pixelate(fake, { width: 16, height: 14 }).image).toMatchObject({ width: 16, height: 14 });
  expect(equalImages(pixelate(fake, { pixelSize: 1 }).image, fake)).toBe(true);
});

test("the result keeps to a color count and a palette", () => {
  const fake = fakePixelArt(OPAQUE, { pitchX: 8, blur: 0.6, noise: 3 });
  expect(pixelate(fake, { colorCount: 3 }).palette.length).toBeLessThanOrEqual(3);
  const palette = [0x000000, 0xff0000, 0xffffff];
  for (const options of [{ palette }, { palette, dither: "bayer_4x4" as const }, { palette, colorCount: 2 }])
    expect(palette).toEqual(expect.arrayContaining(pixelate(fake, options).palette));
  expect(pixelate(nativePicture(16, 16), { colorCount: 2 }).palette.length).toBeLessThanOrEqual(2);
});

test("a picture without a grid is reported as such and comes back unchanged", () => {
  const image = createImage(120, 90);
  for (let i = 0; i < image.data.length; i += 4) {
    const [x, y] = [(i / 4) % 120, Math.floor(i / 480)];
    image.data.set([2 * x, 2 * y, x + y, 255], i);
  }
  const result = pixelate(image);
  expect(result.grid.kind).toBe("none");
  expect(result.warnings.join()).toContain("does not look like pixel art");
  expect(equalImages(result.image, image)).toBe(true);
});

test.each([
  ["1x1", createImage(1, 1)],
  ["a thin strip", fakePixelArt(nativePicture(1, 60), { pitchX: 3, pitchY: 8.3 })],
  ["all clear", createImage(300, 200)],
  ["one color", { width: 200, height: 200, data: new Uint8Array(160_000).fill(200) }],
])("%s is no trouble", (_, image) => {
  const result = pixelate(image);
  expect(result.image.width).toBeLessThanOrEqual(image.width);
  expect(result.image.height).toBeLessThanOrEqual(image.height);
  expect(result.image.data).toHaveLength(4 * result.image.width * result.image.height);
});

test("frames share one grid and one palette", () => {
  const natives = [1, 2, 3].map((seed) => nativePicture(24, 24, { seed }));
  const frames = natives.map((native, i) =>
    fakePixelArt(native, { pitchX: 7.6, blur: 0.7, noise: 3, seed: i + 1 }),
  );
  const { images, palette, grid } = pixelateTogether(frames);
  expect(grid.kind).toBe("cells");
  for (const [i, image] of images.entries()) expect(agreement(image, natives[i]!)).toBeGreaterThan(0.97);
  expect(palette.length).toBeLessThanOrEqual(9);
  const enlarged = pixelateTogether(natives.map((native) => upscaleNearest(native, 5)));
  expect(enlarged.images.every((image, i) => equalImages(image, natives[i]!))).toBe(true);
});

test("pictures of different sizes share their colors", () => {
  const fakes = [nativePicture(24, 24), nativePicture(30, 20, { seed: 9 })].map((native, i) =>
    fakePixelArt(native, { pitchX: 7 + i, blur: 0.6, noise: 2 }),
  );
  const { images, palette } = pixelateTogether(fakes);
  expect(images.map(({ width, height }) => [width, height])).toEqual([
    [24, 24],
    [30, 20],
  ]);
  expect(palette.length).toBeLessThanOrEqual(9);
});
