import type { CleanupPass } from "../../../shared/requests.ts";
import type { PixelImage } from "../image.ts";
import type { DitherMode } from "../passes.ts";

/** What is known or wanted; all of it may be left out. */
export interface PixelateOptions {
  /** The edge of an art pixel in the picture, in its pixels, where it is known. 1: the picture is native. */
  readonly pixelSize?: number;
  /** The native size, where it is known; it counts before `pixelSize`. */
  readonly width?: number;
  readonly height?: number;
  /** Most colors; left out, the fewest that lose nothing an eye sees. */
  readonly colorCount?: number;
  /** Colors that the result is held to, 0xRRGGBB. */
  readonly palette?: readonly number[];
  /** Dithers anew onto `palette` or `colorCount`; "none" keeps the patterns of the picture. */
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
  /** The picture has its native size; it is given back as it is. */
  | "native"
  /** It is a whole-number enlargement without loss, undone exactly. */
  | "enlarged"
  /** Uneven cells were found. */
  | "cells"
  /** It does not look like pixel art; it is given back as it is. */
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

/** True pixel art, and how it came about. */
export interface PixelateResult {
  readonly image: PixelImage;
  readonly grid: PixelGrid;
  /** The colors of the result, 0xRRGGBB, most frequent first. */
  readonly palette: number[];
  readonly warnings: string[];
  readonly timings: PixelateTimings;
}

/** Several pictures, done together. */
export interface PixelateTogetherResult extends Omit<PixelateResult, "image"> {
  readonly images: PixelImage[];
}
