import type { PixelImage } from "./image.ts";
import { nearestIndex } from "./nearest-color.ts";
import { type Oklab, squaredDistance, toOklab } from "./oklab.ts";
import { colorAt, setColor } from "./parse-hex.ts";
import type { DitherMode } from "./passes.ts";
import { snapPalette } from "./snap-palette.ts";

export interface DitherOptions {
  /** Colors of the result, 0xRRGGBB; at least one. */
  palette: readonly number[];
  mode: DitherMode;
  /** 0 (none) to 100 (full). */
  strength: number;
}

/**
 * Gives every drawn pixel a palette color so that neighboring pixels together look like the colors in between.
 * A color that is in the palette stays solid; transparent pixels are not written and receive no error.
 */
export function dither(image: PixelImage, { palette, mode, strength }: DitherOptions): PixelImage {
  if (mode === "none" || strength <= 0 || palette.length < 2) return snapPalette(image, palette);
  const share = Math.min(1, strength / 100);
  if (mode === "floyd_steinberg") return diffuseError(image, palette, share);
  return orderedDither(image, palette, { size: BAYER_SIZES[mode], share });
}

const BAYER_SIZES = { bayer_2x2: 2, bayer_4x4: 4, bayer_8x8: 8 } as const;

/** Penalty for mixing two very different colors: a coarse pattern looks worse than a solid color that is close. */
const CONTRAST_PENALTY = 0.12;

/** Mixing `share` (0 to 0.5) of `second` into `first` looks like the requested color. */
interface Mixture {
  first: number;
  second: number;
  share: number;
}

/**
 * Ordered dithering with the threshold matrix of B. E. Bayer (1973), for any palette: each color becomes a
 * mixture of its nearest palette color and the second color that brings the mixture closest to it, as in
 * Joel Yliluoma's "arbitrary-palette positional dithering". Thresholds are centered, so that a color halfway
 * between two palette colors becomes exactly half of each.
 */
function orderedDither(
  image: PixelImage,
  palette: readonly number[],
  { size, share }: { size: 2 | 4 | 8; share: number },
): PixelImage {
  const labs = palette.map(toOklab);
  const thresholds = bayerThresholds(size);
  const mixtures = new Map<number, Mixture>();
  const data = image.data.slice();
  for (let i = 0, pixel = 0; i < data.length; i += 4, pixel++) {
    if (data[i + 3] === 0) continue;
    const color = colorAt(data, i);
    let mixture = mixtures.get(color);
    if (mixture === undefined) {
      mixture = findMixture(toOklab(color), labs);
      mixtures.set(color, mixture);
    }
    const x = pixel % image.width;
    const y = (pixel - x) / image.width;
    const threshold = thresholds[(y % size) * size + (x % size)]!;
    setColor(data, i, palette[threshold < share * mixture.share ? mixture.second : mixture.first]!);
  }
  return { width: image.width, height: image.height, data };
}

function findMixture(target: Oklab, labs: readonly Oklab[]): Mixture {
  const first = nearestIndex(target, labs);
  const base = labs[first]!;
  let best: Mixture = { first, second: first, share: 0 };
  const baseDistance = squaredDistance(target, base);
  let bestError = baseDistance;
  for (let second = 0; second < labs.length; second++) {
    const other = labs[second]!;
    const length = squaredDistance(base, other);
    if (length === 0) continue;
    const along =
      (target.l - base.l) * (other.l - base.l) +
      (target.a - base.a) * (other.a - base.a) +
      (target.b - base.b) * (other.b - base.b);
    const share = Math.max(0, Math.min(0.5, along / length));
    // Squared distance from the target to the mixture, base + share * (other - base).
    const distance = baseDistance - 2 * share * along + share * share * length;
    const error = distance + CONTRAST_PENALTY * share * (1 - share) * length;
    if (error < bestError) {
      bestError = error;
      best = { first, second, share };
    }
  }
  return best;
}

/** Thresholds between 0 and 1, row by row: M(2n) consists of four copies of 4 M(n), plus 0, 2, 3 and 1. */
function bayerThresholds(size: number): number[] {
  let ranks = [0];
  for (let n = 1; n < size; n *= 2) {
    const small = ranks;
    ranks = Array.from({ length: 4 * n * n }, (_, i) => {
      const x = i % (2 * n);
      const y = Math.floor(i / (2 * n));
      const quadrant = y < n ? (x < n ? 0 : 2) : x < n ? 3 : 1;
      return 4 * small[(y % n) * n + (x % n)]! + quadrant;
    });
  }
  return ranks.map((rank) => (rank + 0.5) / (size * size));
}

/** The pixel to the right and the three below, for a row that runs to the right. In sixteenths. */
const DIFFUSION = [
  { dx: 1, dy: 0, part: 7 / 16 },
  { dx: -1, dy: 1, part: 3 / 16 },
  { dx: 0, dy: 1, part: 5 / 16 },
  { dx: 1, dy: 1, part: 1 / 16 },
];

/** Error diffusion of R. Floyd and L. Steinberg (1976) in OKLab; rows alternate between left to right and right to left. */
function diffuseError(image: PixelImage, palette: readonly number[], share: number): PixelImage {
  const { width, height } = image;
  const labs = palette.map(toOklab);
  const exact = new Set(palette);
  const errors = new Float64Array(3 * width * height);
  const data = image.data.slice();
  for (let y = 0; y < height; y++) {
    const direction = y % 2 === 0 ? 1 : -1;
    for (let step = 0; step < width; step++) {
      const x = direction === 1 ? step : width - 1 - step;
      const pixel = y * width + x;
      if (data[4 * pixel + 3] === 0) continue;
      const color = colorAt(data, 4 * pixel);
      if (exact.has(color)) continue;
      const lab = toOklab(color);
      const wanted = {
        l: Math.max(0, Math.min(1, lab.l + errors[3 * pixel]!)),
        a: lab.a + errors[3 * pixel + 1]!,
        b: lab.b + errors[3 * pixel + 2]!,
      };
      const chosen = nearestIndex(wanted, labs);
      setColor(data, 4 * pixel, palette[chosen]!);
      const got = labs[chosen]!;
      for (const { dx, dy, part } of DIFFUSION) {
        const nx = x + direction * dx;
        if (nx < 0 || nx >= width || y + dy >= height) continue;
        const at = 3 * ((y + dy) * width + nx);
        errors[at]! += share * part * (wanted.l - got.l);
        errors[at + 1]! += share * part * (wanted.a - got.a);
        errors[at + 2]! += share * part * (wanted.b - got.b);
      }
    }
  }
  return { width, height, data };
}
