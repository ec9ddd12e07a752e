import type { PixelImage } from "../pixel/image.ts";
import { setColor } from "../pixel/parse-hex.ts";
import { colorOn, colorStep, roll } from "./torus.ts";

/** The step across the seam is at most this share of the mean step inside. */
const QUIET = 0.45;

/** Rolls a seamless texture so that its calmest pair of columns, and of rows, lies at the seams of the requested axes. */
export function rollToCalmest(texture: PixelImage, axes = { x: true, y: true }): PixelImage {
  const { width, height } = texture;
  const columns = Array.from({ length: width }, (_, x) => columnStep(texture, x));
  const rows = Array.from({ length: height }, (_, y) => rowStep(texture, y));
  const dx = axes.x ? -(indexOfLeast(columns) + 1) : 0;
  const dy = axes.y ? -(indexOfLeast(rows) + 1) : 0;
  return roll(texture, dx, dy);
}

/**
 * Extends clusters across the seam until few steps are left there: where the two pixels at the seam differ most, one
 * takes the color of the other, whichever costs less inside the tile. Returns a texture with the same colors.
 */
export function quietBorder(texture: PixelImage): PixelImage {
  const turned = quietColumns(transpose(texture));
  return quietColumns(transpose(turned));
}

function quietColumns(texture: PixelImage): PixelImage {
  const { width, height } = texture;
  const result = { width, height, data: texture.data.slice() };
  let inside = 0;
  for (let x = 0; x < width - 1; x++) inside += columnStep(result, x);
  const most = (QUIET * inside) / (width - 1);
  const rows = Array.from({ length: height }, (_, y) => y).sort(
    (one, other) => stepAt(texture, width - 1, other) - stepAt(texture, width - 1, one) || one - other,
  );
  let joint = columnStep(result, width - 1);
  for (const y of rows) {
    if (joint <= most) break;
    const [last, first] = [colorOn(result, -1, y), colorOn(result, 0, y)];
    joint -= colorStep(last, first);
    const keepsFirst = colorStep(colorOn(result, -2, y), first) <= colorStep(colorOn(result, 1, y), last);
    if (keepsFirst) setColor(result.data, 4 * (y * width + width - 1), first);
    else setColor(result.data, 4 * y * width, last);
  }
  return result;
}

/** Sum of the steps from a column to the next one on its right. */
function columnStep(texture: PixelImage, x: number): number {
  let sum = 0;
  for (let y = 0; y < texture.height; y++) sum += stepAt(texture, x, y);
  return sum;
}

function rowStep(texture: PixelImage, y: number): number {
  let sum = 0;
  for (let x = 0; x < texture.width; x++)
    sum += colorStep(colorOn(texture, x, y), colorOn(texture, x, y + 1));
  return sum;
}

function stepAt(texture: PixelImage, x: number, y: number): number {
  return colorStep(colorOn(texture, x, y), colorOn(texture, x + 1, y));
}

function transpose({ width, height, data }: PixelImage): PixelImage {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x);
      const to = 4 * (x * height + y);
      for (let channel = 0; channel < 4; channel++) turned[to + channel] = data[from + channel]!;
    }
  }
  return { width: height, height: width, data: turned };
}

function indexOfLeast(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}
