import { PORTIONS, ROLE_WORDS } from "../../words/describing-words.ts";
import { colorName, impliedColors } from "../../words/material-words.ts";
import type { PromptThing, Relation } from "../../words/prompt-parse.ts";
import { singularOf } from "../../words/singular.ts";
import { otherNames } from "../../words/thing-names.ts";
import type { IndexedRow, LibraryIndex, LibraryRow } from "./exemplar-library.ts";
import { askedColors, askedOf, isEmoji, scoreRow, type Target } from "./score-exemplar.ts";

/** What a drawing of a name is worth, by what the name is to the thing. */
const WORTH = { filled: 5.6, asked: 5, same: 4.5, portion: 4, broader: 3, tagged: 2.6 } as const;
/** What each further name of a list is worth less. */
const LATER = 0.06;
/** Below this a drawing shows something else. */
const LEAST = 2;
/** The same for a part: a wrong part spoils the thing. */
const LEAST_PART = 3.6;
/** The seed chooses among this many, none further below the best than the margin. */
const CHOICES = 8;
const MARGIN = 0.5;
/** States that are shown by what fills the thing. */
const FILLED = new Set(["full", "half full"]);

/** What is asked of a library. */
export interface ExemplarSearch {
  thing: PromptThing;
  /** Kind of picture: sprite, character, portrait, icon, tile, ui. */
  kind: string;
  /** Edge in pixels that the picture should have. */
  size: number;
  seed: number;
  /** Only pictures under this license; null = any. */
  license: "CC0-1.0" | null;
  /** Whether the edges must join. */
  wraps?: boolean;
  /** Whether symbols of one color are wanted; else they are the last resort. */
  symbols?: boolean;
}

/** A drawing that may stand for a thing. */
export interface Candidate {
  row: LibraryRow;
  /** Its place in the library. */
  index: number;
  score: number;
  /** Whether its name is the thing's own, another name of it, a broader one, or a mere tag of its caption. */
  sort: Target["sort"];
}

export interface PartChoice {
  part: PromptThing;
  relation: Relation;
  /** A drawing of the part, to be composed with the main one; null if there is none or it is shown already. */
  row: Candidate | null;
  /** Whether the main drawing shows it by itself. */
  alreadyShown: boolean;
}

export interface ExemplarChoiceForThing {
  main: Candidate | null;
  parts: PartChoice[];
  /** Words that no drawing, recoloring or composed part satisfies, as typed. */
  unmetWords: string[];
  /** Colors that the drawing should get and may not have, as in `PromptThing.colors`. */
  askedColors: string[];
}

/** Finds the drawing of a thing and those of its parts. The same search gives the same answer. */
export function findExemplars(library: LibraryIndex, search: ExemplarSearch): ExemplarChoiceForThing {
  const candidates = rankExemplars(library, search);
  const main = candidates[search.seed % candidates.length] ?? null;
  const shown = main && library.row(main.index);
  const parts = search.thing.parts.map((part) => findPart(library, search, { ...part, shown }));
  const colors = askedColors(search.thing);
  return { main, parts, unmetWords: unmetWords(search.thing, { main, shown, parts }), askedColors: colors };
}

/** Lists the drawings among which the seed chooses, the best first, other names and artists before their repeats. */
export function rankExemplars(library: LibraryIndex, search: Omit<ExemplarSearch, "seed">): Candidate[] {
  const { thing, kind, size } = search;
  const asked = askedOf(thing, kind, size);
  const best = new Map<number, Candidate>();
  for (const target of targetsOf(thing)) {
    for (const entry of library.withWord(target.head)) {
      const isTagged = target.sort === "tagged";
      if (isTagged ? !entry.alsoHeads.has(target.head) : entry.head !== target.head) continue;
      if (!isAllowed(entry.row, search)) continue;
      const { row, index } = entry;
      const score = scoreRow(entry, target, asked);
      if (score < LEAST || score <= (best.get(index)?.score ?? 0)) continue;
      best.set(index, { row, index, score, sort: target.sort });
    }
  }
  const found = [...best.values()];
  const drawn = found.filter(({ row }) => isSymbol(row) === (search.symbols ?? false));
  const ranked = (drawn.length > 0 ? drawn : found).sort((a, b) => b.score - a.score || a.index - b.index);
  const near = ranked.filter(({ score }) => score >= (ranked[0]?.score ?? 0) - MARGIN);
  return variedFirst(near).slice(0, CHOICES);
}

/** Whether a row is a symbol of one color. */
export function isSymbol({ kind }: LibraryRow): boolean {
  return kind === "symbol";
}

function isAllowed(row: LibraryRow, { kind, license, wraps }: Omit<ExemplarSearch, "seed">): boolean {
  if (license !== null && row.license !== license) return false;
  if (wraps && !row.seamless) return false;
  return (kind === "tile") === (row.kind === "tile");
}

