import type { Grid } from "../../../shared/asset.ts";
import type { PixelGrid } from "./options.ts";

/** Gives a grid the field names it has in the API. */
export function describeGrid({ kind, pitchX, pitchY, cutsX, cutsY, confidence }: PixelGrid): Grid {
  return { kind, pitch_x: pitchX, pitch_y: pitchY, cuts_x: cutsX, cuts_y: cutsY, confidence };
}
