import { describeValue, invalidParameter, type ServiceError } from "../../shared/errors.ts";

/** The four formats that an external picture may have. */
export type PictureFormat = "PNG" | "JPEG" | "GIF" | "WebP";

/**
 * Reads the base64 of a picture, with or without a data: prefix. The base64 must be strict: no line breaks, no
 * other characters, correct padding. The type in the prefix is ignored; only the bytes count.
 * Throws invalid-image naming `field`.
 */
export function readBase64(text: string, field: string, expected: string): Uint8Array {
  const payload = text.replace(/^data:[a-z0-9.+/-]{0,64};base64,/i, "");
  const valid = payload.length > 0 && payload.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(payload);
  if (!valid) throw invalidImage(field, `text that is not base64: ${describeValue(text)}`, { expected });
  return Buffer.from(payload, "base64");
}

/** Detects the format from its first bytes; null for anything but these four. */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "PNG";
  if (start.startsWith("\xff\xd8\xff")) return "JPEG";
  if (/^GIF8[79]a/.test(start)) return "GIF";
  if (start.startsWith("RIFF") && start.slice(8) === "WEBP") return "WebP";
  return null;
}

/** Says what bytes of an unknown format look like. */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no bytes";
  const start = Buffer.from(bytes.subarray(0, 256)).toString("latin1");
  const kind = /^\s*(<\?xml|<svg|<!doctype)/i.test(start) ? "an SVG or other XML" : "another format";
  return `${kind}: ${bytes.length} bytes starting with ${describeValue(start.slice(0, 16))}`;
}

/** Returns the first line of libvips' message: it names the fault but no path, since nothing is read from disk. */
export function decodingFault(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return (text.split("\n")[0] ?? "").slice(0, 120);
}

/** Says which pictures a field accepts. */
export function expectedPicture(mostPixels: number, most = ""): string {
  return `base64 of a PNG, JPEG, GIF or WebP of at most ${mostPixels} pixels${most}`;
}

/** Makes the error of a picture that cannot be read. */
export function invalidImage(
  field: string,
  got: string,
  { expected, cause }: { expected: string; cause?: unknown },
): ServiceError {
  return invalidParameter(field, got, expected, { code: "invalid-image", cause });
}
