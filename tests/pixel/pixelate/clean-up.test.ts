import { expect, test } from "vitest";
import { createImage, equalImages, type PixelImage } from "../../../service/pixel/image.ts";
import { cleanUp } from "../../../service/pixel/pixelate/clean-up.ts";
import { nativePicture } from "./fake-pixel-art.ts";

const COLORS: Record<string, number[]> = {
  "#": [10, 10, 20, 255],
  o: [130, 128, 132, 255],
  " ": [250, 246, 240, 255],
  ".": [0, 0, 0, 0],
};

function draw(rows: readonly string[]): PixelImage {
  const image = createImage(rows[0]!.length, rows.length);
  for (const [y, row] of rows.entries())
    for (const [x, letter] of [...row].entries()) image.data.set(COLORS[letter]!, 4 * (y * image.width + x));
  return image;
}

test("without a pass nothing changes", () => {
  const image = nativePicture(20, 20, { clear: true });
  expect(equalImages(cleanUp(image, []), image)).toBe(true);
});

test("jaggies removes the corner pixels of a stairstep and leaves the corners of a frame", () => {
  const stair = draw(["        ", " ##     ", "  ##    ", "   ##   ", "    ##  ", "        "]);
  const line = cleanUp(stair, ["jaggies"]);
  const dark = (image: PixelImage): number =>
    image.data.filter((value, i) => i % 4 === 0 && value === 10).length;
  expect(dark(stair)).toBe(8);
  expect(dark(line)).toBeLessThan(8);
  expect(dark(line)).toBeGreaterThanOrEqual(4);
  const frame = draw(["       ", " ##### ", " #   # ", " #   # ", " ##### ", "       "]);
  expect(equalImages(cleanUp(frame, ["jaggies"]), frame)).toBe(true);
});

test("halftones removes a tone between outline and background, and keeps a surface of that tone", () => {
  const soft = draw(["       ", "  o    ", " #     ", " #o    ", " #     ", "       "]);
  const clean = cleanUp(soft, ["halftones"]);
  expect([...clean.data.subarray(4 * (3 * 7 + 2), 4 * (3 * 7 + 3))]).not.toEqual(COLORS.o);
  const surface = draw(["        ", " #oooo  ", " #oooo  ", " #oooo  ", "        "]);
  expect(equalImages(cleanUp(surface, ["halftones"]), surface)).toBe(true);
});

test("orphans removes an isolated pixel", () => {
  const image = draw([".....", ".....", "..#..", ".....", "....."]);
  expect(cleanUp(image, ["orphans"]).data.every((value) => value === 0)).toBe(true);
});
