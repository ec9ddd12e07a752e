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

/** An external picture with all its frames. */
export interface DecodedFrames {
  format: PictureFormat;
  /** At least one; all of one size. */
  frames: PixelImage[];
  /** Duration of each frame, in ms; null for a still. */
  durationsMs: number[] | null;
  /** How often an animation plays; 0 = forever. */
  loop: number;
  /** The original bytes. */
  bytes: Uint8Array;
}

/** How long browsers show a frame whose delay is too short for them to respect, in ms. */
const SHORT_FRAME_MS = 100;
const SHORTEST_MS = 20;

const expectedFrames = (mostPixels: number): string =>
  expectedPicture(mostPixels, ` in total over at most ${LIMITS.frames} frames`);

/**
 * Decodes the base64 of a picture with all frames of a GIF or WebP, each complete (as shown, not as stored). The
 * number of frames and the total number of pixels are limited, judging by the header.
 * Delays under 20 ms count as 100 ms, as in browsers. Throws ServiceError("invalid-image").
 */
export async function decodeBase64Frames(
  text: string,
  field: string,
  mostPixels: number = LIMITS.framePixels,
): Promise<DecodedFrames> {
  return decodeFrames(readBase64(text, field, expectedFrames(mostPixels)), field, mostPixels);
}

/** Like decodeBase64Frames, for bytes. */
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
