import { crc32 } from "node:zlib";

/** One chunk of a PNG file: four letters and its bytes. */
export interface PngChunk {
  type: string;
  data: Uint8Array;
}

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** Joins chunks into a PNG file: signature, then length, type, data and CRC-32 of each (PNG third edition, section 5). */
export function writePngChunks(chunks: readonly PngChunk[]): Uint8Array {
  const parts: Uint8Array[] = [SIGNATURE];
  for (const { type, data } of chunks) {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    parts.push(length, body, check);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Splits a PNG file into its chunks; throws a RangeError if it is not a PNG, or a chunk is truncated or damaged. */
export function readPngChunks(bytes: Uint8Array): PngChunk[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new RangeError("This is not a PNG.");
  const chunks: PngChunk[] = [];
  for (let at = 8; at < file.length; ) {
    const end = at + 12 <= file.length ? at + 12 + file.readUInt32BE(at) : Number.POSITIVE_INFINITY;
    if (end > file.length) throw new RangeError(`The PNG ends in the middle of the chunk at byte ${at}.`);
    const body = file.subarray(at + 4, end - 4);
    if (crc32(body) !== file.readUInt32BE(end - 4)) {
      throw new RangeError(`The PNG chunk at byte ${at} is damaged: its CRC does not match.`);
    }
    chunks.push({ type: body.toString("latin1", 0, 4), data: new Uint8Array(body.subarray(4)) });
    at = end;
  }
  return chunks;
}
