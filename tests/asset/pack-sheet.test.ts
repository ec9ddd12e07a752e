import fc from "fast-check";
import { expect, test } from "vitest";
import { packSheet } from "../../service/asset/pack-sheet.ts";
import { createImage, crop, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { drawPotion } from "../asset/sample-packages.ts";

const blank = (count: number, width: number, height: number) =>
  Array.from({ length: count }, () => createImage(width, height));

test("one image is its own sheet", () => {
  const image = drawPotion([255, 0, 77]);
  const sheet = packSheet([image]);
  expect(sheet).toMatchObject({ columns: 1, rows: 1, cellWidth: 8, cellHeight: 8 });
  expect(equalImages(sheet.image, image)).toBe(true);
});

test.each([
  { count: 2, columns: 2, rows: 1 },
  { count: 3, columns: 2, rows: 2 },
  { count: 4, columns: 2, rows: 2 },
  { count: 5, columns: 3, rows: 2 },
  { count: 12, columns: 4, rows: 3 },
  { count: 16, columns: 4, rows: 4 },
])("$count square images lie in $columns columns and $rows rows", ({ count, columns, rows }) => {
  expect(packSheet(blank(count, 16, 16))).toMatchObject({ columns, rows });
});

test("tall images are placed side by side so that the sheet is close to square", () => {
  const { image } = packSheet(blank(4, 8, 32));
  expect([image.width, image.height]).toEqual([32, 32]);
});

test("a smaller image is at the top left of a cell as large as the largest", () => {
  const large = drawPotion([255, 0, 77]);
  const small: PixelImage = { width: 1, height: 2, data: new Uint8Array([1, 2, 3, 255, 4, 5, 6, 255]) };
  const sheet = packSheet([large, small]);
  expect(sheet).toMatchObject({ cellWidth: 8, cellHeight: 8, columns: 2 });
  expect(equalImages(crop(sheet.image, 8, 0, 1, 2), small)).toBe(true);
  expect(crop(sheet.image, 9, 0, 7, 8).data.every((value) => value === 0)).toBe(true);
});

test("every image comes back from its cell, and the rest of the sheet is transparent", () => {
  const pixel = fc.uint8Array({ minLength: 4 * 6, maxLength: 4 * 6 });
  fc.assert(
    fc.property(fc.array(pixel, { minLength: 1, maxLength: 20 }), (pixels) => {
      const images = pixels.map((data) => ({ width: 3, height: 2, data: new Uint8Array(data) }));
      const { image, columns, rows } = packSheet(images);
      expect(columns * rows).toBeGreaterThanOrEqual(images.length);
      for (let cell = 0; cell < columns * rows; cell++) {
        const found = crop(image, 3 * (cell % columns), 2 * Math.floor(cell / columns), 3, 2);
        expect(equalImages(found, images[cell] ?? createImage(3, 2))).toBe(true);
      }
    }),
  );
});
