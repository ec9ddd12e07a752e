import { invalidParameter } from "../../shared/errors.ts";
import { binarizeAlpha } from "../pixel/binarize-alpha.ts";
import { colorsOf } from "../pixel/colors-of.ts";
import type { PixelImage } from "../pixel/image.ts";
import { parseHex } from "../pixel/parse-hex.ts";
import type { PassStep } from "../pixel/passes.ts";
import { snapPalette } from "../pixel/snap-palette.ts";
import type { SpriteParts } from "./sprite-parts.ts";

/** Largest reference: pixel art, not a photo. */
const MOST = { edge: 256, colors: 256 };
const EXPECTED = `pixel art of at most ${MOST.edge}x${MOST.edge} pixels and ${MOST.colors} colors`;

/**
 * Plans the passes that draw a picture in the style of another one, in the palette of the request if it has one. Throws
 * `invalid-request` for a reference that is no pixel art.
 */
export function planReference(
  given: PixelImage | null | undefined,
  { colors: { palette, colorCount }, kind, repaint }: SpriteParts,
): PassStep[] {
  if (!given) return [];
  const { width, height } = given;
  if (width > MOST.edge || height > MOST.edge)
    throw invalidParameter("style_reference", `a picture of ${width}x${height} pixels`, EXPECTED);
  const drawn = binarizeAlpha(given, 128);
  const count = colorsOf(drawn).length;
  if (count === 0 || count > MOST.colors)
    throw invalidParameter("style_reference", `a picture of ${count} colors`, EXPECTED);
  if (kind === "tile" || repaint) return [];
  const reference = palette ? snapPalette(drawn, palette.colors.map(parseHex)) : drawn;
  const limit: PassStep[] =
    colorCount === null ? [] : [{ pass: "limit-colors", colorCount, dither: "none", ditherStrength: 0 }];
  return [{ pass: "match-style", reference }, ...limit];
}
