import { open, readFile } from "node:fs/promises";
import { decodeImage } from "../../codecs/decode-image.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { UsedExemplar } from "../generator.ts";
import type { LibraryRow } from "./exemplar-library.ts";

/** The license that asks for no name. */
export const CC0 = "CC0-1.0";

/** A row of a library: what the search reads, and where its pixels and its credit are. */
export interface ExemplarRow extends LibraryRow {
  /** Offset and length in bytes of its PNG, which holds the drawn box only. */
  at: readonly [number, number];
  /** Line of the list of credits. */
  credit: number;
}

/** Where a library lies on the disk. */
export interface LibraryFiles {
  rows: string;
  pictures: string;
  credits: string;
}

/** The licensed drawings of a model. Pictures stay on the disk until they are asked for. */
export interface ExemplarLibrary {
  readonly rows: readonly ExemplarRow[];
  /** Reads the drawing of row `index`, cropped to its box, in its native pixels. */
  pictureOf(index: number): Promise<PixelImage>;
  /** Describes row `index` for provenance: whom to name, and how near it is to what was asked. */
  usedOf(index: number, similarity: number): UsedExemplar;
}

/** Largest picture in a library, in pixels: it is the model's own file, not a stranger's. */
const LIMIT = { mostPixels: 64 * 64, expected: "a picture of at most 64x64 pixels" };

/** Opens a library. Throws an Error when a file cannot be read. */
export async function openLibrary(files: LibraryFiles): Promise<ExemplarLibrary> {
  // The files are the model's own and their hashes were checked: rows are not validated one by one at each start.
  const rows = jsonLines<ExemplarRow>(await readFile(files.rows, "utf8"));
  const credits = jsonLines<{ author: string; url: string }>(await readFile(files.credits, "utf8"));
  return {
    rows,
    pictureOf: async (index) => {
      const { id, at } = rowAt(rows, index);
      return decodeImage(await readAt(files.pictures, at), id, LIMIT);
    },
    usedOf: (index, similarity) => describe(rowAt(rows, index), similarity, credits),
  };
}

function rowAt(rows: readonly ExemplarRow[], index: number): ExemplarRow {
  const row = rows[index];
  if (!row) throw new RangeError(`There is no row ${index} among ${rows.length}.`);
  return row;
}

function jsonLines<T>(text: string): T[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

/** Reads a part of a file. It is not held open between pictures: opening takes less time than decoding one. */
async function readAt(path: string, [offset, length]: readonly [number, number]): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, offset);
    if (bytesRead < length) throw new Error(`${path} ends before byte ${offset + length}.`);
    return buffer;
  } finally {
    await file.close();
  }
}

function describe(
  { id, caption, source, license, credit }: ExemplarRow,
  similarity: number,
  credits: readonly { author: string; url: string }[],
): UsedExemplar {
  const owner = credits[credit];
  const name = license === CC0 || !owner ? {} : { credit: `${owner.author}, ${owner.url}` };
  return { id, caption, source, license, ...name, similarity: Math.round(similarity * 1e4) / 1e4 };
}
