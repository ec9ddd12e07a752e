import { fitIntoBox } from "../pixel/fit-into-box.ts";
import type { PixelImage } from "../pixel/image.ts";
import { sampleCells } from "../pixel/sample-cells.ts";
import type { SizePlan } from "./plan-size.ts";

/**
 * Puts a given picture on the model's canvas, by copying pixels only: a smaller one is set in the middle,
 * a larger one is sampled in the middle of equal cells so that it fits the box (or, for a surface, fills
 * the canvas). Returns the canvas and a sentence if the picture was not taken as it is.
 */
export function planStart(
  picture: PixelImage,
  size: SizePlan,
  surface: boolean,
): { start: PixelImage; warning: string | null } {
  const { canvas } = size;
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