/** The names to look for, in order of worth: its own, other ones, broader ones, then tags. */
function targetsOf(thing: PromptThing): Target[] {
  if (thing.head === null) return [];
  const own = thing.name.map(singularOf);
  const head = thing.head;
  const asked: Target = { words: own, head, worth: WORTH.asked, sort: "asked" };
  const others = namesOf(thing, own).map(({ words, broader }, at): Target => {
    // Other names of a health potion may say less: any potion.
    const less = !broader && words.length < own.length && words.every((word) => own.includes(word));
    const worth = (broader ? WORTH.broader : less ? WORTH.portion : WORTH.same) - LATER * at;
    return { words, head: words.at(-1) ?? "", worth, sort: broader ? "broader" : "same" };
  });
  const whole = own.slice(0, -1);
  const portion: Target[] =
    PORTIONS.has(head) && whole.length > 0
      ? [{ words: whole, head: whole.at(-1) ?? "", worth: WORTH.portion, sort: "same" }]
      : [];
  // "glass of wine" is a wine glass, "cup of coffee" a coffee cup, "bowl of soup" is drawn as soup.
  const contents = thing.parts
    .filter(({ relation, thing: part }) => relation === "full of" && part.head !== null)
    .flatMap(({ thing: part }): Target[] => {
      const content = part.head ?? "";
      const names = [[content, ...own], ...otherNames([...own, "of", content]).map(({ words }) => words)];
      return names.map((words, at) => ({
        words,
        head: words.at(-1) ?? "",
        worth: WORTH.filled - LATER * at,
        sort: at === 0 ? "asked" : "same",
      }));
    });
  // A broader name, "monster", would be a tag of half the library.
  const tags = [asked, ...others.filter(({ sort }) => sort === "same")].map(
    (target): Target => ({
      ...target,
      worth: WORTH.tagged - (WORTH.asked - target.worth) / 4,
      sort: "tagged",
    }),
  );
  return [asked, ...contents, ...others, ...portion, ...tags];
}

/** Other names of the whole name, with its material before it ("wooden sign"), and of its head alone. */
function namesOf(thing: PromptThing, own: readonly string[]) {
  const withAll = thing.words.map(singularOf);
  const names = [...otherNames(withAll), ...otherNames(own)];
  if (own.length > 1 && !PORTIONS.has(thing.head ?? "")) {
    // Another name of the head says less than the whole: a laser gun is no pistol.
    const before = own.slice(0, -1);
    for (const { words, broader } of otherNames(own.slice(-1)))
      names.push({ words: [...before, ...words], broader });
  }
  return names;
}

/** Puts the first of each name and source before the second ones, so that neighboring seeds look different. */
function variedFirst(ranked: readonly Candidate[]): Candidate[] {
  const counts = new Map<string, number>();
  const turns = ranked.map((candidate, at) => {
    const key = `${candidate.row.source}/${candidate.row.name}`;
    const turn = counts.get(key) ?? 0;
    counts.set(key, turn + 1);
    return { candidate, turn, at };
  });
  return turns.sort((a, b) => a.turn - b.turn || a.at - b.at).map(({ candidate }) => candidate);
}

interface AskedPart {
  relation: Relation;
  thing: PromptThing;
  shown: IndexedRow | null;
}

/** What is no part of a thing itself: the tags of an emoji name it ("duck, pond"), yet it is not drawn. */
const TIES: ReadonlySet<Relation> = new Set(["on", "in", "holding", "wearing"]);

/** Finds a drawing of a part, unless the main drawing shows it. */
export function findPart(
  library: LibraryIndex,
  search: ExemplarSearch,
  { relation, thing, shown }: AskedPart,
): PartChoice {
  const head = thing.head;
  const isTagged = TIES.has(relation) && shown !== null && isEmoji(shown.row);
  const alreadyShown = head !== null && shown !== null && !isTagged && showsPart(shown, head);
  const kind = search.kind === "tile" ? "tile" : "sprite";
  const found = alreadyShown ? [] : rankExemplars(library, { ...search, thing, kind });
  const row = found.find(({ score }) => score >= LEAST_PART) ?? null;
  return { part: thing, relation, row, alreadyShown };
}

function showsPart({ caption }: IndexedRow, head: string): boolean {
  return (
    caption.has(head) ||
    caption.has(`${head}ed`) ||
    otherNames([head]).some(({ words }) => words.length === 1 && caption.has(words[0] ?? ""))
  );
}

interface Chosen {
  main: Candidate | null;
  shown: IndexedRow | null;
  parts: readonly PartChoice[];
}

function unmetWords(thing: PromptThing, { main, shown, parts }: Chosen): string[] {
  const isMet = (typed: string) => {
    const word = singularOf(typed.replace(/'s?$/, ""));
    if (!main || !shown) return false;
    if (
      ROLE_WORDS.has(typed) ||
      shown.caption.has(word) ||
      colorName(word) !== null ||
      /^(?:light|dark|pale|bright|deep)$/.test(word)
    )
      return true;
    if (impliedColors(word, thing.head).length > 0) return true;
    if (FILLED.has(word) && thing.parts.some(({ relation }) => relation === "full of")) return true;
    return thing.name.includes(typed) && main.sort === "same";
  };
  const own = thing.words.filter((word) => !isMet(word));
  const ofParts = parts.flatMap(({ part, row, alreadyShown }) =>
    row || alreadyShown ? part.words.filter((word) => staysUnmet(part, word, row)) : part.words,
  );
  return [...new Set([...own, ...ofParts])];
}

/** Whether a word of a part stays unmet though the part is drawn: "long" of a long beard. */
export function staysUnmet(part: PromptThing, word: string, row: Candidate | null): boolean {
  if (part.name.includes(word) || colorName(word) !== null || impliedColors(word, part.head).length > 0)
    return false;
  return !row?.row.caption.includes(word);
}
