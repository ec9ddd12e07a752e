import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { PixelImage } from "../pixel/image.ts";
import { type IndexedPixels, indexPixels } from "../pixel/index-pixels.ts";
import { type PngChunk, writePngChunks } from "./png-chunks.ts";

const deflateAsync = promisify(deflate);
const TRUECOLOR_ALPHA = 6;
const INDEXED = 3;
const MOST_INDEXES = 256;

/**
 * Encodes an image as lossless PNG: decoding gives the same RGBA. Up to 256 distinct pixels become an
 * indexed PNG (index 0 is transparent if there is such a pixel, then in order of appearance), more become
 * truecolor with alpha. Same image and text: same bytes.
 *
 * `text` is stored before the pixels: Latin-1 in tEXt chunks, anything else as UTF-8 in iTXt chunks. Its keys
 * are PNG keywords: 1 to 79 printable Latin-1 characters without leading or trailing space; others throw a RangeError.
 * We write it ourselves because sharp cannot add text, and rounds palettes.
 */
export async function encodePng(image: PixelImage, text: Record<string, string> = {}): Promise<Uint8Array> {
  const palette = indexPixels(image, MOST_INDEXES);
  const pixels = await deflateAsync(pixelRows(image, palette), { level: 9, memLevel: 9 });
  return writePngChunks([
    pngHeader(image, palette),
    ...Object.entries(text).map(([keyword, value]) => textChunk(keyword, value)),
    ...(palette === null ? [] : paletteChunks(palette.colors)),
    { type: "IDAT", data: pixels },
    { type: "IEND", data: new Uint8Array() },
  ]);
}

/** The IHDR chunk of an image: indexed if it has a palette. */
export function pngHeader(
  { width, height }: Pick<PixelImage, "width" | "height">,
  palette: IndexedPixels | null,
): PngChunk {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = palette === null ? 8 : bitDepth(palette.colors.length);
  header[9] = palette === null ? TRUECOLOR_ALPHA : INDEXED;
  return { type: "IHDR", data: header };
}

/** The rows of an image as PNG has them before compression, each starting with its filter type. */
export function pixelRows(image: PixelImage, palette: IndexedPixels | null): Uint8Array {
  if (palette === null) return truecolorRows(image);
  return indexedRows(image, palette.indexes, bitDepth(palette.colors.length));
}

function bitDepth(colors: number): 1 | 2 | 4 | 8 {
  if (colors <= 2) return 1;
  if (colors <= 4) return 2;
  return colors <= 16 ? 4 : 8;
}

/** PLTE holds the colors, tRNS the alphas up to the last one that is not opaque. */
export function paletteChunks(colors: readonly number[]): PngChunk[] {
  const plte = Uint8Array.from(
    colors.flatMap((color) => [color / 2 ** 24, (color / 2 ** 16) & 255, (color / 256) & 255]),
  );
  const alphas = colors.map((color) => color % 256);
  const translucent = alphas.findLastIndex((alpha) => alpha !== 255) + 1;
  const chunks = [{ type: "PLTE", data: plte }];
  if (translucent > 0) chunks.push({ type: "tRNS", data: Uint8Array.from(alphas.slice(0, translucent)) });
  return chunks;
}

/** Rows of packed indices, each with filter type 0: filters do not help indices. */
function indexedRows({ width, height }: PixelImage, indexes: Uint8Array, depth: number): Uint8Array {
  const stride = 1 + Math.ceil((width * depth) / 8);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const at = y * stride + 1 + (bit >> 3);
      rows[at] = (rows[at] ?? 0) | ((indexes[y * width + x] ?? 0) << (8 - depth - (bit & 7)));
    }
  }
  return rows;
}

/** Rows of RGBA, each with filter type 2 (difference from the row above), which suits pictures with many colors. */
function truecolorRows({ width, height, data }: PixelImage): Uint8Array {
  const length = 4 * width;
  const rows = new Uint8Array((length + 1) * height);
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1);
    rows[start] = 2;
    for (let i = 0; i < length; i++) {
      // Above the first row there is nothing, which counts as 0.
      rows[start + 1 + i] = (data[y * length + i] ?? 0) - (data[(y - 1) * length + i] ?? 0);
    }
  }
  return rows;
}

function textChunk(keyword: string, value: string): PngChunk {
  if (
    !/^[\x21-\x7e\xa1-\xff](?:[\x20-\x7e\xa1-\xff]{0,77}[\x21-\x7e\xa1-\xff])?$/.test(keyword) ||
    keyword.includes("  ")
  ) {
    throw new RangeError(
      `A PNG keyword needs 1 to 79 printable Latin-1 characters; got ${JSON.stringify(keyword)}.`,
    );
  }
  if (value.includes("\0")) throw new RangeError(`The PNG text of ${keyword} must not contain NUL.`);
  const key = Buffer.from(`${keyword}\0`, "latin1");
  const latin = /^[\n\x20-\x7e\xa0-\xff]*$/.test(value);
  if (latin) return { type: "tEXt", data: Buffer.concat([key, Buffer.from(value, "latin1")]) };
  // Not compressed, compression method 0, no language, no translated keyword.
  return { type: "iTXt", data: Buffer.concat([key, Buffer.alloc(4), Buffer.from(value, "utf8")]) };
}
