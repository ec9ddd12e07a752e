import { expect, test } from "vitest";
import {
  type NearestQuery,
  nearestTraining,
  type TrainingPicture,
} from "../../scripts/eval/nearest-training.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { makeThumbnail, thumbnailDistance } from "../../service/pixel/thumbnail.ts";
import { paint } from "../pixel/ascii-image.ts";
import { planted } from "./planted-vectors.ts";

const CENTER = [1, 0, 0.5, -0.5, 0.2];

/** A picture of 8 x 8 colored blocks in the middle of a transparent canvas. */
function blocks(seed: number): PixelImage {
  const random = seededRandom(seed);
  const colors = Array.from({ length: 64 }, () => Math.floor(random() * 0x1000000));
  const square = paint(24, 24, (x, y) => colors[8 * Math.floor(y / 3) + Math.floor(x / 3)]!);
  return place(square, createImage(32, 32), 4, 4);
}

function known(images: readonly PixelImage[]): TrainingPicture[] {
  const features = planted(images.length, CENTER, { spread: 0.5, seed: 9 });
  return images.map((image, i) => ({
    id: `picture-${i}`,
    caption: `picture ${i}`,
    feature: features[i]!,
    thumbnail: makeThumbnail(image),
  }));
}

const training = known(Array.from({ length: 200 }, (_, i) => blocks(i)));

function query(image: PixelImage, more: Partial<NearestQuery> = {}): NearestQuery {
  return { image, feature: training[0]!.feature, seamless: false, ...more };
}

test("a planted copy is found at distance 0", () => {
  const { picture, distance } = nearestTraining(query(blocks(123)), training);
  expect(picture.id).toBe("picture-123");
  expect(distance).toBe(0);
});

test("a copy that was shifted, mirrored and repainted a little is still the nearest, and near", () => {
  const copy = blocks(57);
  const mirrored = paint(32, 32, () => 0);
  for (let i = 0; i < 1024; i++) {
    const from = 4 * (i - (i % 32) + 31 - (i % 32));
    mirrored.data.set(copy.data.subarray(from, from + 4), 4 * i);
  }
  const noise = seededRandom(4);
  const painted = mirrored.data.map((value, i) =>
    i % 4 === 3 || value === 0 ? value : value * (0.9 + 0.1 * noise()),
  );
  const moved = place({ ...mirrored, data: painted }, createImage(32, 32), 2, -1);
  const { picture, distance } = nearestTraining(query(moved), training);
  expect(picture.id).toBe("picture-57");
  expect(distance).toBeLessThan(0.3);
});

test("a new picture is far from all", () => {
  expect(nearestTraining(query(blocks(999)), training).distance).toBeGreaterThan(0.6);
});

test("a picture that does not count is passed over", () => {
  const without = new Set(["picture-123"]);
  expect(nearestTraining(query(blocks(123), { without }), training).picture.id).not.toBe("picture-123");
});

test("a rolled copy of a seamless tile is found", () => {
  const tile = paint(32, 32, (x, y) => (8 * Math.floor(x / 4) + Math.floor(y / 4)) * 0x030201);
  const rolled = paint(32, 32, (x, y) => {
    const [u, v] = [(x + 21) % 32, (y + 9) % 32];
    return (8 * Math.floor(u / 4) + Math.floor(v / 4)) * 0x030201;
  });
  const tiles = known([tile, ...Array.from({ length: 60 }, (_, i) => blocks(i))]);
  const found = nearestTraining(query(rolled, { seamless: true }), tiles);
  expect(found).toMatchObject({ picture: { id: "picture-0" }, distance: 0 });
});

test("sprites of one shape and other colors are apart, however empty their ground", () => {
  const dot = (color: number) =>
    place(
      paint(6, 6, () => color),
      createImage(32, 32),
      12,
      12,
    );
  expect(thumbnailDistance(makeThumbnail(dot(0xff0000)), makeThumbnail(dot(0x00ff00)))).toBeGreaterThan(1);
});

test("two calm textures of one mean color are apart by their grain; the same one is not", () => {
  const grain = (seed: number) => {
    const random = seededRandom(seed);
    return makeThumbnail(paint(32, 32, () => 0x808080 + 0x010101 * Math.round(40 * random())));
  };
  expect(thumbnailDistance(grain(1), grain(2))).toBeGreaterThan(0.8);
  expect(thumbnailDistance(grain(1), grain(1))).toBe(0);
});
