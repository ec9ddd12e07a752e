import { createImage, type PixelImage } from "../pixel/image.ts";
import type { PackageSheet } from "./asset-package.ts";

/**
 * Puts images on one grid, in order, row by row from the top left. A cell is as large as the largest
 * image; each image is at the top left of its cell, unrotated. A single image is its own sheet.
 * Takes at least one image. The layout depends only on the number and the sizes, so that a picture
 * keeps its place when it is made again. A number of `asked` columns is respected, and so are `cells`, which say
 * where each image goes if some cells stay empty.
 */
export function packSheet(
  images: readonly PixelImage[],
  asked?: number,
  cells?: readonly number[],
): PackageSheet {
  const cellWidth = Math.max(...images.map((image) => image.width));
  const cellHeight = Math.max(...images.map((image) => image.height));
  const columns = asked ?? squarestColumns(images.length, cellWidth, cellHeight);
  const count = cells ? Math.max(...cells) + 1 : images.length;
  const rows = Math.ceil(count / columns);
  const only = images.length === 1 ? images[0] : undefined;
  const grid = { columns, rows, cellWidth, cellHeight, ...(cells ? { cells } : {}) };
  return { image: only ?? drawGrid(images, grid), ...grid };
}

/** The column count with the shortest longer side; then the fewest empty cells; then the wider sheet. */
function squarestColumns(count: number, cellWidth: number, cellHeight: number): number {
  let best = { columns: 1, side: Number.POSITIVE_INFINITY, empty: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const side = Math.max(columns * cellWidth, rows * cellHeight);
    const empty = columns * rows - count;
    if (side < best.side || (side === best.side && empty <= best.empty)) best = { columns, side, empty };
  }
  return best.columns;
}

/** Copies all images into one new picture; calling `place` repeatedly would copy the sheet every time. */
function drawGrid(images: readonly PixelImage[], grid: Omit<PackageSheet, "image">): PixelImage {
  const sheet = createImage(grid.columns * grid.cellWidth, grid.rows * grid.cellHeight);
  for (const [index, image] of images.entries()) {
    const cell = grid.cells?.[index] ?? index;
    const x = (cell % grid.columns) * grid.cellWidth;
    const y = Math.floor(cell / grid.columns) * grid.cellHeight;
    for (let row = 0; row < image.height; row++) {
      const from = 4 * row * image.width;
      sheet.data.set(image.data.subarray(from, from + 4 * image.width), 4 * ((y + row) * sheet.width + x));
    }
  }
  return sheet;
}
