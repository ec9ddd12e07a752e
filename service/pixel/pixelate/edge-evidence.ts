import type { PixelImage } from "../image.ts";

/** How many pixel rows are averaged before a step is measured: noise cancels out, the border of a cell does not. */
const GROUP_SIZE = 3;
/** At most about this many groups are read of a picture: more say nothing new. */
const ENOUGH_GROUPS = 170;
/** A step counts at most this much, out of 1: one black outline must not outvote ten soft borders. */
const MOST_STEP = 0.12;
/** Steps below this many times the median step are noise. */
const NOISE_FACTOR = 1.5;
/** And so are steps below this: no eye sees them, but a codec leaves them on its own lattice. */
const LEAST_STEP = 0.001;
const NOISE_SAMPLES = 20_000;
/** What a step from clear to drawn counts as. */
const ALPHA_WEIGHT = 90;
/** How much of a pixel is drawn, by its alpha: nearly a threshold, so that a halo is a single edge. */
const DRAWN = Float64Array.from({ length: 256 }, (_, alpha) =>
  Math.max(0, Math.min(1, (alpha / 255 - 0.35) / 0.3)),
);

/**
 * How much each place along an axis looks like the border of a cell, in groups of pixel rows across it:
 * `strength[group * (length + 1) + i]` is for the place between pixel i - 1 and pixel i. A group stands for `spacing`
 * pixel rows, of which it has read the first few.
 */
export interface EdgeEvidence {
  readonly strength: Float32Array;
  readonly groups: number;
  readonly spacing: number;
  readonly length: number;
}

/** The evidence of both axes. */
export interface BothEvidence {
  readonly x: EdgeEvidence;
  readonly y: EdgeEvidence;
}

/**
 * Measures the steps of color and alpha along both axes. The color space is luma and two differences of the encoded
 * channels, in which noise is even. Of large pictures every second or third group of rows is read.
 */
export function edgeEvidence(image: PixelImage): BothEvidence {
  const x = measure(image, { length: image.width, across: image.height, step: 1, stride: image.width });
  const y = measure(image, { length: image.height, across: image.width, step: image.width, stride: 1 });
  cutNoise(x.strength);
  cutNoise(y.strength);
  return { x, y };
}

/** Averages the evidence of frames of one size, at least one. */
export function averageEvidence(frames: readonly BothEvidence[]): BothEvidence {
  const [first, ...rest] = frames;
  for (const axis of ["x", "y"] as const) {
    const { strength } = first![axis];
    for (const frame of rest)
      for (let i = 0; i < strength.length; i++) strength[i] = strength[i]! + frame[axis].strength[i]!;
  }
  return first!;
}

interface Axis {
  /** Pixels along the axis and across it, and how far apart two of them are in the data. */
  length: number;
  across: number;
  step: number;
  stride: number;
}

function measure({ data }: PixelImage, { length, across, step, stride }: Axis): EdgeEvidence {
  const rows = Math.min(GROUP_SIZE, across);
  const spacing = rows * Math.max(1, Math.floor(across / (rows * ENOUGH_GROUPS)));
  const groups = Math.max(1, Math.floor(across / spacing));
  const strength = new Float32Array(groups * (length + 1));
  const scale = 1 / (255 * rows);
  // Row by row of the picture, whatever the axis: the values of the pixel before are kept for each group.
  const before = new Float32Array(4 * groups);
  for (let i = 0; i < length; i++) {
    for (let group = 0; group < groups; group++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let drawn = 0;
      let offset = 4 * (i * step + group * spacing * stride);
      for (let row = 0; row < rows; row++, offset += 4 * stride) {
        const share = DRAWN[data[offset + 3]!]!;
        red += share * data[offset]!;
        green += share * data[offset + 1]!;
        blue += share * data[offset + 2]!;
        drawn += share;
      }
      const luma = 0.3 * red + 0.59 * green + 0.11 * blue;
      const tint = 0.5 * (red - green);
      const chill = 0.35 * (blue - luma);
      const alpha = ALPHA_WEIGHT * drawn;
      const at = 4 * group;
      const a = luma - before[at]!;
      const b = tint - before[at + 1]!;
      const c = chill - before[at + 2]!;
      const d = alpha - before[at + 3]!;
      before[at] = luma;
      before[at + 1] = tint;
      before[at + 2] = chill;
      before[at + 3] = alpha;
      if (i > 0) strength[group * (length + 1) + i] = Math.sqrt(a * a + b * b + c * c + d * d) * scale;
    }
  }
  return { strength, groups, spacing, length };
}

/** Subtracts the noise from all steps and limits them, in place. */
function cutNoise(strength: Float32Array): void {
  const stride = Math.max(1, Math.floor(strength.length / NOISE_SAMPLES));
  const samples = new Float32Array(Math.ceil(strength.length / stride));
  for (let i = 0; i < samples.length; i++) samples[i] = strength[i * stride]!;
  samples.sort();
  const noise = Math.max(LEAST_STEP, NOISE_FACTOR * samples[samples.length >> 1]!);
  for (let i = 0; i < strength.length; i++) {
    const over = strength[i]! - noise;
    strength[i] = over > MOST_STEP ? MOST_STEP : over > 0 ? over : 0;
  }
}
