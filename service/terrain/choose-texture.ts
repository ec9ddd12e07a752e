import type { PixelImage } from "../pixel/image.ts";
import { squaredDistance, toOklab } from "../pixel/oklab.ts";
import { parseHex } from "../pixel/parse-hex.ts";
import { snapPalette } from "../pixel/snap-palette.ts";
import { distanceApart, meanColor } from "./make-ground.ts";
import { quietBorder, rollToCalmest } from "./quiet-border.ts";
import { type SettleOptions, settleTexture } from "./settle-texture.ts";
import { colorOn, colorStep } from "./torus.ts";

export interface TextureChoice extends SettleOptions {
  /** 0xRRGGBB colors that the texture is held to, or null. */
  palette: readonly number[] | null;
  /** A texture that this one must not be mistaken for, or null. */
  apartFrom: PixelImage | null;
}

/** Cost of a texture without any detail: an imperfect one is preferred. */
const FLAT_COST = 3;
/** Weight of the distance from the usual color against the unrest at the seams. */
const COLOR_WEIGHT = 4;

/** Turns a drawing into the texture of a tile: settled, snapped to the palette, its calmest rows and columns at the seams. */
export function makeTexture(drawing: PixelImage, options: Omit<TextureChoice, "apartFrom">): PixelImage {
  const settled = settleTexture(drawing, options);
  const held = options.palette ? snapPalette(settled, options.palette) : settled;
  return quietBorder(rollToCalmest(held));
}

/**
 * Makes a texture from each drawing and picks the best: its drawing was close to the usual color, it is calm at its seams
 * and unlike the texture next to it. Takes at least one drawing; the first one wins a tie. Also returns its index.
 */
export function chooseTexture(
  drawings: readonly PixelImage[],
  choice: TextureChoice,
): { texture: PixelImage; index: number } {
  const ranked = drawings.map((drawing, index) => {
    const texture = makeTexture(drawing, choice);
    const usual = choice.usualColor === null ? null : toOklab(parseHex(choice.usualColor));
    const strange = usual ? Math.sqrt(squaredDistance(meanColor(drawing), usual)) : 0;
    const apart = choice.apartFrom ? Math.min(0.2, distanceApart(texture, choice.apartFrom)) : 0;
    const flat = new Set(new Uint32Array(texture.data.slice().buffer)).size < 3 ? FLAT_COST : 0;
    return { texture, index, cost: COLOR_WEIGHT * (strange - apart) + jointShare(texture) + flat };
  });
  ranked.sort((one, other) => one.cost - other.cost || one.index - other.index);
  const [best] = ranked;
  if (!best) throw new RangeError("There is no drawing to choose from.");
  return { texture: best.texture, index: best.index };
}

/** Steps across both seams divided by the steps inside: about 1 if the seam looks like any other place. */
function jointShare(texture: PixelImage): number {
  const { width, height } = texture;
  let joint = 0;
  let inside = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const right = colorStep(colorOn(texture, x, y), colorOn(texture, x + 1, y));
      const below = colorStep(colorOn(texture, x, y), colorOn(texture, x, y + 1));
      if (x === width - 1) joint += right / (2 * height);
      else inside += right / (2 * height * (width - 1));
      if (y === height - 1) joint += below / (2 * width);
      else inside += below / (2 * width * (height - 1));
    }
  }
  return inside === 0 ? 0 : joint / inside;
}
