import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openLibrary } from "../../../service/generators/embedded/exemplar-pictures.ts";
import { createImage, equalImages, type PixelImage } from "../../../service/pixel/image.ts";
import { pixelate } from "../../../service/pixel/pixelate/pixelate.ts";
import { upscaleNearest } from "../../../service/pixel/upscale-nearest.ts";
import { crt, framed, jpeg, lcd, paletteSaved, scanlined, sharpened, shrunkNearest } from "./damage.ts";
import { agreement, fakePixelArt } from "./fake-pixel-art.ts";

const MODEL = join(import.meta.dirname, "../../../models/embedded-v1/exemplars");
const COUNT = 4;

/** Scenes of 64x48 pixels: sprites of the model's own licensed drawings on a floor of two colors. */
let scenes: PixelImage[] = [];

beforeAll(async () => {
  const library = await openLibrary({
    rows: join(MODEL, "index.jsonl"),
    pictures: join(MODEL, "pictures.pack"),
    credits: join(MODEL, "ATTRIBUTION.jsonl"),
  });
  const step = Math.floor(library.rows.length / 60);
  const sprites = await Promise.all(Array.from({ length: 60 }, (_, i) => library.pictureOf(i * step)));
  const fitting = sprites.filter(
    ({ width, height }) => width >= 20 && height >= 20 && width <= 32 && height <= 48,
  );
  scenes = Array.from({ length: COUNT }, (_, i) => sceneOf(fitting.slice(2 * i, 2 * i + 2)));
});

function sceneOf(sprites: readonly PixelImage[]): PixelImage {
  const scene = createImage(64, 48);
  for (let i = 0; i < 64 * 48; i++) {
    const light = (Math.floor((i % 64) / 5) + Math.floor(i / 64 / 7)) % 2 === 0;
    scene.data.set(light ? [92, 110, 84, 255] : [70, 88, 76, 255], 4 * i);
  }
  for (const [k, { width, height, data }] of sprites.entries()) {
    for (let i = 0; i < width * height; i++) {
      if (data[4 * i + 3]! < 128) continue;
      const x = 32 * k + (i % width);
      const y = 48 - height + Math.floor(i / width);
      scene.data.set([...data.subarray(4 * i, 4 * i + 3), 255], 4 * (y * 64 + x));
    }
  }
  return scene;
}

interface Damage {
  /** Shares of the scenes that get their exact size, and of the pixels that are right there, at least. */
  sizes: number;
  pixels: number;
  /** Colors found for each color that is there, at most. */
  colors: number;
  make: (scene: PixelImage, i: number) => PixelImage | Promise<PixelImage>;
}

const soft = (scene: PixelImage, i: number, pitchX = 5.3 + 0.6 * i): PixelImage =>
  fakePixelArt(scene, { pitchX, blur: 0.5, noise: 2, jitter: 0.03, seed: i + 1 });

const DAMAGES: Record<string, Damage> = {
  sharpened: { sizes: 1, pixels: 0.9, colors: 2, make: (scene, i) => sharpened(soft(scene, i)) },
  "saved with 256 dithered colors": {
    sizes: 1,
    pixels: 0.9,
    colors: 2,
    make: (scene, i) => paletteSaved(soft(scene, i), 256, 1),
  },
  "saved with 64 colors": {
    sizes: 1,
    pixels: 0.85,
    colors: 2,
    make: (scene, i) => paletteSaved(soft(scene, i), 64, 0),
  },
  "seen through scanlines": {
    sizes: 0.5,
    pixels: 0.8,
    colors: 3,
    make: (scene, i) => scanlined(soft(scene, i, 7.3 + 0.4 * i)),
  },
  "seen on an LCD": { sizes: 1, pixels: 0.8, colors: 3, make: (scene) => lcd(upscaleNearest(scene, 6), 6) },
  "seen on a tube": { sizes: 1, pixels: 0.5, colors: 3, make: (scene) => crt(upscaleNearest(scene, 5), 5) },
  "filtered and enlarged again": {
    sizes: 1,
    pixels: 0.8,
    colors: 3,
    make: (scene) => upscaleNearest(lcd(upscaleNearest(scene, 4), 4), 2),
  },
  "drawn with dense cells": {
    sizes: 0.75,
    pixels: 0.85,
    colors: 2,
    make: (scene, i) => soft(scene, i, 2.6 + 0.8 * i),
  },
  "saved as JPEG at 7x without subsampling": {
    sizes: 1,
    pixels: 0.85,
    colors: 2.5,
    make: (scene, i) => jpeg(upscaleNearest(scene, 7), i % 2 === 0 ? 60 : 30, "4:4:4"),
  },
  "shrunk by sharp's nearest kernel": {
    sizes: 1,
    pixels: 0.9,
    colors: 2,
    make: (scene) => shrunkNearest(upscaleNearest(scene, 44), 11),
  },
};

