import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { PixelImage } from "../../pixel/image.ts";
import { headNoun, meaningfulWords, normalizePrompt, sameNoun, wordsOf } from "../../words/prompt-words.ts";
import type { PictureKind, UsedExemplar } from "../generator.ts";
import { type PackedCells, packCells, unpackCell } from "./pack-cells.ts";

/** The license that asks for no name. */
const CC0 = "CC0-1.0";
/** Edge of an atlas cell in pixels, and cells in a row. */
const CELL = 32;
const COLUMNS = 64;
/** What decodes an atlas may allow: it is the model's own file, not a stranger's picture. 6,144 cells. */
export const ATLAS_LIMIT = {
  mostPixels: 6144 * CELL * CELL,
  expected: "an atlas of at most 2048x3072 pixels",
};
/** Cosine below which two texts do not name the same thing. */
const THRESHOLD = 0.45;
/** The same for surfaces, with all words of the prompt in the caption or without: a stone floor is no wooden one. */
const SURFACE = { named: 0.5, other: 0.65 };
/** Weights added to the cosine when ranking: for the asked words, and by how well the name fits (`nameFit`). */
const BONUS = { words: 0.3, fit: [0, 0.25, 0.35] } as const;
/** Pictures of one caption among the best: else the many of one thing would hide the others. */
const OF_ONE_CAPTION = 2;
/** A start is chosen among this many of the best, none further below the best than `MARGIN`. */
const CHOICES = 6;
const MARGIN = 0.14;

const ExemplarRow = z.object({
  id: z.string(),
  caption: z.string(),
  kind: z.string(),
  source: z.string(),
  license: z.string(),
  path: z.string().optional(),
  colors: z.array(z.string()).default([]),
  /** Whether the picture continues over its edges. */
  seamless: z.boolean().default(false),
});
type ExemplarRow = z.infer<typeof ExemplarRow>;

/** What is asked of the exemplars: a text, its pooled vector (length 1), a kind, edges that join, a seed. */
export interface ExemplarQuery {
  prompt: string;
  vector: Float32Array;
  kind: PictureKind;
  /** Whether symbols of one color are wanted first; else they are the last resort. */
  symbols: boolean;
  /** A picture that must wrap starts only from one that does: a seam in the start would stay. */
  wraps: boolean;
  /** Only pictures under this license; null = any. */
  license: string | null;
  seed: number;
}

export interface FoundExemplar {
  image: PixelImage;
  /** Whether it is a symbol of one color. */
  isSymbol: boolean;
  used: UsedExemplar;
}

export interface ExemplarIndex {
  readonly size: number;
  /**
   * Finds a licensed sprite near a text, or null. The prompt's head noun must occur in its caption
   * and the cosine must pass a threshold. Among the best few the seed chooses: neighbouring seeds
   * get different sprites.
   */
  find(query: ExemplarQuery): FoundExemplar | null;
  /** Lists the candidates among which the seed chooses, the best first. */
  rank(query: Omit<ExemplarQuery, "seed">): UsedExemplar[];
}

/** Where the exemplars lie: an atlas (PNG, 32 px cells, 64 a row), its rows (JSON lines), int8 vectors. */
export interface ExemplarPaths {
  atlas: string;
  rows: string;
  vectors: string;
}

export interface ExemplarOptions {
  /** Numbers of one text vector. */
  width: number;
  /** Whom to name for pictures that are not CC0, by source. */
  credits: Readonly<Record<string, string>>;
}

interface Candidate {
  row: number;
  cosine: number;
  fit: NameFit;
  score: number;
}

/** 2: the caption names just the thing that is asked; 1: a sort of it ("dead tree" for "tree"); 0: it occurs. */
type NameFit = 0 | 1 | 2;

/** Loads the exemplars of a model. Throws an Error when the three files do not fit each other. */
export async function loadExemplars(
  paths: ExemplarPaths,
  { width, credits }: ExemplarOptions,
  decodePng: (bytes: Uint8Array) => Promise<PixelImage>,
): Promise<ExemplarIndex> {
  const lines = (await readFile(paths.rows, "utf8")).split("\n").filter((line) => line.trim() !== "");
  const rows = lines.map((line) => ExemplarRow.parse(JSON.parse(line)));
  const bytes = await readFile(paths.vectors);
  const vectors = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (vectors.length !== rows.length * width) {
    throw new Error(
      `Expected ${rows.length * width} bytes for ${paths.vectors} but received ${vectors.length}.`,
    );
  }
  const atlas = await decodePng(await readFile(paths.atlas));
  if (atlas.width !== CELL * COLUMNS || atlas.height < CELL * Math.ceil(rows.length / COLUMNS)) {
    throw new Error(`Expected a cell for each of ${rows.length} rows for ${paths.atlas}.`);
  }
  const cells = packCells(atlas, CELL, rows.length);
  return createExemplarIndex({ rows, vectors, width, credits, cells });
}

