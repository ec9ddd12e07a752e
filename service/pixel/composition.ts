import type { Repaint } from "./repaint.ts";

/**
 * How pictures of the generator's size become one image of the asked size. Large pictures are brought to `pixelate`
 * first; from there on pixels are copied, never blended.
 * In order, for each of the columns x rows pictures of an image: "sample" picks pixels, `enlarge` runs
 * (looking around the edges of a wrapped axis), then the drawn box of the picture is set on its cell of
 * (width / columns) x (height / rows) by the anchor, and what sticks out is cut. Passes up to the colors run
 * before, outline and upscaling after it.
 */
export interface Composition {
  /** Final native size in pixels: whole multiples of columns and rows. */
  width: number;
  height: number;
  /** Whole-number pixel-art enlargement (Scale2x/Scale3x chain) of the model's picture; 1 = none. */
  enlarge: number;
  /**
   * "exact": the enlarged picture has the cell's size and is not moved. "crop": the cell is smaller on an
   * axis than the canvas, so the drawing is cut out of it. "pad": the cell is larger. "sample": a seamless
   * picture of another size: the pixel in the middle of each of n equal cells is taken, n = cell / enlarge,
   * which keeps the picture seamless.
   */
  fit: "exact" | "crop" | "pad" | "sample";
  /** Where a padded or cropped drawing stands: in the middle, or with its lowest pixel on the lowest row. */
  anchor: "center" | "bottom";
  /** Pictures on one image, in reading order; 1 and 1 = one picture an image. */
  columns: number;
  rows: number;
  /** Whether the edges of an axis join: enlarging then looks around them. */
  wrapX: boolean;
  wrapY: boolean;
  /** Present for large pictures: the size in pixels to which the pixelate algorithm brings each of them. */
  pixelate?: { width: number; height: number };
  /** A picture that the model's one picture is a window on: only the marked pixels go into it. No fit or anchor counts. */
  repaint?: Repaint;
}
