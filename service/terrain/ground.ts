import type { PixelImage } from "../pixel/image.ts";
import type { EdgeColors } from "./edge-colors.ts";
import type { EdgeStyle } from "./terrain-words.ts";

/** A terrain that can be drawn. */
export interface Ground {
  /** Seamless, of the tile's size; null is air: nothing is drawn. */
  texture: PixelImage | null;
  style: EdgeStyle;
  /** The higher of two grounds casts a shadow on the other. */
  height: number;
  colors: EdgeColors;
}

/** All grounds of a set from bottom to top: lower, the one in between (if there is one), upper. */
export interface Grounds {
  lower: Ground;
  between: Ground | null;
  upper: Ground;
}
