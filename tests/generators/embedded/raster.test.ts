import { expect, test } from "vitest";
import { fromPlanes, givenCells, keepCells, toPlanes } from "../../../service/generators/embedded/raster.ts";
import { equalImages } from "../../../service/pixel/image.ts";
import { randomPicture } from "../generator-contract.ts";

test("an image with hard alpha survives the way to planes and back", () => {
  const image = randomPicture(1, 8, 4);
  expect(equalImages(fromPlanes(toPlanes(image), 8, 4), image)).toBe(true);
});

test("planes hold one channel after the other, and half-transparent pixels count by half", () => {
  const image = { width: 2, height: 1, data: Uint8Array.of(255, 0, 51, 128, 255, 255, 255, 127) };
  expect([...toPlanes(image)]).toEqual([1, 0, 0, 0, Math.fround(0.2), 0, 1, 0]);
});

test("values outside 0 to 1 are clamped and faint alpha leaves no color", () => {
  const image = fromPlanes(Float32Array.of(2, 0.5, -1, 0.5, 0.5, 0.5, 1, 0.001), 2, 1);
  expect([...image.data]).toEqual([255, 0, 128, 255, 0, 0, 0, 0]);
});

test("a cell is given only when none of its pixels is to be drawn", () => {
  const mask = new Uint8Array(64);
  mask[0] = 1;
  mask[8 * 3 + 7] = 1;
  expect([...givenCells(mask, 8, 4)]).toEqual([0, 0, 1, 1]);
});

test("given cells are taken in every channel", () => {
  const latent = Float32Array.of(1, 2, 3, 4);
  const kept = keepCells(latent, Float32Array.of(10, 20, 30, 40), Uint8Array.of(0, 1));
  expect([...kept]).toEqual([1, 20, 3, 40]);
});
