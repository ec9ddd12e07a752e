const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
/** Signature and logical screen descriptor; the color table follows when the top bit of this byte is set. */
const HEADER_LENGTH = 13;
const SCREEN_FLAGS = 10;
const DESCRIPTOR_LENGTH = 9;

/**
 * Whether a GIF is complete up to its trailer, block by block (GIF89a, sections 17 to 27). A decoder may be content
 * with the frames before a cut, but then nobody learns that the rest is missing.
 */
export function isWholeGif(bytes: Uint8Array): boolean {
  let at = HEADER_LENGTH + colorTableLength(bytes[SCREEN_FLAGS]);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === TRAILER) return true;
    if (block === EXTENSION) at = afterSubBlocks(bytes, at + 2);
    else if (block === IMAGE) {
      const flags = bytes[at + DESCRIPTOR_LENGTH];
      // One more byte gives the initial length of LZW codes.
      at = afterSubBlocks(bytes, at + DESCRIPTOR_LENGTH + 1 + colorTableLength(flags) + 1);
    } else return false;
  }
  return false;
}

/** Size in bytes of the color table that the flags announce: three for each of 2 to 256 colors, or none. */
function colorTableLength(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Where the sub-blocks starting at `at` end: each starts with its length, and an empty one is the last. */
function afterSubBlocks(bytes: Uint8Array, at: number): number {
  let next = at;
  for (;;) {
    const length = bytes[next];
    if (length === undefined) return bytes.length;
    next += 1 + length;
    if (length === 0) return next;
  }
}
