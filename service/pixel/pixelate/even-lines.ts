import type { PixelImage } from "../image.ts";

/** At most this many places of a line are compared with the lines beside it. */
const SAMPLES = 41;
const FEWEST_SAMPLES = 5;
/** A place this dark, of 255, says nothing about how much darker a line is. */
const DARK = 40;
/** A line is dark if it has less than this share of the light of its neighbors. */
const DARKER = 0.93;
/** Lines that fade in and out take several rounds: each compares with the next neighbors only. */
const ROUNDS = 4;
/** Dark lines are drawn by a screen if there are so many, at even distances, over so much of the picture. */
const FEWEST_LINES = 8;
const EVEN_SHARE = 0.75;
const COVERED_SHARE = 0.6;
const WIDEST_GAP = 16;
/** How many lines in the middle of a picture are looked at first: most pictures have no dark ones. */
const PROBE = 64;

/**
 * Takes away the dark lines that emulators draw like those of a screen (scanlines, the grid of an LCD): every line is
 * made as light as its neighbors. Gives null for a picture that has no such lines, evenly spaced along an axis.
 */
export function withoutScreenLines(image: PixelImage): PixelImage | null {
  const { width, height } = image;
  const rows = lineLight(image, { count: height, across: width, step: width, stride: 1 });
  const columns = lineLight(image, { count: width, across: height, step: 1, stride: width });
  if (rows === null && columns === null) return null;
  const data = image.data.slice();
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const light = (rows?.[y] ?? 1) * (columns?.[x] ?? 1);
      if (light === 1) continue;
      for (let c = i; c < i + 3; c++) data[c] = Math.min(255, Math.round(data[c]! / light));
    }
  }
  return { width, height, data };
}

interface Axis {
  /** Lines along the axis, pixels in each, and how far apart two lines and two pixels of a line are in the data. */
  count: number;
  across: number;
  step: number;
  stride: number;
}

/** The light of each line as a share of that of the lightest lines near it, or null if no screen drew the dark ones. */
function lineLight(image: PixelImage, axis: Axis): Float32Array | null {
  const { count } = axis;
  const first = Math.max(0, Math.floor((count - PROBE) / 2));
  const probe = sampleLines(image, axis, { from: first, to: Math.min(count, first + PROBE) });
  if (!darkenOnce(probe, new Float32Array(probe.length / SAMPLES).fill(1))) return null;
  const light = new Float32Array(count).fill(1);
  const samples = sampleLines(image, axis, { from: 0, to: count });
  for (let round = 0; round < ROUNDS; round++) {
    if (!darkenOnce(samples, light)) break;
  }
  return areEven(light) ? light : null;
}

/** The brightest channel of some places of each line. */
function sampleLines(
  { data }: PixelImage,
  { across, step, stride }: Axis,
  { from, to }: { from: number; to: number },
): Float32Array {
  const samples = new Float32Array((to - from) * SAMPLES);
  for (let line = from, at = 0; line < to; line++) {
    for (let k = 0; k < SAMPLES; k++, at++) {
      const i = 4 * (line * step + Math.floor(((k + 0.5) * across) / SAMPLES) * stride);
      samples[at] = Math.max(data[i]!, data[i + 1]!, data[i + 2]!);
    }
  }
  return samples;
}

/** Compares each line with its neighbors and multiplies its light by the share found. Returns whether any is darker. */
function darkenOnce(samples: Float32Array, light: Float32Array): boolean {
  const count = light.length;
  const shares = new Float32Array(count).fill(1);
  const ratios = new Float32Array(SAMPLES);
  let any = false;
  for (let line = 0; line < count; line++) {
    const [above, below] = [Math.max(0, line - 1), Math.min(count - 1, line + 1)];
    let known = 0;
    for (let k = 0; k < SAMPLES; k++) {
      const before = samples[above * SAMPLES + k]! / light[above]!;
      const after = samples[below * SAMPLES + k]! / light[below]!;
      const most = before > after ? before : after;
      if (most >= DARK) ratios[known++] = samples[line * SAMPLES + k]! / light[line]! / most;
    }
    const share = known >= FEWEST_SAMPLES ? ratios.subarray(0, known).sort()[known >> 1]! : 1;
    if (share >= DARKER) continue;
    shares[line] = Math.max(0.1, share);
    any = true;
  }
  for (let line = 0; line < count; line++) light[line] = light[line]! * shares[line]!;
  return any;
}

/** Whether dark lines follow each other at even distances over most of the picture. */
function areEven(light: Float32Array): boolean {
  const starts: number[] = [];
  for (let line = 1; line < light.length; line++)
    if (light[line]! < DARKER && light[line]! < light[line - 1]! && light[line]! <= (light[line + 1] ?? 1))
      starts.push(line);
  if (starts.length < FEWEST_LINES) return false;
  const gaps = starts.slice(1).map((line, i) => line - starts[i]!);
  const usual = [...gaps].sort((one, other) => one - other)[gaps.length >> 1]!;
  const even = gaps.filter(
    (gap) => Math.abs(gap - usual) <= Math.max(usual > 2 ? 1 : 0, 0.15 * usual),
  ).length;
  const covered = starts[starts.length - 1]! - starts[0]!;
  return usual <= WIDEST_GAP && even >= EVEN_SHARE * gaps.length && covered >= COVERED_SHARE * light.length;
}
