import { extname } from "node:path";
import { invalidParameter } from "../../shared/errors.ts";
import { packSheet } from "../asset/pack-sheet.ts";
import { type DecodedFrames, decodeFrames } from "../codecs/decode-frames.ts";
import { encodeGif } from "../codecs/encode-gif.ts";
import { encodePng } from "../codecs/encode-png.ts";
import { cutSheet } from "../pixel/cut-sheet.ts";
import type { PixelImage } from "../pixel/image.ts";

/** How a sprite sheet is cut: cells along each axis. */
export interface SheetCut {
  columns: number;
  rows: number;
}

/** The frames of a picture file, and what it takes to put them together again. */
export interface PictureFrames {
  frames: PixelImage[];
  animation: Pick<DecodedFrames, "loop"> & { durationsMs: number[] | null };
  /** Columns of the sheet that the frames were cut from; null for an animation or a still. */
  columns: number | null;
}

/** Reads all frames of a GIF or WebP, or cuts a sheet into its cells in reading order. */
export async function readFrames(
  bytes: Uint8Array,
  field: string,
  cut: SheetCut | null,
): Promise<PictureFrames> {
  const { frames, durationsMs, loop } = await decodeFrames(bytes, field);
  const animation = { durationsMs, loop };
  const [sheet] = frames;
  if (cut === null || durationsMs !== null || sheet === undefined)
    return { frames, animation, columns: null };
  const { columns, rows } = cut;
  if (sheet.width % columns !== 0)
    throw invalidParameter("columns", String(columns), `a number that divides ${sheet.width}`);
  if (sheet.height % rows !== 0)
    throw invalidParameter("rows", String(rows), `a number that divides ${sheet.height}`);
  return { frames: cutSheet(sheet, columns, rows), animation, columns };
}

/** Encodes frames for a file: a GIF when it is named so, else one PNG, of several frames a sheet. */
export async function encodeFrames(
  output: string,
  frames: readonly PixelImage[],
  { animation, columns }: PictureFrames,
): Promise<Uint8Array> {
  if (extname(output).toLowerCase() === ".gif") {
    const durationsMs = animation.durationsMs ?? frames.map(() => 100);
    return encodeGif({ frames, durationsMs, loop: animation.loop }).bytes;
  }
  return encodePng(packSheet(frames, columns ?? undefined).image);
}
