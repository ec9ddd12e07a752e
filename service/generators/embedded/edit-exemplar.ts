import { recolorThing } from "../../pixel/alter/recolor-thing.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { Tint } from "../../pixel/tint.ts";
import { colorTint } from "../../words/color-tint.ts";
import type { PromptThing } from "../../words/prompt-parse.ts";
import type { UsedExemplar } from "../generator.ts";
import type { LibraryIndex } from "./exemplar-library.ts";
import type { ExemplarLibrary } from "./exemplar-pictures.ts";
import type { Candidate } from "./find-exemplars.ts";

/** What exemplars are looked up in, and where their pixels come from. */
export interface ExemplarSource {
  index: LibraryIndex;
  library: ExemplarLibrary;
}

/** An edited drawing, and the words that it could not follow. */
export interface Drawn {
  image: PixelImage;
  unmet: string[];
}

export interface Recoloring {
  thing: PromptThing;
  category: string | null;
  colors: readonly string[];
  part?: string;
}

/** Gives a thing the colors it is asked in; `unmet` are the color words that nothing in it can take. */
export function inColors(image: PixelImage, { thing, category, colors, part }: Recoloring): Drawn {
  const asked = colors
    .map((word) => ({ word, tint: colorTint(word) }))
    .filter((one): one is { word: string; tint: Tint } => one.tint !== null);
  if (asked.length === 0) return { image, unmet: [] };
  const tints = asked.map(({ tint }) => tint);
  const about = { thing: { head: thing.head, category }, colors: tints };
  const recolored = recolorThing({ image, ...about, ...(part === undefined ? {} : { part }) });
  const unmet = asked.filter((_, i) => recolored.met[i] === false).map(({ word }) => word);
  return { image: recolored.image, unmet: unmet.filter((word) => thing.colors.includes(word)) };
}

/** Score of a drawing whose name is just what was asked, in its kind and size. */
const FULL_SCORE = 5;

/** Describes a drawing that was used; a nearness of 1 is one of just what was asked. */
export function usedOf({ index, score }: Candidate, { library }: ExemplarSource): UsedExemplar {
  return library.usedOf(index, Math.max(-1, Math.min(1, score / FULL_SCORE)));
}
