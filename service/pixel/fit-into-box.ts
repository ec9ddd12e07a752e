import { createImage, crop, drawnBounds, type PixelImage, place } from "./image.ts";
import { sampleCells } from "./sample-cells.ts";

export interface FitQuestion {
  /** Edge of the square canvas in pixels. */
  canvas: number;
  /** Space for the drawing, in pixels. */
  box: { width: number; height: number };
  /** A drawing that exceeds the box by no more than this factor is left as it is. 1 = always made to fit. */
  tolerance: number;
}

/**
 * Centers the drawing of a picture on a square canvas, downscaling it by sampling if it is larger than the box.
 * Returns the canvas and the size of the drawing; a picture that fits and already has the size of the canvas is
 * not moved.
 */
export function fitIntoBox(picture: PixelImage, { canvas, box, tolerance }: FitQuestion) {
  const drawn = drawnBounds(picture) ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  const from = { width: drawn.width, height: drawn.height };
  const factor = Math.max(from.width / box.width, from.height / box.height);
  const isLarge = factor > tolerance;
  if (!isLarge && picture.width === canvas && picture.height === canvas) {
    return { image: picture, from, to: from };
  }
  const figure = crop(picture, drawn.x, drawn.y, drawn.width, drawn.height);
  const edge = (length: number, room: number): number =>
    Math.max(1, Math.min(room, Math.round(length / factor)));
  const to = isLarge ? { width: edge(from.width, box.width), height: edge(from.height, box.height) } : from;
  const fitted = isLarge ? sampleCells(figure, to.width, to.height) : figure;
  const x = Math.floor((canvas - to.width) / 2);
  const y = Math.floor((canvas - to.height) / 2);
  return { image: place(fitted, createImage(canvas, canvas), x, y), from, to };
}
