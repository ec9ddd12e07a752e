import { countColors } from "../count-colors.ts";
import { dither } from "../dither.ts";
import { createImage, type PixelImage } from "../image.ts";
import { choosePalette } from "../limit-colors.ts";
import { setColor } from "../parse-hex.ts";
import { removeBackground } from "../remove-background.ts";
import { sampleCells } from "../sample-cells.ts";
import { snapPalette } from "../snap-palette.ts";
import { type CellColors, cellColors } from "./cell-colors.ts";
import { chooseColors } from "./choose-colors.ts";
import { cleanUp } from "./clean-up.ts";
import { describeGrid, type FoundGrid, findGrid } from "./find-grid.ts";
import type { CellGrid } from "./grid.ts";
import type { PixelateOptions, PixelateResult, PixelateTogetherResult } from "./options.ts";
import { sharpenCells } from "./sharpen-cells.ts";

/** OKLab distance up to which a pixel is background, if it is to be removed. */
const BACKGROUND_TOLERANCE = 0.06;

/**
 * Turns a picture that only looks like pixel art into true pixel art: one pixel per cell, few colors, alpha 0 or
 * 255. A picture that is true pixel art already is returned byte for byte; an exact enlargement of one is undone
 * exactly. The input is not modified.
 */
export function pixelate(image: PixelImage, options: PixelateOptions = {}): PixelateResult {
  const { images, ...rest } = pixelateTogether([image], options);
  return { image: images[0]!, ...rest };
}

/**
 * Runs `pixelate` on pictures that belong together, at least one: they share their colors and, if they have the same
 * size (frames), their grid too. For pictures of different sizes, `grid` is that of the first.
 */
export function pixelateTogether(
  pictures: readonly PixelImage[],
  options: PixelateOptions = {},
): PixelateTogetherResult {
  const clock = options.now ?? (() => 0);
  const times = [clock()];
  const grids = findGrids(pictures, options);
  times.push(clock());
  const exact = grids.every(({ kind }) => kind !== "cells");
  const cells = exact
    ? []
    : pictures.map((picture, i) => readCells(grids[i]!.cleaned?.[0] ?? picture, grids[i]!.cells));
  times.push(clock());
  let images = exact
    ? recolorExact(
        pictures.map((picture, i) => undo(picture, grids[i]!)),
        options,
      )
    : colorCells(cells, options);
  times.push(clock());
  if (options.removeBackground) images = images.map((image) => removeBackground(image, BACKGROUND_TOLERANCE));
  images = images.map((image) => cleanUp(image, options.cleanup ?? []));
  times.push(clock());
  const [grid = 0, cell = 0, colors = 0, cleanup = 0] = times.slice(1).map((time, i) => time - times[i]!);
  return {
    images,
    grid: describeGrid(grids[0]!, pictures[0]!),
    palette: frequentFirst(images),
    warnings: [...new Set(grids.flatMap(({ warnings }) => warnings))],
    timings: { grid, cells: cell, colors, cleanup },
  };
}

function findGrids(pictures: readonly PixelImage[], options: PixelateOptions): FoundGrid[] {
  const { width, height } = pictures[0]!;
  const alike = pictures.every((picture) => picture.width === width && picture.height === height);
  if (!alike) return pictures.map((picture) => findGrid([picture], options));
  const { cleaned, ...grid } = findGrid(pictures, options);
  return pictures.map((_, i) => (cleaned ? { ...grid, cleaned: [cleaned[i]!] } : grid));
}

function readCells(picture: PixelImage, grid: CellGrid): CellColors {
  return sharpenCells(picture, grid, cellColors(picture, grid));
}

/** The native picture of an exact grid. */
function undo(picture: PixelImage, { kind, cells }: FoundGrid): PixelImage {
  if (kind !== "enlarged") return picture;
  return sampleCells(picture, cells.cutsX.length - 1, cells.cutsY.length - 1);
}

/** Reduces exact pictures as requested; they have no noise, so without a request their colors stay. */
function recolorExact(images: readonly PixelImage[], options: PixelateOptions): PixelImage[] {
  const { colorCount, dither: mode = "none", ditherStrength = 50 } = options;
  const palette =
    options.palette ?? (colorCount === undefined ? null : choosePalette(asRow(images), colorCount));
  if (palette === null) return [...images];
  return images.map((image) => dither(image, { palette, mode, strength: ditherStrength }));
}

/** All pixels of some pictures as one picture of one row. */
function asRow(images: readonly PixelImage[]): PixelImage {
  const data = new Uint8Array(images.reduce((sum, image) => sum + image.data.length, 0));
  let start = 0;
  for (const image of images) {
    data.set(image.data, start);
    start += image.data.length;
  }
  return { width: data.length / 4, height: 1, data };
}

function colorCells(cells: readonly CellColors[], options: PixelateOptions): PixelImage[] {
  const { palette, colorCount, dither: mode = "none", ditherStrength = 50 } = options;
  if (palette !== undefined && colorCount === undefined)
    return cells.map((cell) => dither(plainImage(cell), { palette, mode, strength: ditherStrength }));
  const chosen = chooseColors(cells, colorCount);
  if (mode !== "none" && colorCount !== undefined) {
    const strength = ditherStrength;
    const onto = cells.map((cell) => dither(plainImage(cell), { palette: chosen.palette, mode, strength }));
    return palette === undefined ? onto : onto.map((image) => snapPalette(image, palette));
  }
  const images = cells.map((cell, i) => paint(cell, (at) => chosen.palette[chosen.places[i]![at]!] ?? 0));
  return palette === undefined ? images : images.map((image) => snapPalette(image, palette));
}

function plainImage(cells: CellColors): PixelImage {
  const { rgb } = cells;
  return paint(cells, (cell) => {
    const [red, green, blue] = [0, 1, 2].map((c) => Math.round(rgb[3 * cell + c]!));
    return (red! << 16) | (green! << 8) | blue!;
  });
}

function paint({ width, height, drawn }: CellColors, colorOf: (cell: number) => number): PixelImage {
  const image = createImage(width, height);
  for (let cell = 0; cell < drawn.length; cell++) {
    if (!drawn[cell]) continue;
    setColor(image.data, 4 * cell, colorOf(cell));
    image.data[4 * cell + 3] = 255;
  }
  return image;
}

function frequentFirst(images: readonly PixelImage[]): number[] {
  const counts = new Map<number, number>();
  for (const image of images) {
    for (const [color, count] of countColors(image)) counts.set(color, (counts.get(color) ?? 0) + count);
  }
  return [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([color]) => color);
}
