import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";

/** Draws the sample map of a terrain set from its frames, as every program should; empty cells are transparent. */
export function drawSample({ frames, tileset }: AssetPackage): PixelImage {
  const { info, sample } = tileset!;
  const { width, height } = info.tile_size;
  const map = createImage(sample.columns * width, sample.rows * height);
  for (const [i, cell] of sample.cells.entries()) {
    const image = frames[cell]?.image;
    if (!image) continue;
    const left = (i % sample.columns) * width;
    const top = Math.floor(i / sample.columns) * height;
    for (let y = 0; y < height; y++) {
      const from = 4 * y * width;
      map.data.set(image.data.subarray(from, from + 4 * width), 4 * ((top + y) * map.width + left));
    }
  }
  return map;
}
