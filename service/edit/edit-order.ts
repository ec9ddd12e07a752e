import type { Checks, Grid } from "../../shared/asset.ts";
import type { EditRequest } from "../../shared/edit-tools.ts";

/** A picture to edit; `check` only decodes and plans. */
export interface EditOrder {
  request: EditRequest;
  check: boolean;
}

/** An edited picture, as a worker returns it. */
export interface EditedPicture {
  /** A PNG, or a GIF if a GIF with several frames came in; empty after a check. */
  bytes: Uint8Array;
  width: number;
  height: number;
  frames: number;
  grid: Grid | null;
  /** The most frequent colors, hex. */
  colors: string[];
  checks: Checks | null;
  warnings: string[];
}
