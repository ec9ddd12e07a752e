import { countColors } from "./count-colors.ts";
import type { PixelImage } from "./image.ts";
import { formatHex } from "./parse-hex.ts";

/** Lists the colors of an image as hex, most frequent first (ties: darkest number first). Transparent pixels do not count. */
export function colorsOf(image: PixelImage): string[] {
  return [...countColors(image)]
    .sort(([color, count], [otherColor, otherCount]) => otherCount - count || color - otherColor)
    .map(([color]) => formatHex(color));
}
