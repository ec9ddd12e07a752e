import { breakOff } from "../../pixel/alter/break-off.ts";
import { stack } from "../../pixel/alter/stack.ts";
import { vary } from "../../pixel/alter/vary.ts";
import { shadeSymbol } from "../../pixel/fill-symbol.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { Tint } from "../../pixel/tint.ts";
import { colorTint } from "../../words/color-tint.ts";
import { parsePrompt } from "../../words/parse-prompt.ts";
import type { PromptThing, Relation } from "../../words/prompt-parse.ts";
import type { PictureRequest, UsedExemplar } from "../generator.ts";
import { addPart, settleWords } from "./add-part.ts";
import { type Drawn, type ExemplarSource, inColors, usedOf } from "./edit-exemplar.ts";
import { CC0 } from "./exemplar-pictures.ts";
import { type Candidate, findExemplars, isSymbol } from "./find-exemplars.ts";
import { lookOf, SYMBOLS } from "./look.ts";
import { standOnCanvas } from "./stand-on-canvas.ts";
import { fillAsSaid } from "./vessel.ts";

/** A picture made of licensed drawings. Every pixel is one of theirs, moved to another color at most. */
export interface ExemplarDrawing {
  image: PixelImage;
  exemplars: UsedExemplar[];
  /** Words of the prompt that had no effect. */
  unmetWords: string[];
}

/** What a symbol is filled with if no color is asked for: stone. */
const PLAIN: Tint = { hue: 1.2, chroma: 0.03, lightness: 0.66 };
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
    size: sizeOf(request),
    seed: request.seed,
    license: request.exemplars === "cc0" ? CC0 : null,
    wraps: request.wrapX || request.wrapY,
    symbols: lookOf(request) === SYMBOLS,
  });
  if (!found.main) return null;
  const stacked = /^(?:stack|pile|heap)/.test(found.main.row.name) ? null : await drawStack(request, source);
  if (stacked) return stacked;
  const main = await drawMain(wanted, found.main, found.askedColors, { request, source });
  if (!main) return null;
  const unmet = new Set([...found.unmetWords, ...main.unmet]);
  const used = [usedOf(found.main, source)];
  let image = settleStates(main.image, thing, unmet);
  for (const part of found.parts) {
    const host = { image, head: thing.head, category: found.main.row.category, states: thing.states };
    const joined = await addPart(host, part, source);
    image = joined.image;
    if (joined.used) used.push(usedOf(joined.used, source));
    settleWords(unmet, part, joined);
  }
  return { image, exemplars: used, unmetWords: [...unmet] };
}

const BROKEN = ["broken", "shattered", "snapped"];
/** What has a blade or a shaft: other things break in ways that a cut does not show. */
const BREAKS =
  /^(sword|greatsword|longsword|shortsword|blade|dagger|knife|katana|saber|sabre|scimitar|rapier|spear|lance|staff|wand|arrow|stick|pole|axe|trident|broom|oar|pencil)$/;

/** Draws what states change in a thing, and takes their words off the unmet ones. */
function settleStates(image: PixelImage, thing: PromptThing, unmet: Set<string>): PixelImage {
  const filled = fillAsSaid(image, thing);
  if (filled) for (const word of ["half", "full", "filled", "empty"]) unmet.delete(word);
  const lacksBreak = BROKEN.some((word) => unmet.has(word)) && BREAKS.test(thing.head ?? "");
  const broken = lacksBreak ? breakOff(filled ?? image) : null;
  if (broken) for (const word of BROKEN) unmet.delete(word);
  return broken ?? filled ?? image;
}

const STACK_OF = /\b(?:stack|pile|heap) of\b/i;

/** Draws "stack of crates" as some small crates on each other; null for any other prompt. */
async function drawStack(request: PictureRequest, source: ExemplarSource): Promise<ExemplarDrawing | null> {
  if (!STACK_OF.test(request.prompt)) return null;
  const { width, height, wrapX, wrapY } = request;
  if (wrapX || wrapY) return null;
  const bounds = { x: 0, y: 0, width: Math.floor(width / 2) - 2, height: Math.floor(height / 2) - 2 };
  const prompt = request.prompt.replace(STACK_OF, "");
  const one = await drawFromExemplars({ ...request, prompt, bounds }, source);
  const image = one && stack(one.image);
  return image ? { ...one, image } : null;
}

/** The edge of the picture, or of a box in it that is much smaller. */
function sizeOf({ width, height, bounds }: PictureRequest): number {
  const edge = Math.max(width, height);
  const inner = bounds ? Math.max(bounds.width, bounds.height) : edge;
  return 2 * inner <= edge ? inner + 2 : edge;
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
