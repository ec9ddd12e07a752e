import { LIMITS } from "../../shared/requests.ts";
import type { PixelImage } from "../pixel/image.ts";
import {
  decodingFault,
  describeBytes,
  expectedPicture,
  invalidImage,
  readBase64,
  sniffFormat,
} from "./picture-bytes.ts";
import { decodePixels } from "./safe-sharp.ts";

const EXPECTED = expectedPicture(LIMITS.imagePixels);
const USUAL = { mostPixels: LIMITS.imagePixels, expected: EXPECTED };

/**
 * Decodes a PNG, JPEG, GIF or WebP into 8-bit RGBA: its first frame, upright according to its EXIF orientation, with
 * 16-bit, grayscale, CMYK and palette pictures converted. `field` names the request field in errors.
 * Throws ServiceError("invalid-image") for anything that cannot be read completely, or has too many pixels.
 */
export async function decodeImage(
  bytes: Uint8Array,
  field: string,
  { mostPixels, expected }: { mostPixels: number; expected: string } = USUAL,
): Promise<PixelImage> {
  const format = sniffFormat(bytes);
  if (format === null) throw invalidImage(field, describeBytes(bytes), { expected });
  try {
    const { width, height, data } = await decodePixels(bytes, { mostPixels, animated: false });
    return { width, height, data };
  } catch (cause) {
    const got = `a ${format} of ${bytes.length} bytes that cannot be read: ${decodingFault(cause)}`;
    throw invalidImage(field, got, { expected, cause });
  }
}

/** Decodes the base64 of a picture, strict, with or without a data: prefix; see decodeImage. */
export async function decodeBase64Image(text: string, field: string): Promise<PixelImage> {
  return decodeImage(readBase64(text, field, EXPECTED), field);
}
