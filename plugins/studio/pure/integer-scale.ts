/** How large an art pixel is drawn. */
export interface PixelScale {
  /** Device pixels of one art pixel: a whole number, so that all are equally large. */
  device: number;
  /** CSS pixels of one art pixel. */
  css: number;
}

/** Turns a wish in CSS pixels for one art pixel into whole device pixels: at least one. */
export function wholeScale(cssWish: number, devicePixelRatio: number): PixelScale {
  const device = Math.max(1, Math.round(cssWish * devicePixelRatio));
  return { device, css: device / devicePixelRatio };
}

/**
 * Finds the largest whole scale (CSS pixels an art pixel) at which a picture fits into a box, from 1 to `most`.
 * A picture larger than the box gets 1 and is scrolled.
 */
export function fitScale(
  picture: { width: number; height: number },
  box: { width: number; height: number },
  most = 16,
): number {
  const scale = Math.floor(Math.min(box.width / picture.width, box.height / picture.height));
  return Math.max(1, Math.min(most, scale));
}
