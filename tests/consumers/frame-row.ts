import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { createImage, place } from "../../service/pixel/image.ts";

/** All frames side by side, as the probes draw them: RGBA rows from the top. */
export function frameRow({ frames, sheet }: AssetPackage): number[] {
  const blank = createImage(frames.length * sheet.cellWidth, sheet.cellHeight);
  return [...frames.reduce((row, { image }, i) => place(image, row, i * sheet.cellWidth, 0), blank).data];
}
