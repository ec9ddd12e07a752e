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
  /** A texture from which this one must be told apart, or null. */
  apartFrom: PixelImage | null;
}

/** What a texture without any drawing in it costs: a worse one is taken before. */
const FLAT_COST = 3;
/** How much a distance from the usual color counts against the restlessness of the joints. */
const COLOR_WEIGHT = 4;

/** Turns a drawing into the texture of a tile: settled, on the palette, its calmest rows and columns on the joints. */
export function makeTexture(drawing: PixelImage, options: Omit<TextureChoice, "apartFrom">): PixelImage {
  const settled = settleTexture(drawing, options);
  const held = options.palette ? snapPalette(settled, options.palette) : settled;
  return quietBorder(rollToCalmest(held));
}

/**
 * Makes a texture of each drawing and takes the best one: near its usual color as it was drawn, calm at its joints, and
 * unlike the texture beside it. Takes at least one drawing; the first of equals wins. Returns its index too.
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

/** Steps over both joints against the steps inside: about 1 when the joint is like any other place. */
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
