import type { PixelImage } from "./image.ts";
import { createNearestColor } from "./nearest-color.ts";
import { squaredDistance, toOklab } from "./oklab.ts";
import { colorAt, setColor } from "./parse-hex.ts";

/** OKLab distance up to which a pixel is assumed to mean a color that the network was told to use. */
export const MEANT = 0.14;

/**
 * Gives drawn pixels the palette color that looks most like their own if it is within `reach` (OKLab). All others
 * keep their color, and so does alpha. For drawings that were meant to use those colors but only come close.
 * `palette` is 0xRRGGBB and has at least one color.
 */
export function pullToPalette(image: PixelImage, palette: readonly number[], reach: number): PixelImage {
  const nearest = createNearestColor(palette);
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    const color = colorAt(data, i);
    const near = nearest(color);
    if (squaredDistance(toOklab(color), toOklab(near)) <= reach * reach) setColor(data, i, near);
  }
  return { width: image.width, height: image.height, data };
}