test.each(Object.entries(DAMAGES))(
  "pixel art %s is found again",
  async (_, { make, sizes, pixels, colors }) => {
    let exact = 0;
    let right = 0;
    let found = 0;
    let there = 0;
    for (const [i, scene] of scenes.entries()) {
      const { image, palette } = pixelate(await make(scene, i));
      if (image.width !== scene.width || image.height !== scene.height) continue;
      exact++;
      right += agreement(image, scene, 24);
      found += palette.length;
      there += new Set(colorsOf(scene)).size;
    }
    expect(exact / COUNT).toBeGreaterThanOrEqual(sizes);
    expect(right / exact).toBeGreaterThanOrEqual(pixels);
    expect(found / there).toBeLessThanOrEqual(colors);
  },
);

function colorsOf({ data }: PixelImage): number[] {
  return Array.from({ length: data.length / 4 }, (_, i) => {
    return (data[4 * i]! << 16) | (data[4 * i + 1]! << 8) | data[4 * i + 2]!;
  });
}

test("a plain margin with the blocks of a codec does not change the size of the cells", async () => {
  for (const [i, scene] of scenes.slice(0, 4).entries()) {
    const pitch = 8.6 + 0.7 * i;
    const picture = await jpeg(framed(soft(scene, i, pitch), 80), 80);
    const { grid, image } = pixelate(picture);
    expect(grid.kind).toBe("cells");
    expect(Math.abs((image.width * pitch) / picture.width - 1)).toBeLessThan(0.1);
    expect(Math.abs((image.height * pitch) / picture.height - 1)).toBeLessThan(0.1);
  }
});

test("native scenes, textures of single pixels and dithering stay as they are, and a large one says so", () => {
  const checker = createImage(200, 120);
  const stripes = createImage(200, 120);
  for (let i = 0; i < 200 * 120; i++) {
    const [x, y] = [i % 200, Math.floor(i / 200)];
    const level = Math.sin(x / 30) + Math.cos(y / 20) > ((x + y) % 2) - 0.5;
    checker.data.set(level ? [230, 190, 90, 255] : [60, 40, 90, 255], 4 * i);
    stripes.data.set(y % 2 === 0 ? [40, 80, 60, 255] : [30 + (x % 7), 60, 50, 255], 4 * i);
  }
  for (const native of [...scenes, checker, stripes]) {
    const { image, grid, warnings } = pixelate(native);
    expect(grid.kind).toBe("native");
    expect(equalImages(image, native)).toBe(true);
    expect(warnings).toHaveLength(native.width > 160 ? 1 : 0);
  }
});

test("a told size is the size of the result", () => {
  const fake = soft(scenes[0]!, 0, 12.6);
  for (const pixelSize of [5.5, 9, 12.6, 20]) {
    const { image } = pixelate(fake, { pixelSize });
    expect([image.width, image.height]).toEqual([
      Math.round(fake.width / pixelSize),
      Math.round(fake.height / pixelSize),
    ]);
  }
  expect(pixelate(fake, { width: 50 }).image.width).toBe(50);
  expect(pixelate(fake, { width: 50, height: 20 }).image).toMatchObject({ width: 50, height: 20 });
});
