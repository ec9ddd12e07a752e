import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { joinFrames, type PixelImage } from "../pixel/image.ts";
import { indexPixels } from "../pixel/index-pixels.ts";
import { paletteChunks, pixelRows, pngHeader } from "./encode-png.ts";
import { type PngChunk, writePngChunks } from "./png-chunks.ts";

const deflateAsync = promisify(deflate);
const MOST_INDEXES = 256;
/** fcTL: leave the canvas as it is after a frame, and overwrite it with the next, including alpha. */
const DISPOSE_NONE = 0;
const BLEND_SOURCE = 0;

export interface ApngAnimation {
  /** At least one, all of one size. */
  frames: readonly PixelImage[];
  /** Whole ms, 0 to 65535. */
  durationsMs: readonly number[];
  /** How often it plays; 0 = forever. */
  loop: number;
}

/**
 * Encodes frames as a lossless animated PNG, each frame complete (PNG third edition, acTL, fcTL and fdAT). Programs that
 * do not support animation show the first frame. Up to 256 distinct pixels over all frames share one palette.
 */
export async function encodeApng({ frames, durationsMs, loop }: ApngAnimation): Promise<Uint8Array> {
  const [first] = frames;
  if (!first) throw new RangeError("There are no frames to encode.");
  const { width, height } = first;
  const palette = indexPixels(joinFrames(frames), MOST_INDEXES);
  const chunks: PngChunk[] = [pngHeader({ width, height }, palette), control(frames.length, loop)];
  if (palette) chunks.push(...paletteChunks(palette.colors));
  let sequence = 0;
  for (const [i, frame] of frames.entries()) {
    const size = width * height;
    const own = palette && {
      colors: palette.colors,
      indexes: palette.indexes.subarray(i * size, (i + 1) * size),
    };
    const pixels = await deflateAsync(pixelRows(frame, own), { level: 9, memLevel: 9 });
    chunks.push(frameControl(sequence++, { width, height }, durationsMs[i] ?? 0));
    chunks.push(i === 0 ? { type: "IDAT", data: pixels } : frameData(sequence++, pixels));
  }
  return writePngChunks([...chunks, { type: "IEND", data: new Uint8Array() }]);
}

function control(frames: number, plays: number): PngChunk {
  const data = Buffer.alloc(8);
  data.writeUInt32BE(frames, 0);
  data.writeUInt32BE(plays, 4);
  return { type: "acTL", data };
}

function frameControl(
  sequence: number,
  { width, height }: { width: number; height: number },
  ms: number,
): PngChunk {
  const data = Buffer.alloc(26);
  data.writeUInt32BE(sequence, 0);
  data.writeUInt32BE(width, 4);
  data.writeUInt32BE(height, 8);
  data.writeUInt16BE(Math.max(0, Math.min(65_535, Math.round(ms))), 20);
  data.writeUInt16BE(1000, 22);
  data[24] = DISPOSE_NONE;
  data[25] = BLEND_SOURCE;
  return { type: "fcTL", data };
}

function frameData(sequence: number, pixels: Uint8Array): PngChunk {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(sequence, 0);
  return { type: "fdAT", data: new Uint8Array(Buffer.concat([number, pixels])) };
}
