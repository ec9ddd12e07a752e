import type { PixelImage } from "../image.ts";

/** How many pixel rows are averaged before a step is measured: noise cancels out, the border of a cell does not. */
export const GROUP_SIZE = 3;
/** A step counts at most this much, out of 1: one black outline must not outvote ten soft borders. */
const MOST_STEP = 0.12;
/** Steps below this many times the median step are noise. */
const NOISE_FACTOR = 1.5;
const NOISE_SAMPLES = 20_000;
/** What a step from clear to drawn counts as. */
const ALPHA_WEIGHT = 90;

/**
 * How much each place along an axis looks like the border of a cell, in groups of pixel rows across it:
 * `strength[group * (length + 1) + i]` is for the place between pixel i - 1 and pixel i.
 */
export interface EdgeEvidence {
  readonly strength: Float32Array;
  readonly groups: number;
  readonly length: number;
}

/**
 * Measures the steps of color and alpha along both axes, each in one pass over the picture. The color space is
 * luma and two differences of the encoded channels, in which noise is even. Alpha is thresholded, so that a halo
 * is a single edge.
 */
export function edgeEvidence(image: PixelImage): { x: EdgeEvidence; y: EdgeEvidence } {
  const x = createEvidence(image.width, image.height);
  const y = createEvidence(image.height, image.width);
  const sums = new Float32Array(4 * image.width);
  const tall = { last: new Float32Array(4 * y.groups), here: new Float32Array(4 * y.groups) };
  const pixel = new Float32Array(4);
  for (let row = 0; row < image.height; row++) {
    const group = Math.min(x.groups - 1, Math.floor(row / GROUP_SIZE));
    if (row === group * GROUP_SIZE) sums.fill(0);
    tall.here.fill(0);
    for (let column = 0; column < image.width; column++) {
      readPixel(image.data, 4 * (row * image.width + column), pixel);
      const at = 4 * Math.min(y.groups - 1, Math.floor(column / GROUP_SIZE));
      for (let c = 0; c < 4; c++) {
        sums[4 * column + c] = sums[4 * column + c]! + pixel[c]!;
        tall.here[at + c] = tall.here[at + c]! + pixel[c]!;
      }
    }
    const rows = row + 1 - group * GROUP_SIZE;
    if (row === image.height - 1 || (rows === GROUP_SIZE && group < x.groups - 1)) {
      for (let i = 1; i < image.width; i++)
        x.strength[group * (image.width + 1) + i] = stepSize(sums, 4 * i, sums, 4 * i - 4) / rows;
    }
    if (row > 0) writeTall(y, row, { ...tall, width: image.width });
    [tall.last, tall.here] = [tall.here, tall.last];
  }
  cutNoise(x.strength);
  cutNoise(y.strength);
  return { x, y };
}

/** Averages the evidence of frames of one size, at least one. */
export function averageEvidence(frames: readonly { x: EdgeEvidence; y: EdgeEvidence }[]): {
  x: EdgeEvidence;
  y: EdgeEvidence;
} {
  const [first, ...rest] = frames;
  for (const axis of ["x", "y"] as const) {
    const { strength } = first![axis];
    for (const frame of rest)
      for (let i = 0; i < strength.length; i++) strength[i] = strength[i]! + frame[axis].strength[i]!;
  }
  return first!;
}

function createEvidence(length: number, across: number): EdgeEvidence {
  const groups = Math.max(1, Math.floor(across / GROUP_SIZE));
  return { strength: new Float32Array(groups * (length + 1)), groups, length };
}

function writeTall(
  { strength, groups, length }: EdgeEvidence,
  row: number,
  { last, here, width }: { last: Float32Array; here: Float32Array; width: number },
): void {
  for (let group = 0; group < groups; group++) {
    const columns = group === groups - 1 ? width - group * GROUP_SIZE : GROUP_SIZE;
    strength[group * (length + 1) + row] = stepSize(here, 4 * group, last, 4 * group) / columns;
  }
}

function readPixel(data: Uint8Array, offset: number, out: Float32Array): void {
  const alpha = data[offset + 3]!;
  const drawn = alpha === 255 ? 1 : Math.max(0, Math.min(1, (alpha / 255 - 0.35) / 0.3));
  const red = data[offset]! * drawn;
  const green = data[offset + 1]! * drawn;
  const blue = data[offset + 2]! * drawn;
  const luma = 0.3 * red + 0.59 * green + 0.11 * blue;
  out[0] = luma;
  out[1] = 0.5 * (red - green);
  out[2] = 0.35 * (blue - luma);
  out[3] = ALPHA_WEIGHT * drawn;
}

function stepSize(one: Float32Array, i: number, other: Float32Array, j: number): number {
  const a = one[i]! - other[j]!;
  const b = one[i + 1]! - other[j + 1]!;
  const c = one[i + 2]! - other[j + 2]!;
  const d = one[i + 3]! - other[j + 3]!;
  return Math.sqrt(a * a + b * b + c * c + d * d) / 255;
}

/** Subtracts the noise from all steps and limits them, in place. */
function cutNoise(strength: Float32Array): void {
  const stride = Math.max(1, Math.floor(strength.length / NOISE_SAMPLES));
  const samples = Float32Array.from({ length: Math.ceil(strength.length / stride) }, (_, i) => {
    return strength[i * stride]!;
  }).sort();
  const noise = NOISE_FACTOR * samples[samples.length >> 1]!;
  for (let i = 0; i < strength.length; i++)
    strength[i] = Math.max(0, Math.min(MOST_STEP, strength[i]! - noise));
}
