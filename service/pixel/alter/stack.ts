import { createImage, crop, drawnBounds, type PixelImage, place } from "../image.ts";
import { attach } from "./attach.ts";

/**
 * Stacks copies of a thing that fills at most half of its canvas: two side by side, a third on them. Null if it is larger
 * or nothing is drawn.
 */
export function stack(image: PixelImage): PixelImage | null {
  const box = drawnBounds(image);
  if (box === null || 2 * box.width > image.width + 2 || 2 * box.height > image.height + 4) return null;
  const thing = crop(image, box.x, box.y, box.width, box.height);
  // A little overlap, so that the pile holds together.
  const step = Math.min(box.width, image.width - box.width);
  const rise = Math.min(box.height - 1, image.height - box.height);
  const left = Math.floor((image.width - box.width - step) / 2);
  const bottom = Math.floor((image.height + box.height + rise) / 2) - box.height;
  const row = [0, step].reduce(
    (base, x) => place(thing, base, left + x, bottom),
    createImage(image.width, image.height),
  );
  return attach(row, thing, { x: left + Math.floor(step / 2), y: bottom - rise });
}
