import { LIMITS } from "../../shared/requests.ts";
import type { PixelImage } from "../pixel/image.ts";
import { decodeImage } from "./decode-image.ts";
import { isWholeGif } from "./gif-blocks.ts";
import {
  decodingFault,
  describeBytes,
  expectedPicture,
  invalidImage,
  type PictureFormat,
  readBase64,
  sniffFormat,
} from "./picture-bytes.ts";
import { decodePixels, readHeader } from "./safe-sharp.ts";

/** A picture from outside with all its frames. */
export interface DecodedFrames {
  format: PictureFormat;
  /** At least one; all of one size. */
  frames: PixelImage[];
  /** How long each frame is shown, in ms; null for a still. */
  durationsMs: number[] | null;
  /** How often an animation is played; 0 = for ever. */
  loop: number;
  /** The bytes as they came. */
  bytes: Uint8Array;
}

/** What browsers show a frame for whose delay is shorter than they take seriously, in ms. */
const SHORT_FRAME_MS = 100;
const SHORTEST_MS = 20;

const expectedFrames = (mostPixels: number): string =>
  expectedPicture(mostPixels, ` in total over at most ${LIMITS.frames} frames`);

/**
 * Decodes the base64 of a picture with all frames of a GIF or WebP, each whole (as shown, not as stored). The
 * number of frames and the pixels of all together are bounded and judged by the header.
 * Delays under 20 ms count as 100 ms, as browsers show them. Throws ServiceError("invalid-image").
 */
export async function decodeBase64Frames(
  text: string,
  field: string,
  mostPixels: number = LIMITS.framePixels,
): Promise<DecodedFrames> {
  return decodeFrames(readBase64(text, field, expectedFrames(mostPixels)), field, mostPixels);
}

/** Decodes bytes as decodeBase64Frames does its text. */
export async function decodeFrames(
  bytes: Uint8Array,
  field: string,
  mostPixels: number = LIMITS.framePixels,
): Promise<DecodedFrames> {
  const expected = expectedFrames(mostPixels);
  const format = sniffFormat(bytes);
  if (format === null) throw invalidImage(field, describeBytes(bytes), { expected });
  if (format === "GIF" && !isWholeGif(bytes))
    throw invalidImage(field, `a truncated GIF of ${bytes.length} bytes`, { expected });
  const animation =
    format === "GIF" || format === "WebP"
      ? await decodeAnimation(bytes, { field, format, mostPixels, expected })
      : null;
  if (animation) return animation;
  const image = await decodeImage(bytes, field, { mostPixels, expected });
  return { format, frames: [image], durationsMs: null, loop: 0, bytes };
}

interface AnimationLimits {
  field: string;
  format: PictureFormat;
  mostPixels: number;
  expected: string;
}

async function decodeAnimation(
  bytes: Uint8Array,
  { field, format, mostPixels, expected }: AnimationLimits,
): Promise<DecodedFrames | null> {
  const unreadable = (cause: unknown) => {
    const got = `a ${format} of ${bytes.length} bytes that cannot be read: ${decodingFault(cause)}`;
    throw invalidImage(field, got, { expected, cause });
  };
  const header = await readHeader(bytes, mostPixels).catch(unreadable);
  if (header.pages === 1) return null;
  if (header.pages > LIMITS.frames) {
    throw invalidImage(field, `a ${format} with ${header.pages} frames`, { expected });
  }
  const { width, height, pages, data } = await decodePixels(bytes, { mostPixels, animated: true }).catch(
    unreadable,
  );
  const rows = height / pages;
  const frames = Array.from({ length: pages }, (_, i) => {
    return { width, height: rows, data: data.slice(4 * width * rows * i, 4 * width * rows * (i + 1)) };
  });
  const durationsMs = frames.map((_, i) => shownFor(header.delays[i] ?? 0));
  return { format, frames, durationsMs, loop: header.loop, bytes };
}

function shownFor(delay: number): number {
  return delay < SHORTEST_MS ? SHORT_FRAME_MS : delay;
}
