import { inflateSync } from "node:zlib";
import { readPngChunks } from "../codecs/png-chunks.ts";
import type { WardrobeIndex, WardrobeSheet } from "./wardrobe-index.ts";

/** The decoded cells of a sheet, cut to its box and stacked; every row starts with the byte of its PNG filter. */
export interface Cells {
  readonly data: Uint8Array;
  /** Bytes of a row: the width of the box and one. */
  readonly stride: number;
}

/**
 * Reads the indices of a sheet as they are in its PNG: a general decoder would give colors, which cannot be swapped.
 * Throws a RangeError for a PNG of another kind or size.
 */
export function readCells(
  png: Uint8Array,
  { index, sheet }: { index: WardrobeIndex; sheet: WardrobeSheet },
): Cells {
  const chunks = readPngChunks(png);
  const header = chunks.find(({ type }) => type === "IHDR");
  const parts = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  if (!header) throw new RangeError("A sheet of the wardrobe has no header.");
  const data = new Uint8Array(inflateSync(Buffer.concat(parts)));
  const [, , width, height] = sheet.box;
  const stride = width + 1;
  const rows = height * countCells(index, sheet);
  // 8 bits, indexed colors, no filter: the reader has nothing to undo.
  if (header.data[8] !== 8 || header.data[9] !== 3 || data.length !== stride * rows) {
    throw new RangeError(`Expected an indexed PNG of ${width}x${rows} pixels for a sheet of the wardrobe.`);
  }
  return { data, stride };
}

/** An action of a sheet: where its cells begin, and how they are ordered. */
export interface SheetRun {
  action: string;
  first: number;
  frames: number;
  /** In the order of the cells; for a mirrored sheet without east. */
  directions: readonly string[];
}

/** The runs of cells in a sheet, in their order. */
export function runsOf(index: WardrobeIndex, sheet: WardrobeSheet): SheetRun[] {
  const big = index.big[sheet.layout];
  const places = big ? { [big.action]: big } : (index.layouts[sheet.layout]?.actions ?? {});
  const runs: SheetRun[] = [];
  let first = 0;
  for (const [action, place] of Object.entries(places)) {
    const frames = big ? big.frames : sheet.actions?.[action];
    if (frames === undefined) continue;
    const sided = sheet.mirrored && place.directions.length === 4;
    const directions = sided ? place.directions.filter((name) => name !== "east") : place.directions;
    runs.push({ action, first, frames, directions });
    first += frames * directions.length;
  }
  return runs;
}

function countCells(index: WardrobeIndex, sheet: WardrobeSheet): number {
  return runsOf(index, sheet).reduce((sum, { frames, directions }) => sum + frames * directions.length, 0);
}
