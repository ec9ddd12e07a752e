import type { PixelImage } from "./image.ts";
import { parseHex, setColor } from "./parse-hex.ts";

/**
 * Draws a one-pixel outline around the drawing, outside of it, in `color` (hex).
 * A transparent pixel becomes outline if the pixel above, below, left or right of it is drawn: corners stay
 * open, as pixel artists draw them. Where the drawing touches the edge of the image there is no room for it.
 */
export function drawOutline(image: PixelImage, color: string): PixelImage {
  const { width, height } = image;
  const line = parseHex(color);
  const data = image.data.slice();
  const drawn = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && image.data[4 * (y * width + x) + 3] !== 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (drawn(x, y)) continue;
      if (!(drawn(x - 1, y) || drawn(x + 1, y) || drawn(x, y - 1) || drawn(x, y + 1))) continue;
      const offset = 4 * (y * width + x);
      setColor(data, offset, line);
      data[offset + 3] = 255;
    }
  }
  return { width, height, data };
}
