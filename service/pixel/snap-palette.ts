import type { PixelImage } from "./image.ts";
import { createNearestColor } from "./nearest-color.ts";
import { colorAt, setColor } from "./parse-hex.ts";

/**
 * Gives every drawn pixel the palette color that looks most like its own (OKLab); alpha stays.
 * `palette` is 0xRRGGBB and has at least one color.
 */
export function snapPalette(image: PixelImage, palette: readonly number[]): PixelImage {
  const nearest = createNearestColor(palette);
  const data = image.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] !== 0) setColor(data, i, nearest(colorAt(data, i)));
  }
  return { width: image.width, height: image.height, data };
}
