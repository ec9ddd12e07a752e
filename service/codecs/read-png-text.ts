import { readPngChunks } from "./png-chunks.ts";

/**
 * Reads the text of a PNG: keyword -> value, from its tEXt and uncompressed iTXt chunks, which is what
 * `encodePng` writes. Throws a RangeError if the bytes are not a complete PNG.
 */
export function readPngText(bytes: Uint8Array): Record<string, string> {
  const entries: [string, string][] = [];
  for (const { type, data } of readPngChunks(bytes)) {
    if (type !== "tEXt" && type !== "iTXt") continue;
    const chunk = Buffer.from(data);
    const end = chunk.indexOf(0);
    if (end < 1) continue;
    const keyword = chunk.toString("latin1", 0, end);
    if (type === "tEXt") entries.push([keyword, chunk.toString("latin1", end + 1)]);
    else if (chunk[end + 1] === 0) entries.push([keyword, internationalText(chunk, end + 3)]);
  }
  return Object.fromEntries(entries);
}

/** The text after the language tag and the translated keyword, each of which ends with a NUL. */
function internationalText(chunk: Buffer, start: number): string {
  const language = chunk.indexOf(0, start);
  const translated = language < 0 ? -1 : chunk.indexOf(0, language + 1);
  return translated < 0 ? "" : chunk.toString("utf8", translated + 1);
}
