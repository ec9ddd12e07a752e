import { expect, test } from "vitest";
import { toOklch } from "../../service/pixel/alter/oklch.ts";
import { drawnBounds, type PixelImage } from "../../service/pixel/image.ts";
import { colorAt } from "../../service/pixel/parse-hex.ts";
import { makeSprite } from "./make-sprite.ts";

/** Heights, 0 at the top of a drawing and 1 at its bottom, of its pixels of a hue, in degrees of OKLCh. */
function heightsOf(image: PixelImage, [from, to]: [number, number]): number[] {
  const box = drawnBounds(image)!;
  return Array.from({ length: image.width * image.height }, (_, p) => p).flatMap((p) => {
    const { c, h } = toOklch(colorAt(image.data, 4 * p));
    const hue = ((h * 180) / Math.PI + 360) % 360;
    const isOf = image.data[4 * p + 3] !== 0 && c > 0.08 && hue >= from && hue <= to;
    return isOf ? [(Math.floor(p / image.width) - box.y) / box.height] : [];
  });
}

const BLUE: [number, number] = [240, 285];
const RED: [number, number] = [10, 40];

test("a vessel holds a liquid up to the level that is said", async () => {
  const { pictures, manifest } = await makeSprite({
    prompt: "bottle half full of blue liquid",
    num_images: 4,
  });
  expect(manifest.unmet_words).toEqual([]);
  for (const picture of pictures) {
    const blue = heightsOf(picture, BLUE);
    expect(blue.length).toBeGreaterThan(15);
    expect(Math.min(...blue)).toBeGreaterThan(0.45);
    expect(Math.max(...blue)).toBeGreaterThan(0.85);
    expect(heightsOf(picture, RED)).toEqual([]);
  }
});

test("an empty bottle has no color left, and nothing of it is unmet", async () => {
  const { pictures, manifest } = await makeSprite({ prompt: "empty bottle" });
  expect(manifest.unmet_words).toEqual([]);
  expect([...heightsOf(pictures[0]!, BLUE), ...heightsOf(pictures[0]!, RED)]).toEqual([]);
});

test("a mark is painted on the face of a flat thing in its color", async () => {
  const { pictures, manifest } = await makeSprite({ prompt: "map with a red X", num_images: 2 });
  expect(manifest.unmet_words).toEqual([]);
  for (const picture of pictures) {
    const red = heightsOf(picture, RED);
    expect(red.length).toBeGreaterThan(10);
    expect(Math.min(...red)).toBeGreaterThan(0.15);
    expect(Math.max(...red)).toBeLessThan(0.85);
  }
});

test("a broken sword is broken, and what no cut shows is listed as unmet", async () => {
  const broken = await makeSprite({ prompt: "broken sword" });
  const whole = await makeSprite({ prompt: "sword" });
  expect(broken.manifest.unmet_words).toEqual([]);
  expect(broken.pictures[0]!.data).not.toEqual(whole.pictures[0]!.data);
  expect((await makeSprite({ prompt: "broken shield" })).manifest.unmet_words).toEqual(["broken"]);
});

test("a witch rides a broomstick: it is drawn, and nothing is unmet", async () => {
  const { manifest } = await makeSprite({ prompt: "witch riding a broomstick" });
  expect(manifest.unmet_words).toEqual([]);
  expect(manifest.provenance.exemplars.map(({ caption }) => caption)).toEqual([
    expect.stringContaining("broom"),
  ]);
});
