import type { Checks } from "../../shared/asset.ts";
import type { CleanupPass } from "../../shared/requests.ts";
import type { PixelImage } from "./image.ts";
import type { DitherMode, PassStep } from "./passes.ts";
import type { PixelGrid } from "./pixelate/options.ts";

/** What the pixelate pass is to do, as JSON: no default left. */
export interface PixelateTask {
  task: "pixelate";
  /** Edge of an art pixel, or the native size to come to, or null: found in the picture. */
  pixelSize: number | null;
  width: number | null;
  height: number | null;
  /** Most colors; null = the fewest that lose nothing an eye sees. */
  colorCount: number | null;
  /** Hex colors that the result is held to, or null. */
  palette: string[] | null;
  dither: DitherMode;
  ditherStrength: number;
  removeBackground: boolean;
  cleanup: CleanupPass[];
}

/** One thing to do to all frames of a picture. */
export type PixelTask =
  | PixelateTask
  | { task: "passes"; passes: PassStep[] }
  | { task: "k-centroid"; width: number; height: number }
  | { task: "rotate"; degrees: number }
  | { task: "repair-seam"; tileX: boolean; tileY: boolean; seamWidth: number };

/** Frames and what is to be done to them: what the pixel process is given. */
export interface PixelWork {
  /** At least one; those of one animation or sheet, which share their grid and their colors. */
  frames: PixelImage[];
  task: PixelTask;
  /** Whole-number enlargement at the end; 1 = none. */
  enlarge: number;
  /** Different pixels that a frame may have in the file that it goes into; null = any number. */
  mostPixelColors: number | null;
  /** What the result is measured against: hex colors that it is held to, and the axes that should join. */
  measure: { palette: string[] | null; tileX: boolean; tileY: boolean };
}

/** What came of it: as many frames as went in, in their order. */
export interface PixelWorkResult {
  frames: PixelImage[];
  /** The most frequent colors of each frame, hex, 256 at most. */
  colors: string[][];
  checks: Checks;
  /** Only of the pixelate task. */
  grid: PixelGrid | null;
  warnings: string[];
}
