import { expect, test } from "vitest";
import {
  type NearestQuery,
  nearestTraining,
  type TrainingPicture,
} from "../../scripts/eval/nearest-training.ts";
import { makeThumbnail, thumbnailDistance } from "../../scripts/eval/thumbnail.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
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
  expect(distance).toBeLessThan(0.05);
});

test("a new picture is far from all", () => {
  expect(nearestTraining(query(blocks(999)), training).distance).toBeGreaterThan(0.1);
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

test("a small sprite on an empty ground is not near another small sprite for that ground", () => {
  const dot = (color: number) =>
    place(
      paint(6, 6, () => color),
      createImage(32, 32),
      12,
      12,
    );
  const distance = thumbnailDistance(makeThumbnail(dot(0xff0000)), makeThumbnail(dot(0x00ff00)));
  expect(distance).toBeGreaterThan(0.4);
});
