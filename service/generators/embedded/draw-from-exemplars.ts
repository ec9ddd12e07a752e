import { composePair } from "../../pixel/alter/compose-pair.ts";
import { recolorThing } from "../../pixel/alter/recolor-thing.ts";
import { vary } from "../../pixel/alter/vary.ts";
import { shadeSymbol } from "../../pixel/fill-symbol.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { Tint } from "../../pixel/tint.ts";
import { colorTint } from "../../words/color-tint.ts";
import { parsePrompt } from "../../words/parse-prompt.ts";
import type { PromptThing, Relation } from "../../words/prompt-parse.ts";
import type { PictureRequest, UsedExemplar } from "../generator.ts";
import type { LibraryIndex, LibraryRow } from "./exemplar-library.ts";
import type { ExemplarLibrary } from "./exemplar-pictures.ts";
import { CC0 } from "./exemplar-pictures.ts";
import { type Candidate, findExemplars, isSymbol, type PartChoice } from "./find-exemplars.ts";
import { lookOf, SYMBOLS } from "./look.ts";
import { standOnCanvas } from "./stand-on-canvas.ts";

/** What exemplars are looked up in, and where their pixels come from. */
export interface ExemplarSource {
  index: LibraryIndex;
  library: ExemplarLibrary;
}

/** A picture made of licensed drawings. Every pixel is one of theirs, moved to another color at most. */
export interface ExemplarDrawing {
  image: PixelImage;
  exemplars: UsedExemplar[];
  /** Words of the prompt that had no effect. */
  unmetWords: string[];
}

/** What a symbol is filled with if no color is asked for: stone. */
const PLAIN: Tint = { hue: 1.2, chroma: 0.03, lightness: 0.66 };
/** Score of a drawing whose name is just what was asked, in its kind and size. */
const FULL_SCORE = 5;
/** Categories of rows that have hands and a head. */
const BEINGS = new Set(["person", "monster", "animal"]);
/** Parts that grow on a thing: a drawing of one beside it would be none. */
const GROWN = new Set(
  `sail dot stripe spot rim roof door window wheel handle blade mane tail eye horn leg arm cover lid hair beard claw tooth
  spike scale fur button strap tip point top side bottom pattern mark nose ear mouth stem root branch trunk sleeve`.split(
    /\s+/,
  ),
);
/** What reads wrongly from right to left. */
const ONE_WAY =
  /\b(?:letter|number|digit|sign|clock|watch|flag|arrow|text|logo|map|keyboard|calendar|note|book|scroll|banner|question|button)s?\b/;

/**
 * Draws what a prompt names from licensed drawings: the best one of the thing in its native pixels, recolored by part
 * where the prompt names other colors, joined with those of its parts, varied by the seed. Null if no drawing shows
 * the thing. The same request gives the same bytes.
 */
export async function drawFromExemplars(
  request: PictureRequest,
  source: ExemplarSource,
): Promise<ExemplarDrawing | null> {
  const { things, manner } = parsePrompt(request.prompt);
  const [thing, ...others] = things;
  if (!thing) return null;
  const wanted = { ...thing, parts: [...thing.parts, ...others.map(beside)] };
  const found = findExemplars(source.index, {
    thing: wanted,
    kind: manner.includes("portrait") ? "portrait" : kindOf(request),
    size: Math.max(request.width, request.height),
    seed: request.seed,
    license: request.exemplars === "cc0" ? CC0 : null,
    wraps: request.wrapX || request.wrapY,
    symbols: lookOf(request) === SYMBOLS,
  });
  if (!found.main) return null;
  const main = await drawMain(wanted, found.main, found.askedColors, { request, source });
  if (!main) return null;
  const unmet = new Set([...found.unmetWords, ...main.unmet]);
  const used = [usedOf(found.main, source)];
  let image = main.image;
  for (const part of found.parts) {
    const joined = await addPart(image, part, { row: found.main.row, request, source });
    image = joined.image;
    if (joined.used) used.push(usedOf(joined.used, source));
    for (const word of joined.unmet) unmet.add(word);
  }
  return { image, exemplars: used, unmetWords: [...unmet] };
}

/** Further things of a prompt that is no list of its own stand beside the first. */
function beside(thing: PromptThing): { relation: Relation; thing: PromptThing } {
  return { relation: "with", thing };
}

function kindOf({ kind, style, wrapX, wrapY }: PictureRequest): string {
  if (wrapX || wrapY) return "tile";
  return style === "ui" ? "ui" : kind;
}

interface Tools {
  request: PictureRequest;
  source: ExemplarSource;
}

interface Drawn {
  image: PixelImage;
  unmet: string[];
}

async function drawMain(
  thing: PromptThing,
  { row, index }: Candidate,
  colors: readonly string[],
  { request, source }: Tools,
): Promise<Drawn | null> {
  const picture = await source.library.pictureOf(index);
  const isFilled = isSymbol(row) && lookOf(request) !== SYMBOLS;
  const tint = colors.map(colorTint).find((one) => one !== null) ?? PLAIN;
  const placed = standOnCanvas(isFilled ? shadeSymbol(picture, tint) : picture, request);
  if (!placed) return null;
  const { image, unmet } = inColors(placed, { thing, category: row.category, colors });
  const isTile = row.kind === "tile" || row.kind === "ui";
  const varied = vary(image, {
    variation: isTile ? 0 : request.variation,
    seed: request.seed,
    mirrors: !ONE_WAY.test(row.name),
    keepsMainColor: colors.length > 0,
  });
  return { image: varied, unmet };
}

interface Recoloring {
  thing: PromptThing;
  category: string | null;
  colors: readonly string[];
  part?: string;
}

/** Gives a thing the colors it is asked in; `unmet` are the color words that nothing in it can take. */
function inColors(image: PixelImage, { thing, category, colors, part }: Recoloring): Drawn {
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

interface AddedPart extends Drawn {
  used: Candidate | null;
}

/** Adds a part to a drawing: recolors it where it is shown already, else joins its own drawing to it. */
async function addPart(
  image: PixelImage,
  { part, relation, row, alreadyShown }: PartChoice,
  { row: main, source }: { row: LibraryRow } & Tools,
): Promise<AddedPart> {
  const name = part.head ?? "";
  const recolor = (): Drawn =>
    inColors(image, { thing: part, category: main.category, colors: part.colors, part: name });
  if (alreadyShown) return { ...recolor(), used: null };
  const others: PixelImage[] = [];
  const colored = { unmet: [] as string[] };
  if (row && !GROWN.has(name)) {
    const picture = await source.library.pictureOf(row.index);
    const own = inColors(picture, { thing: part, category: row.row.category, colors: part.colors });
    others.push(own.image);
    colored.unmet = own.unmet;
  }
  const isFigure = BEINGS.has(main.category);
  const joinable = relation === "made of" || GROWN.has(name) ? null : relation;
  const pair = joinable && composePair({ main: image, others, relation: joinable, name, isFigure });
  if (pair?.joined) return { image: pair.image, unmet: colored.unmet, used: row };
  if (part.colors.length === 0) return { image, unmet: part.words, used: null };
  const recolored = recolor();
  return {
    image: recolored.image,
    unmet: recolored.image === image ? part.words : recolored.unmet,
    used: null,
  };
}

function usedOf({ index, score }: Candidate, { library }: ExemplarSource): UsedExemplar {
  return library.usedOf(index, similarityOf(score));
}

/** A score as a nearness of -1 to 1: 1 is a drawing of just what was asked. */
function similarityOf(score: number): number {
  return Math.max(-1, Math.min(1, score / FULL_SCORE));
}
