import { createHash } from "node:crypto";
import { type Cells, readCells } from "./read-cells.ts";
import { Recent } from "./recent.ts";
import type { Ramps, WardrobeIndex, WardrobePart, WardrobeSheet } from "./wardrobe-index.ts";

/** Reads a file of a wardrobe, or the `at` (offset, length) part of it. */
export type ReadWardrobe = (name: string, at?: readonly [number, number]) => Promise<Uint8Array>;

/** Whom to name for a part, and under which license it is used. */
export interface PartCredit {
  part: string;
  authors: string[];
  urls: string[];
  license: string;
  /** Whether what is composed of it must be shared under the same license. */
  shareAlike: boolean;
  /** How strong the statement of the license is. */
  consent: string;
}

/** Layered parts, their colors and their authors. Cells stay on the disk until they are asked for. */
export interface Wardrobe {
  readonly index: WardrobeIndex;
  readonly ramps: Ramps;
  readonly parts: ReadonlyMap<string, WardrobePart>;
  /** Whether it holds parts that must be shared alike: their credits say which. */
  readonly shareAlike: boolean;
  /** Hash of what it says of itself and of its parts: another one may dress the same words differently. */
  readonly sha256: string;
  cellsOf(sheet: WardrobeSheet): Promise<Cells>;
  /** Whom to name for these parts, in their order, each once. Throws a RangeError for one that is not in here. */
  creditsOf(parts: Iterable<string>): Promise<PartCredit[]>;
}

/** Decoded cells that are kept: those of one well-dressed character take about 8 MB. */
const KEPT_BYTES = 48 * 2 ** 20;

/** Opens a wardrobe. Throws an Error when a file cannot be read. */
export async function openWardrobe(readFile: ReadWardrobe): Promise<Wardrobe> {
  // The files are the product's own and their hashes are tested: parts are not validated one by one at each start.
  const texts = await Promise.all(FILES.map((name) => readText(readFile, name)));
  const [about, index, ramps] = texts.map((text) => JSON.parse(text)) as [
    { shareAlike: boolean },
    WardrobeIndex,
    Ramps,
  ];
  const decoded = new Recent<Cells>(KEPT_BYTES, ({ data }) => data.length);
  let credits: Promise<Map<string, PartCredit>> | undefined;
  return {
    index,
    ramps,
    parts: new Map(index.parts.map((part) => [part.id, part])),
    shareAlike: about.shareAlike,
    sha256: hashOf(texts),
    cellsOf: (sheet) =>
      decoded.get(sheet.at[0], async () =>
        readCells(await readFile("pictures.pack", sheet.at), { index, sheet }),
      ),
    creditsOf: async (parts) => {
      credits ??= readCredits(readFile);
      const known = await credits;
      return [...new Set(parts)].map((part) => {
        const credit = known.get(part);
        if (!credit) throw new RangeError(`There is no credit for ${part}.`);
        return credit;
      });
    },
  };
}

/** What decides how somebody is dressed; wardrobe.json has the hashes of the pictures. */
const FILES = ["wardrobe.json", "index.json", "ramps.json"] as const;

/** Hashes texts in their order: hex of a SHA-256. */
export function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text);
  return hash.digest("hex");
}

async function readText(readFile: ReadWardrobe, name: string): Promise<string> {
  return new TextDecoder().decode(await readFile(name));
}

async function readCredits(readFile: ReadWardrobe): Promise<Map<string, PartCredit>> {
  const lines = (await readText(readFile, "ATTRIBUTION.jsonl")).split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const { part, authors, urls, license, consent } = JSON.parse(line) as PartCredit;
      const shareAlike = /-SA\b/.test(license);
      return [part, { part, authors, urls, license, shareAlike, consent }];
    }),
  );
}
