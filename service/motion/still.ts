import { drawnBounds, type PixelImage } from "../pixel/image.ts";

/** A drawing to animate, and where it stands. */
export interface Still {
  image: PixelImage;
  /** Bounding box of its drawn pixels. */
  box: { x: number; y: number; width: number; height: number };
}

/** Rows at the bottom of a drawing in which to look for feet, as a share of its height. */
const FEET = 0.2;

/** Finds the drawing in a picture; null if it is empty. */
export function asStill(image: PixelImage): Still | null {
  const box = drawnBounds(image);
  return box ? { image, box } : null;
}

/**
 * Whether a drawing stands on legs: at least half of its bottom rows have a gap near the middle with something
 * drawn on both sides.
 */
export function hasLegs({ image, box }: Still): boolean {
  const rows = Math.max(2, Math.round(FEET * box.height));
  let gaps = 0;
  for (let y = box.y + box.height - rows; y < box.y + box.height; y++) if (hasGap(image, box, y)) gaps++;
  return 2 * gaps >= rows;
}

function hasGap(image: PixelImage, box: Still["box"], y: number): boolean {
  const drawn = (x: number): boolean => image.data[4 * (y * image.width + x) + 3] !== 0;
  const from = box.x + Math.floor(box.width * 0.3);
  const to = box.x + Math.ceil(box.width * 0.7);
  let left = false;
  let right = false;
  for (let x = box.x; x < box.x + box.width; x++) {
    if (!drawn(x)) continue;
    left ||= x < to;
    right ||= x >= from;
  }
  for (let x = from; x < to; x++) if (!drawn(x) && left && right) return drawnBeside(drawn, box, x);
  return false;
}

function drawnBeside(drawn: (x: number) => boolean, box: Still["box"], gap: number): boolean {
  let before = false;
  let after = false;
  for (let x = box.x; x < gap; x++) before ||= drawn(x);
  for (let x = gap + 1; x < box.x + box.width; x++) after ||= drawn(x);
  return before && after;
}
