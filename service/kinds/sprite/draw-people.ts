import type { DrawnPicture, DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { PictureRequest, RawPicture } from "../../generators/generator.ts";
import { finishPicture } from "../../generators/run-plan.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "../../pixel/image.ts";
import { type ComposedFrames, composeFrames } from "../../wardrobe/compose-frames.ts";
import type { PartCredit, Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import type { DressedCharacter } from "../../wardrobe/outfit-of.ts";
import { REDUCED_SIZES, type ReducedSize, reduceFrames } from "../../wardrobe/reduce-frames.ts";

/** Edge in pixels of the cell in which people are drawn. */
const NATIVE = 64;

/** People as the wardrobe drew them, and whom to credit for the parts that are seen. */
export interface DrawnPeople {
  drawn: DrawnPictures;
  credits: PartCredit[];
}

/** Draws the people of a plan, standing and facing south, one a picture, and finishes them as any picture of a plan. */
export async function drawPeople(
  wardrobe: Wardrobe,
  plan: GenerationPlan,
  people: readonly DressedCharacter[],
): Promise<DrawnPeople> {
  const started = performance.now();
  const cells = plan.composition.columns * plan.composition.rows;
  const pictures: DrawnPicture[] = [];
  const seen = new Set<string>();
  let raws: RawPicture[] = [];
  for (const [i, { outfit, unmetWords }] of people.entries()) {
    const request = plan.pictures[i];
    if (!request) continue;
    const composed = await composeFrames(wardrobe, outfit, { action: "idle", direction: "south" });
    for (const part of composed.drawn) seen.add(part);
    raws.push({ image: standOn(composed, request), isPixelArt: true, unmetWords });
    if (raws.length < cells) continue;
    pictures.push(finishPicture(raws, plan));
    raws = [];
  }
  const timings = { loadMs: 0, modelMs: 0, stepMs: 0, postMs: performance.now() - started };
  return {
    drawn: { pictures, executionProvider: "", timings },
    credits: await wardrobe.creditsOf(seen),
  };
}

/** A figure this much larger than its box keeps its size if the canvas has room for it. */
const TOLERANCE = 1.15;

/** Puts a person on the canvas of a request, in the largest size that it has room for. */
function standOn(composed: ComposedFrames, { width, height, bounds }: PictureRequest): PixelImage {
  const box = bounds ?? { x: 0, y: 0, width, height };
  const most = { width: Math.min(width, TOLERANCE * box.width), height: Math.min(height, TOLERANCE * box.height) };
  let figure = createImage(1, 1);
  for (const size of [NATIVE, ...REDUCED_SIZES] as const) {
    figure = figureOf(composed, size);
    if (figure.width <= most.width && figure.height <= most.height) break;
  }
  const x = box.x + Math.floor((box.width - figure.width) / 2);
  const y = box.y + Math.floor((box.height - figure.height) / 2);
  return place(figure, createImage(width, height), x, y);
}

function figureOf(composed: ComposedFrames, size: typeof NATIVE | ReducedSize): PixelImage {
  const [frame] = size === NATIVE ? composed.frames : reduceFrames(composed, size).frames;
  const drawn = frame && drawnBounds(frame);
  return frame && drawn ? crop(frame, drawn.x, drawn.y, drawn.width, drawn.height) : createImage(1, 1);
}
