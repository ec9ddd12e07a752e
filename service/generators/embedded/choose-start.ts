import { colorsOf } from "../../pixel/colors-of.ts";
import { fillSymbol } from "../../pixel/fill-symbol.ts";
import { fitIntoBox } from "../../pixel/fit-into-box.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { mainTint, tint } from "../../pixel/tint.ts";
import { promptTint } from "../../words/prompt-color.ts";
import { otherName } from "../../words/synonyms.ts";
import type { PictureRequest, UsedExemplar } from "../generator.ts";
import type { ExemplarIndex, FoundExemplar } from "./exemplars.ts";
import { lookOf, SYMBOLS } from "./look.ts";
import { pooledVector, type TextEncoder } from "./text-encoder.ts";

/** Where a drawing starts: a picture and the noise level laid over it, or pure noise (image null). */
export interface Start {
  image: PixelImage | null;
  from: number;
  /** The licensed sprite that it is made of, as large as the drawing: what comes out must not be a copy of it. */
  exemplar: PixelImage | null;
  /** Hex colors to draw with where the request names none; null leaves them to the network. */
  palette: string[] | null;
  exemplars: UsedExemplar[];
}

export const FROM_NOISE: Start = { image: null, from: 1, exemplar: null, palette: null, exemplars: [] };

/** What the choice needs of a model. `sketch` draws the request from text alone, roughly. */
export interface StartSources {
  text: TextEncoder;
  exemplars: ExemplarIndex | null;
  exemplarNoise: number;
  sketch: () => Promise<PixelImage>;
}

/** Chooses what a drawing starts from: the request's own picture, a licensed sprite by its text, or noise. */
export async function chooseStart(request: PictureRequest, sources: StartSources): Promise<Start> {
  if (request.start) return { ...FROM_NOISE, image: request.start, from: request.strength };
  const found = request.exemplars === "off" || request.known ? null : await findExemplar(request, sources);
  if (!found || found.image.width !== request.width || found.image.height !== request.height)
    return FROM_NOISE;
  const image = intoBounds(await inItsColors(found, request, sources), request);
  const palette = found.isSymbol ? null : colorsOf(image);
  const exemplar = intoBounds(found.image, request);
  return { image, from: sources.exemplarNoise, exemplar, palette, exemplars: [found.used] };
}

/** Looks for a licensed sprite under the prompt's own words, then under another name of the thing. */
async function findExemplar(request: PictureRequest, { text, exemplars }: StartSources) {
  if (!exemplars) return null;
  const { kind, seed, wrapX, wrapY } = request;
  const symbols = lookOf(request) === SYMBOLS;
  const license = request.exemplars === "cc0" ? "CC0-1.0" : null;
  for (const prompt of [request.prompt, otherName(request.prompt)]) {
    if (prompt === null) continue;
    const vector = pooledVector(await text.encode(prompt));
    const query = { prompt, vector, kind, symbols, wraps: wrapX || wrapY, license, seed };
    const found = exemplars.find(query);
    if (found) return found;
  }
  return null;
}

/**
 * At the noise of an exemplar its colors still show through, so a color of the prompt is swapped in before. A
 * symbol has none of its own: it takes those of a sketch, for the network knows colors better than shapes.
 */
async function inItsColors(
  { image, isSymbol }: FoundExemplar,
  { prompt, style }: PictureRequest,
  { sketch }: StartSources,
): Promise<PixelImage> {
  const asked = promptTint(prompt);
  if (isSymbol && lookOf({ style }) !== SYMBOLS) return fillSymbol(image, asked ?? mainTint(await sketch()));
  return asked ? tint(image, asked) : image;
}

/** An exemplar that is clearly larger than the asked box is reduced to it: else its edges would be cut off. */
function intoBounds(exemplar: PixelImage, { bounds, width }: PictureRequest): PixelImage {
  return bounds ? fitIntoBox(exemplar, { canvas: width, box: bounds, tolerance: 1.15 }).image : exemplar;
}
