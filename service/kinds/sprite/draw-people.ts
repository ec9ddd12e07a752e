import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { PictureRequest, RawPicture, Subject } from "../../generators/generator.ts";
import { finishPicture } from "../../generators/run-plan.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "../../pixel/image.ts";
import type { ComposedFrames } from "../../wardrobe/compose-frames.ts";
import type { PartCredit } from "../../wardrobe/open-wardrobe.ts";
import { REDUCED_SIZES, type ReducedSize, reduceFrames } from "../../wardrobe/reduce-frames.ts";
import { composeStill } from "../../wardrobe/still-frame.ts";
import { lackingParts } from "../../words/lacking-parts.ts";
import { isSeat } from "../../pixel/alter/compose-pair.ts";
import type { DrawTools } from "../maker.ts";
import type { PeoplePlan } from "./plan-people.ts";

/** Edge in pixels of the cell in which people are drawn. */
const NATIVE = 64;

/** People as the wardrobe drew them, and whom to credit for the parts that are seen. */
export interface DrawnPeople {
  drawn: DrawnPictures;
  credits: PartCredit[];
}

/** Draws the people of a plan, standing and facing south, one a picture, and finishes them as any picture of a plan. */
export async function drawPeople(
  { plan, dressed, lacksThings }: PeoplePlan,
  tools: Pick<DrawTools, "wardrobe" | "generate" | "pause">,
): Promise<DrawnPeople> {
  const started = performance.now();
  const wardrobe = await tools.wardrobe();
  const seen = new Set<string>();
  const raws: RawPicture[] = [];
  for (const [i, request] of plan.pictures.entries()) {
    const one = dressed[i];
    if (!one) throw new Error(`Nobody is dressed for picture ${i}.`);
    const composed = await composeStill(wardrobe, one.outfit);
    for (const part of composed.drawn) seen.add(part);
    const rides = lacksThings && isOn(request.prompt, one.unmetWords);
    raws.push({ image: standOn(composed, request, rides ? RIDER : 1), isPixelArt: true, unmetWords: one.unmetWords });
    await tools.pause();
  }
  const credits = await wardrobe.creditsOf(seen);
  if (lacksThings) {
    const pictures = plan.pictures.map((request, i) => ({ ...request, subject: subjectOf(raws[i]) }));
    return { drawn: await tools.generate({ ...plan, pictures }), credits };
  }
  const cells = plan.composition.columns * plan.composition.rows;
  const images = Array.from({ length: raws.length / cells }, (_, i) =>
    finishPicture(raws.slice(i * cells, (i + 1) * cells), plan),
  );
  const timings = { loadMs: 0, modelMs: 0, stepMs: 0, postMs: performance.now() - started };
  return { drawn: { pictures: images, executionProvider: "", timings }, credits };
}

/** Whether somebody is on something other than a seat, which stands behind. */
function isOn(prompt: string, unmetWords: readonly string[]): boolean {
  return lackingParts(prompt, unmetWords).some(({ relation, thing }) => relation === "on" && !isSeat(thing.head));
}

function subjectOf(raw: RawPicture | undefined): Subject {
  if (!raw) throw new Error("A person is missing.");
  return { image: raw.image, unmetWords: raw.unmetWords ?? [] };
}

/** The share of the height that is left for somebody who rides. */
const RIDER = 0.62;

/** A figure this much larger than its box keeps its size if the canvas has room for it. */
const TOLERANCE = 1.15;

/** Puts a person on the canvas of a request, in the largest size that it has room for. */
function standOn(composed: ComposedFrames, { width, height, bounds }: PictureRequest, share: number): PixelImage {
  const box = bounds ?? { x: 0, y: 0, width, height };
  const most = {
    width: Math.min(width, TOLERANCE * box.width),
    height: share * Math.min(height, TOLERANCE * box.height)
  };
  let figure = createImage(1, 1);
  for (const size of [NATIVE, ...REDUCED_SIZES] as const) {
    figure = figureOf(composed, size);
    if (figure.width <= most.width && figure.height <= most.height) break;
  }
  const x = box.x + Math.floor((box.width - figure.width) / 2);
  const y = share < 1 ? box.y : box.y + Math.floor((box.height - figure.height) / 2);
  return place(figure, createImage(width, height), x, y);
}

function figureOf(composed: ComposedFrames, size: typeof NATIVE | ReducedSize): PixelImage {
  const [frame] = size === NATIVE ? composed.frames : reduceFrames(composed, size).frames;
  const drawn = frame && drawnBounds(frame);
  return frame && drawn ? crop(frame, drawn.x, drawn.y, drawn.width, drawn.height) : createImage(1, 1);
}
