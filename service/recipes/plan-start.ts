import { fitIntoBox } from "../pixel/fit-into-box.ts";
import { createImage, type PixelImage, place } from "../pixel/image.ts";
import { sampleCells } from "../pixel/sample-cells.ts";
import type { Size, SizePlan } from "./plan-size.ts";

interface Start {
  start: PixelImage;
  warning: string | null;
}

/**
 * Puts a given picture on the generator's canvas, by copying pixels only: a smaller one is set in the middle,
 * a larger one is sampled in the middle of equal cells so that it fits the box (or, for a surface, fills
 * the canvas). For a large generator each of its pixels becomes one of the art's. Returns the canvas and a sentence if
 * the picture was not taken as it is.
 */
export function planStart(picture: PixelImage, size: SizePlan, surface: boolean): Start {
  if (size.composition.pixelate) return planLargeStart(picture, size, surface);
  const canvas = size.canvas.width;
  if (surface) {
    const same = picture.width === canvas && picture.height === canvas;
    const start = same ? picture : sampleCells(picture, canvas, canvas);
    return { start, warning: same ? null : `input_image was sampled to ${canvas}x${canvas}.` };
  }
  const cropped = size.composition.fit === "crop" && size.bounds !== null;
  const box = cropped && size.bounds ? size.bounds : { width: canvas, height: canvas };
  const { image, from, to } = fitIntoBox(picture, { canvas, box, tolerance: 1 });
  const sampled = from.width !== to.width || from.height !== to.height;
  return {
    start: image,
    warning: sampled
      ? `The drawing in input_image was sampled from ${from.width}x${from.height} to ${to.width}x${to.height}.`
      : null,
  };
}

/** A picture with more pixels than the art will have is not reduced to them: it has more to say. */
function planLargeStart(picture: PixelImage, { canvas, composition }: SizePlan, surface: boolean): Start {
  if (surface) return { start: sampleCells(picture, canvas.width, canvas.height), warning: null };
  const grid = composition.pixelate ?? canvas;
  if (picture.width <= grid.width && picture.height <= grid.height)
    return { start: sampleCells(centered(picture, grid), canvas.width, canvas.height), warning: null };
  const factor = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  const edge = (length: number): number => Math.max(1, Math.round(factor * length));
  const fitted = sampleCells(picture, edge(picture.width), edge(picture.height));
  const sizes = `from ${picture.width}x${picture.height} to ${fitted.width}x${fitted.height}`;
  return {
    start: centered(fitted, canvas),
    warning: factor < 1 ? `input_image was sampled ${sizes}.` : null,
  };
}

function centered(picture: PixelImage, { width, height }: Size): PixelImage {
  const x = Math.floor((width - picture.width) / 2);
  const y = Math.floor((height - picture.height) / 2);
  return place(picture, createImage(width, height), x, y);
}
