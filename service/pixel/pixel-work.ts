import type { Checks } from "../../shared/asset.ts";
import type { CleanupPass } from "../../shared/requests.ts";
import type { PixelImage } from "./image.ts";
import type { DitherMode, PassStep } from "./passes.ts";
import type { PixelGrid } from "./pixelate/options.ts";

/** What the pixelate pass should do, as JSON, with no defaults left to fill in. */
export interface PixelateTask {
  task: "pixelate";
  /** Edge of an art pixel, or the native size to reach, or null: detected in the picture. */
  pixelSize: number | null;
  width: number | null;
  height: number | null;
  /** Maximum number of colors; null = the fewest that lose nothing visible. */
  colorCount: number | null;
  /** Hex colors that the result is held to, or null. */
  palette: string[] | null;
  dither: DitherMode;
  ditherStrength: number;
  removeBackground: boolean;
  cleanup: CleanupPass[];
}

/** One operation on all frames of a picture. */
export type PixelTask =
  | PixelateTask
  | { task: "passes"; passes: PassStep[] }
  | { task: "k-centroid"; width: number; height: number }
  | { task: "rotate"; degrees: number }
  | { task: "repair-seam"; tileX: boolean; tileY: boolean; seamWidth: number };

/** Frames and what to do with them: the input of the pixel process. */
export interface PixelWork {
  /** At least one; frames of one animation or sheet share their grid and their colors. */
  frames: PixelImage[];
  task: PixelTask;
  /** Whole-number enlargement at the end; 1 = none. */
  enlarge: number;
  /** Distinct pixels that a frame may have in the file it is written to; null = any number. */
  mostPixelColors: number | null;
  /** What the result is measured against: hex colors it is held to, and the axes that should join. */
  measure: { palette: string[] | null; tileX: boolean; tileY: boolean };
}

/** The result: as many frames as went in, in the same order. */
export interface PixelWorkResult {
  frames: PixelImage[];
  /** The most frequent colors of each frame, hex, at most 256. */
  colors: string[][];
  checks: Checks;
  /** Only for the pixelate task. */
  grid: PixelGrid | null;
  warnings: string[];
}
