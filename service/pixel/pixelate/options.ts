import type { CleanupPass } from "../../../shared/requests.ts";
import type { PixelImage } from "../image.ts";
import type { DitherMode } from "../passes.ts";

/** What is known or wanted; all of it is optional. */
export interface PixelateOptions {
  /** The edge of an art pixel in picture pixels, if known. 1: the picture is native. */
  readonly pixelSize?: number;
  /** The native size, if known; takes precedence over `pixelSize`. */
  readonly width?: number;
  readonly height?: number;
  /** Maximum number of colors; if omitted, the fewest that lose nothing visible. */
  readonly colorCount?: number;
  /** Colors that the result is held to, 0xRRGGBB. */
  readonly palette?: readonly number[];
  /** Dithers again with `palette` or `colorCount`; "none" keeps the patterns of the picture. */
  readonly dither?: DitherMode;
  /** 0 to 100. */
  readonly ditherStrength?: number;
  readonly removeBackground?: boolean;
  readonly cleanup?: readonly CleanupPass[];
  /** A clock in ms, for the timings; without it they are 0. */
  readonly now?: () => number;
}

/** How the grid was found. */
export type GridKind =
  /** The picture is at native size; it is returned unchanged. */
  | "native"
  /** It is a lossless whole-number enlargement, undone exactly. */
  | "enlarged"
  /** Uneven cells were found. */
  | "cells"
  /** It does not look like pixel art; it is returned unchanged. */
  | "none";

/** The grid of the result's pixels in the picture; cuts are whole pixels, one more than there are cells. */
export interface PixelGrid {
  readonly kind: GridKind;
  readonly pitchX: number;
  readonly pitchY: number;
  readonly cutsX: number[];
  readonly cutsY: number[];
  /** 0 (a guess) to 1 (certain). */
  readonly confidence: number;
}

/** ms of each stage. */
export interface PixelateTimings {
  readonly grid: number;
  readonly cells: number;
  readonly colors: number;
  readonly cleanup: number;
}

/** True pixel art, and how it was made. */
export interface PixelateResult {
  readonly image: PixelImage;
  readonly grid: PixelGrid;
  /** The colors of the result, 0xRRGGBB, most frequent first. */
  readonly palette: number[];
  readonly warnings: string[];
  readonly timings: PixelateTimings;
}

/** Several pictures, processed together. */
export interface PixelateTogetherResult extends Omit<PixelateResult, "image"> {
  readonly images: PixelImage[];
}