function createExemplarIndex(data: {
  rows: ExemplarRow[];
  vectors: Int8Array;
  width: number;
  credits: Readonly<Record<string, string>>;
  cells: PackedCells;
}): ExemplarIndex {
  const { rows, vectors, width, credits, cells } = data;
  const captionWords = rows.map((row) => wordsOf(row.caption));

  function candidates(query: Omit<ExemplarQuery, "seed">): Candidate[] {
    const own = layoutOf(query.kind);
    if (own !== "free") return matching(query, own);
    // A bust says what is meant where no drawing of the whole thing is at hand, a symbol where none is of the thing.
    if (query.symbols) return firstFilled(query, ["symbol", "free"]);
    const drawings = firstFilled(query, ["free", "portrait"]);
    if (bestFit(drawings) > 0) return drawings;
    const symbols = matching(query, "symbol");
    return bestFit(symbols) > bestFit(drawings) ? symbols : drawings;
  }

  function firstFilled(query: Omit<ExemplarQuery, "seed">, layouts: readonly Layout[]): Candidate[] {
    for (const layout of layouts) {
      const found = matching(query, layout);
      if (found.length > 0) return found;
    }
    return [];
  }

  function nameFit(row: number, head: string, asked: readonly string[]): NameFit {
    const { caption } = rows[row]!;
    const name = meaningfulWords(caption.split(",")[0] ?? "");
    const captionHead = headNoun(caption);
    if (!captionHead || !sameNoun(captionHead, head) || name.length > 2) return 0;
    return name.every((word) => asked.some((other) => sameNoun(word, other))) ? 2 : 1;
  }

  function matching(query: Omit<ExemplarQuery, "seed">, layout: Layout): Candidate[] {
    const { prompt, vector, wraps, license } = query;
    const head = headNoun(prompt);
    if (head === null) return [];
    const asked = meaningfulWords(normalizePrompt(prompt));
    const found: Candidate[] = [];
    for (const [row, words] of captionWords.entries()) {
      const { kind, seamless, license: held, colors } = rows[row]!;
      if (layoutOf(kind) !== layout || (wraps && !seamless)) continue;
      if (license !== null && held !== license) continue;
      if (!words.some((word) => sameNoun(word, head))) continue;
      const near = cosine(vectors.subarray(row * width, (row + 1) * width), vector);
      if (near < THRESHOLD) continue;
      const known = [...words, ...colors];
      const shared = asked.filter((word) => known.some((other) => sameNoun(word, other))).length;
      const surface = shared === asked.length ? SURFACE.named : SURFACE.other;
      if (layout === "tile" && near < surface) continue;
      const fit = nameFit(row, head, asked);
      const score = near + BONUS.words * (shared / asked.length) + BONUS.fit[fit];
      found.push({ row, cosine: near, fit, score });
    }
    found.sort((a, b) => b.score - a.score || a.row - b.row);
    const best = found[0]?.score ?? 0;
    return fewOfEach(found)
      .slice(0, CHOICES)
      .filter((candidate) => candidate.score >= best - MARGIN);
  }

  /** Keeps the first two of each caption: the pictures of a set that share one are sorts of the same drawing. */
  function fewOfEach(found: readonly Candidate[]): Candidate[] {
    const seen = new Map<string, number>();
    return found.filter(({ row }) => {
      const { caption } = rows[row]!;
      const count = (seen.get(caption) ?? 0) + 1;
      seen.set(caption, count);
      return count <= OF_ONE_CAPTION;
    });
  }

  function describe({ row, cosine: near }: Candidate): UsedExemplar {
    const { id, caption, source, license } = rows[row]!;
    const credit = license === CC0 ? undefined : credits[source];
    const similarity = Math.round(near * 1e4) / 1e4;
    return { id, caption, source, license, ...(credit === undefined ? {} : { credit }), similarity };
  }

  return {
    size: rows.length,
    find(query) {
      const choices = candidates(query);
      const chosen = choices[query.seed % choices.length];
      if (!chosen) return null;
      const isSymbol = layoutOf(rows[chosen.row]!.kind) === "symbol";
      return { image: unpackCell(cells, chosen.row), isSymbol, used: describe(chosen) };
    },
    rank: (query) => candidates(query).map(describe),
  };
}

/** How well the best of the candidates is named; -1 without any: something is better than nothing. */
function bestFit(candidates: readonly Candidate[]): number {
  return Math.max(-1, ...candidates.map(({ fit }) => fit));
}

/** Cosine of a stored vector and one of length 1. */
function cosine(stored: Int8Array, vector: Float32Array): number {
  let dot = 0;
  let square = 0;
  for (const [i, value] of stored.entries()) {
    dot += value * vector[i]!;
    square += value * value;
  }
  return square === 0 ? 0 : dot / Math.sqrt(square);
}

/** How a picture fills its canvas: a start of another layout would be kept as the composition. */
type Layout = "tile" | "portrait" | "symbol" | "free";

function layoutOf(kind: string): Layout {
  return kind === "tile" || kind === "portrait" || kind === "symbol" ? kind : "free";
}
