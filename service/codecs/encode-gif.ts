import { createRequire } from "node:module";
import { joinFrames, type PixelImage } from "../pixel/image.ts";
import { type IndexedPixels, indexPixels } from "../pixel/index-pixels.ts";
import { limitColors } from "../pixel/limit-colors.ts";

// CommonJS: loaders cannot find its exports by name, and its default export differs from loader to loader.
const require = createRequire(import.meta.url);
const { GIFEncoder } = require("gifenc") as typeof import("gifenc");

/** Colors of one frame; if a frame has transparent pixels, these use up one of them. */
const MOST_COLORS = 256;
/** "Restore to background": a frame with holes must not show the one before. */
const CLEARED = 2;
const KEPT = 1;

export interface GifAnimation {
  /** At least one, all of one size. Alpha becomes 0 or 255, which is all that a GIF knows. */
  frames: readonly PixelImage[];
  durationsMs: readonly number[];
  /** How often it plays; 0 = forever. */
  loop: number;
}

export interface EncodedGif {
  bytes: Uint8Array;
  /** The durations as stored in the file: whole hundredths of a second, at least 20 ms. */
  durationsMs: number[];
}

/** Returns the durations that a GIF can store: hundredths of a second, none so short that browsers slow it down. */
export function gifDurations(durationsMs: readonly number[]): number[] {
  return durationsMs.map((ms) => Math.max(20, 10 * Math.round(ms / 10)));
}

/** Counts the durations that a GIF stores as something else. */
export function countRounded(durationsMs: readonly number[]): number {
  return gifDurations(durationsMs).filter((ms, i) => ms !== durationsMs[i]).length;
}

/** Counts the frames that a GIF stores with fewer colors than they have. */
export function countReduced(frames: readonly PixelImage[]): number {
  return frames.filter((frame) => indexPixels(withHardAlpha(frame), MOST_COLORS) === null).length;
}

/**
 * Encodes frames as a GIF. If all frames together fit into 256 colors, they share a global palette; otherwise each frame
 * has its own. A frame with more distinct pixels than that is reduced to as many, the only loss there is.
 */
export function encodeGif({ frames: given, durationsMs, loop }: GifAnimation): EncodedGif {
  const frames = given.map(withHardAlpha);
  const delays = gifDurations(durationsMs);
  const shared = indexPixels(joinFrames(frames), MOST_COLORS);
  const encoder = GIFEncoder();
  for (const [i, frame] of frames.entries()) {
    const { width, height } = frame;
    const size = width * height;
    const own = shared
      ? { colors: shared.colors, indexes: shared.indexes.subarray(i * size, (i + 1) * size) }
      : indexFrame(frame);
    // Index 0 is the transparent one if there is one: see indexPixels.
    const transparent = (own.colors[0] ?? 255) % 256 === 0;
    encoder.writeFrame(own.indexes, width, height, {
      ...(i === 0 || !shared ? { palette: own.colors.map(rgbOf) } : {}),
      delay: delays[i] ?? 100,
      // The loop count of a GIF counts repetitions after the first time.
      repeat: loop === 0 ? 0 : loop === 1 ? -1 : loop - 1,
      transparent,
      transparentIndex: 0,
      dispose: transparent ? CLEARED : KEPT,
    });
  }
  encoder.finish();
  return { bytes: encoder.bytes(), durationsMs: delays };
}

function indexFrame(frame: PixelImage): IndexedPixels {
  // One entry less: transparent pixels may need it.
  const indexed =
    indexPixels(frame, MOST_COLORS) ?? indexPixels(limitColors(frame, MOST_COLORS - 1), MOST_COLORS);
  if (!indexed) throw new RangeError(`A frame keeps more than ${MOST_COLORS} colors.`);
  return indexed;
}

function rgbOf(color: number): number[] {
  return [Math.floor(color / 2 ** 24), Math.floor(color / 2 ** 16) & 255, Math.floor(color / 256) & 255];
}

/** Gives a picture whose alpha is 0 or 255; the same one if it has no other. */
function withHardAlpha(image: PixelImage): PixelImage {
  const isHard = (alpha: number): boolean => alpha === 0 || alpha === 255;
  const { data } = image;
  let i = 3;
  while (i < data.length && isHard(data[i] ?? 0)) i += 4;
  if (i >= data.length) return image;
  const hard = Uint8Array.from(data);
  for (let at = 0; at < hard.length; at += 4) {
    if ((hard[at + 3] ?? 0) >= 128) hard[at + 3] = 255;
    else hard.fill(0, at, at + 4);
  }
  return { ...image, data: hard };
}
