import type { PixelImage } from "../../service/pixel/image.ts";
import { colorAt } from "../../service/pixel/parse-hex.ts";
import { mean } from "./rank.ts";

/** What a coder draws: for each pixel the number of its best palette color, and whether it is opaque (1). */
export interface Redrawn {
  color: Int32Array;
  opaque: Uint8Array;
}

/** Pixels of one picture that a coder draws, and those it draws wrong. */
export interface PictureCount {
  pixels: number;
  colors: number;
  drawn: number;
  wrongColor: number;
  /** Pixels none of whose four neighbors has their color: eyes, sparks, rivets. */
  details: number;
  wrongDetails: number;
  wrongAlpha: number;
}

/** Figures of a folder. Shares go over all pixels of all pictures, as drawn through the picture's own palette. */
export interface Reconstruction {
  pictures: number;
  /** PNGs that are not 32x32 or are empty. */
  skipped: number;
  encoder: string;
  decoder: string;
  wrong_color_share: number;
  /** Of the middle picture, and of the one in ten that is worst. */
  wrong_color_median: number;
  wrong_color_tenth_worst: number;
  wrong_detail_share: number;
  /** With noise of a tenth of its deviation on the code. */
  wrong_color_share_noisy: number;
  wrong_alpha_share: number;
  exact_pictures: number;
  mean_colors: number;
}

/** Compares a picture with what a coder made of it; colors count where the picture is opaque. */
export function countPicture(image: PixelImage, palette: readonly number[], redrawn: Redrawn): PictureCount {
  const { width, height, data } = image;
  const at = (x: number, y: number) => {
    const offset = 4 * (y * width + x);
    const inside = x >= 0 && y >= 0 && x < width && y < height;
    return inside && data[offset + 3]! >= 128 ? colorAt(data, offset) : null;
  };
  const count = { pixels: width * height, colors: palette.length, drawn: 0, wrongColor: 0 };
  const details = { details: 0, wrongDetails: 0, wrongAlpha: 0 };
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [p % width, Math.floor(p / width)];
    const color = at(x, y);
    details.wrongAlpha += Number((color !== null) !== (redrawn.opaque[p] === 1));
    if (color === null) continue;
    const wrong = Number(palette[redrawn.color[p]!] !== color);
    const alone = [at(x - 1, y), at(x + 1, y), at(x, y - 1), at(x, y + 1)].every((other) => other !== color);
    count.drawn += 1;
    count.wrongColor += wrong;
    details.details += Number(alone);
    details.wrongDetails += Number(alone) * wrong;
  }
  return { ...count, ...details };
}

/** Adds up pictures; needs at least one. */
export function sumUp(
  counts: readonly PictureCount[],
): Omit<Reconstruction, "skipped" | "encoder" | "decoder" | "wrong_color_share_noisy"> {
  const total = (of: (one: PictureCount) => number) => counts.reduce((sum, one) => sum + of(one), 0);
  const shares = counts.map((one) => one.wrongColor / one.drawn).sort((a, b) => a - b);
  return {
    pictures: counts.length,
    wrong_color_share: total((one) => one.wrongColor) / total((one) => one.drawn),
    wrong_color_median: shares[Math.floor(shares.length / 2)]!,
    wrong_color_tenth_worst: shares[Math.min(shares.length - 1, Math.floor(shares.length * 0.9))]!,
    wrong_detail_share:
      total((one) => one.wrongDetails) /
      Math.max(
        1,
        total((one) => one.details),
      ),
    wrong_alpha_share: total((one) => one.wrongAlpha) / total((one) => one.pixels),
    exact_pictures: counts.filter((one) => one.wrongColor + one.wrongAlpha === 0).length,
    mean_colors: mean(counts.map((one) => one.colors)),
  };
}
