import sharp from "sharp";
import { describeValue, ServiceError } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/requests.ts";
import type { PixelImage } from "../pixel/image.ts";

/**
 * Pictures from outside: hostile until proven otherwise. The first bytes must name one of four formats, libvips
 * may use the loaders of these four only (an SVG can read files, a TIFF has a long history of faults), and a
 * header that promises too many pixels is refused before anything is allocated.
 */
const LOADERS = [
  "VipsForeignLoadPngBuffer",
  "VipsForeignLoadJpegBuffer",
  "VipsForeignLoadNsgifBuffer",
  "VipsForeignLoadWebpBuffer",
];
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: LOADERS });
// Pictures are small and come one by one: a cache and more threads would only hold memory.
sharp.cache(false);
sharp.concurrency(1);

const DECODE_SECONDS = 5;
const EXPECTED = `base64 of a PNG, JPEG, GIF or WebP of at most ${LIMITS.imagePixels} pixels`;

/**
 * Decodes a PNG, JPEG, GIF or WebP into RGBA of 8 bits: its first frame, upright by its EXIF orientation, with
 * 16-bit, gray, CMYK and palette pictures converted. `field` names the request field in errors.
 * Throws ServiceError("invalid-image") for whatever cannot be read whole, or has too many pixels.
 */
export async function decodeImage(bytes: Uint8Array, field: string): Promise<PixelImage> {
  const format = sniffFormat(bytes);
  if (format === null) throw invalidImage(field, describeBytes(bytes));
  try {
    const { data, info } = await sharp(bytes, {
      limitInputPixels: LIMITS.imagePixels,
      failOn: "error",
      animated: false,
      autoOrient: true,
    })
      .timeout({ seconds: DECODE_SECONDS })
      .toColorspace("srgb")
      .ensureAlpha()
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 4 || data.length !== 4 * info.width * info.height) {
      throw new Error(`Decoding gave ${info.channels} channels and ${data.length} bytes.`);
    }
    return clearTransparent({ width: info.width, height: info.height, data: new Uint8Array(data) });
  } catch (cause) {
    throw invalidImage(
      field,
      `a ${format} of ${bytes.length} bytes that cannot be read: ${reason(cause)}`,
      cause,
    );
  }
}

/**
 * Decodes the base64 of a picture, with or without a data: prefix. The base64 must be strict: no line breaks, no
 * foreign characters, right padding. The type that a prefix claims does not count, the bytes do.
 */
export async function decodeBase64Image(text: string, field: string): Promise<PixelImage> {
  const payload = text.replace(/^data:[a-z0-9.+/-]{0,64};base64,/i, "");
  const valid = payload.length > 0 && payload.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(payload);
  if (!valid) throw invalidImage(field, `text that is not base64: ${describeValue(text)}`);
  return decodeImage(Buffer.from(payload, "base64"), field);
}

/** Names the format by its first bytes; null for anything but the four. */
function sniffFormat(bytes: Uint8Array): "PNG" | "JPEG" | "GIF" | "WebP" | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "PNG";
  if (start.startsWith("\xff\xd8\xff")) return "JPEG";
  if (/^GIF8[79]a/.test(start)) return "GIF";
  if (start.startsWith("RIFF") && start.slice(8) === "WEBP") return "WebP";
  return null;
}

function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no bytes";
  const start = Buffer.from(bytes.subarray(0, 256)).toString("latin1");
  const kind = /^\s*(<\?xml|<svg|<!doctype)/i.test(start) ? "an SVG or other XML" : "another format";
  return `${kind}, ${bytes.length} bytes that begin with ${describeValue(start.slice(0, 16))}`;
}

/** First line of what libvips says: it names the fault, and no path, since nothing is read from disk. */
function reason(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.split("\n")[0] ?? "").slice(0, 120);
}

function invalidImage(field: string, got: string, cause?: unknown): ServiceError {
  return new ServiceError("invalid-image", `Expected ${EXPECTED} for ${field} but received ${got}.`, {
    errors: [{ field, got, expected: EXPECTED }],
    cause,
  });
}

/** Zeroes the colour of transparent pixels, as every PixelImage has it. */
function clearTransparent(image: PixelImage): PixelImage {
  for (let i = 0; i < image.data.length; i += 4) if (image.data[i + 3] === 0) image.data.fill(0, i, i + 4);
  return image;
}
