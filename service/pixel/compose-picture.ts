import type { Composition } from "./composition.ts";
import { enlargeScaleX } from "./enlarge-scale-x.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "./image.ts";

/** How one picture is placed in its cell; width and height are the cell's. */
export type CellComposition = Pick<Composition, "width" | "height" | "enlarge" | "fit" | "anchor">;

/**
 * Makes a picture of the requested size from the model's picture: enlarges it by whole pixel-art steps, then moves
 * the drawing (the bounding box of its drawn pixels) onto a canvas of that size. Pixels are copied, never blended.
 * A drawing larger than the canvas is cropped evenly around its center along that axis.
 * `fit: "exact"` only checks that the sizes match, and throws a RangeError if they do not.
 */
export function composePicture(picture: PixelImage, composition: CellComposition): PixelImage {
  const { width, height, fit, anchor } = composition;
  const image = enlargeScaleX(picture, composition.enlarge);
  if (fit === "exact") {
    if (image.width === width && image.height === height) return image;
    throw new RangeError(
      `An exact composition needs a picture of ${width}x${height}, not ${image.width}x${image.height}.`,
    );
  }
  const canvas = createImage(width, height);
  const bounds = drawnBounds(image);
  if (bounds === null) return canvas;
  const drawing = crop(image, bounds.x, bounds.y, bounds.width, bounds.height);
  const x = Math.floor((width - bounds.width) / 2);
  const stands = anchor === "bottom" && bounds.height <= height;
  const y = stands ? height - bounds.height : Math.floor((height - bounds.height) / 2);
  return place(drawing, canvas, x, y);
}
