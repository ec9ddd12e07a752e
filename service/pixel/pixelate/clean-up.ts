import type { CleanupPass } from "../../../shared/requests.ts";
import { despeckle } from "../despeckle.ts";
import type { PixelImage } from "../image.ts";
import { cleanHalftones } from "./clean-halftones.ts";
import { cleanJaggies } from "./clean-jaggies.ts";

/** Runs the requested cleanup passes in an order in which they do not undo each other. */
export function cleanUp(image: PixelImage, passes: readonly CleanupPass[]): PixelImage {
  let clean = image;
  if (passes.includes("halftones")) clean = cleanHalftones(clean);
  if (passes.includes("orphans")) clean = despeckle(clean);
  if (passes.includes("jaggies")) clean = cleanJaggies(clean);
  return clean;
}
