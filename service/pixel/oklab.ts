/**
 * OKLab: a space in which equal distances look about equally large.
 * Source: Björn Ottosson, "A perceptual color space for image processing" (2020), with the matrices
 * of its 2021-01-25 revision, and the sRGB transfer curve of IEC 61966-2-1.
 */

/** l is 0 (black) to 1 (white); a and b are about -0.4 to 0.4. */
export interface Oklab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

const LINEAR = Float64Array.from({ length: 256 }, (_, i) => {
  const value = i / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Converts an sRGB color, 0xRRGGBB, to OKLab. */
export function toOklab(color: number): Oklab {
  const r = LINEAR[color >> 16]!;
  const g = LINEAR[(color >> 8) & 255]!;
  const b = LINEAR[color & 255]!;
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  };
}

/** Converts OKLab to the nearest sRGB color, 0xRRGGBB; values outside sRGB are clamped per channel. */
export function fromOklab({ l, a, b }: Oklab): number {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = encode(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  const green = encode(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  const blue = encode(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
  return (red << 16) | (green << 8) | blue;
}

/** Squares the distance between two OKLab colors: 0.02² is just visible, black to white is 1. */
export function squaredDistance(one: Oklab, other: Oklab): number {
  const l = one.l - other.l;
  const a = one.a - other.a;
  const b = one.b - other.b;
  return l * l + a * a + b * b;
}

function encode(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.max(0, Math.min(255, Math.round(255 * value)));
}
