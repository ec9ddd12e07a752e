import { parsePrompt } from "../../words/parse-prompt.ts";
import { wordsOf } from "../../words/prompt-words.ts";
import { singularOf } from "../../words/singular.ts";

/** One picture of the exemplar library, as far as the search needs it. */
export interface LibraryRow {
  id: string;
  /** What it is, in the fewest words a player would use, without colors ("treasure chest"). */
  name: string;
  /** All that is known, in parts between commas. */
  caption: string;
  category: string;
  kind: string;
  figure: "whole" | "bust" | "face" | null;
  /** Edge of its size class in pixels, and the box of its opaque pixels: x, y, width, height. */
  size: number;
  box: readonly number[];
  /** Color words, most first. */
  colors: readonly string[];
  ncolors: number;
  /** 0 to 3, better is more; absent = 1. */
  quality?: number | undefined;
  seamless?: boolean | undefined;
  source: string;
  license: string;
}

/** A row as the search reads it: all words singular. */
export interface IndexedRow {
  index: number;
  row: LibraryRow;
  head: string;
  /** Words of the name, and those of the whole caption. */
  name: readonly string[];
  caption: ReadonlySet<string>;
  /** Heads of the caption's later parts: "hut, home, house" is a house too. */
  alsoHeads: ReadonlySet<string>;
  /** The words of the caption's later parts. */
  alsoNames: readonly (readonly string[])[];
  /** Edge of the box that it fills. */
  edge: number;
}

/** The library by the words that rows go by. Rows are read when a search meets them: few of thousands are. */
export interface LibraryIndex {
  /** Reads a row. */
  row(index: number): IndexedRow;
  /** Lists the rows whose name, or caption, has a word (singular) in it. */
  withWord(word: string): readonly IndexedRow[];
}

interface NameWords {
  head: string;
  name: string[];
}

/** Indexes a library by its words, once. */
export function indexLibrary(rows: readonly LibraryRow[]): LibraryIndex {
  const places = placesOfWords(rows);
  const known = new Map<number, IndexedRow>();
  const row = (index: number): IndexedRow => {
    const at = rows[index];
    if (!at) throw new RangeError(`There is no row ${index} among ${rows.length}.`);
    const entry = known.get(index) ?? readRow(at, index);
    known.set(index, entry);
    return entry;
  };
  return { row, withWord: (word) => (places.get(word) ?? []).map(row) };
}

function placesOfWords(rows: readonly LibraryRow[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  const singular = new Map<string, string>();
  for (const [index, { caption }] of rows.entries()) {
    for (const typed of new Set(caption.split(/[^a-z0-9']+/))) {
      if (typed === "") continue;
      const word = singular.get(typed) ?? singularOf(typed);
      singular.set(typed, word);
      const list = places.get(word);
      if (!list) places.set(word, [index]);
      else if (list.at(-1) !== index) list.push(index);
    }
  }
  return places;
}

function readRow(row: LibraryRow, index: number): IndexedRow {
  const { head, name } = readName(row.name);
  const others = row.caption
    .split(",")
    .slice(1)
    .map((part) => readName(part.trim()));
  const heads = others.map((other) => other.head);
  const alsoHeads = new Set(heads.filter((other) => other !== "" && other !== head));
  const alsoNames = others.map((other) => other.name);
  const caption = new Set(wordsOf(`${row.name} ${row.caption}`).map(singularOf));
  const edge = Math.max(row.box[2] ?? 0, row.box[3] ?? 0);
  return { index, row, head, name, caption, alsoHeads, alsoNames, edge };
}

function readName(text: string): NameWords {
  const thing = parsePrompt(text).things[0];
  const words = wordsOf(text).map(singularOf);
  return { head: thing?.head ?? words.at(-1) ?? "", name: words.filter((word) => !JOINING.has(word)) };
}

const JOINING = new Set(["of", "with", "in", "on", "and", "the", "a", "an", "at", "from"]);
