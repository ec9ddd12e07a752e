import type { Composition } from "./composition.ts";
import { enlargeScaleX } from "./enlarge-scale-x.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "./image.ts";

/** What decides how one picture stands on its cell; width and height are the cell's. */
export type CellComposition = Pick<Composition, "width" | "height" | "enlarge" | "fit" | "anchor">;

/**
 * Makes a picture of the asked size out of the model's picture: enlarges it by whole pixel-art steps, then moves
 * the drawing (the box of its drawn pixels) onto a canvas of that size. Pixels are copied, never blended.
 * A drawing that is larger than the canvas is cut evenly around its center, along that axis.
 * `fit: "exact"` only checks that the sizes agree, and throws a RangeError if not.
 */
export function compose(picture: PixelImage, composition: CellComposition): PixelImage {
  const { width, height, fit, anchor } = composition;
  const image = enlargeScaleX(picture, composition.enlarge);
  if (fit === "exact") {
    if (image.width === width && image.height === height) return image;
    throw new RangeError(
      `Expected a picture of ${width}x${height} for an exact composition but received ${image.width}x${image.height}.`,
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
