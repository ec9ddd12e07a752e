import type { PictureRequest } from "../../generators/generator.ts";
import { enlargeScaleX } from "../../pixel/enlarge-scale-x.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "../../pixel/image.ts";
import type { ComposedFrames } from "../../wardrobe/compose-frames.ts";
import { REDUCED_SIZES, type ReducedSize, reduceFrames } from "../../wardrobe/reduce-frames.ts";

/** Edge in pixels of the cell in which people are drawn. */
const NATIVE = 64;
const SIZES = [NATIVE, ...REDUCED_SIZES] as const;

/** A figure this much larger than its box keeps its size if the canvas has room for it. */
const TOLERANCE = 1.15;

/**
 * Puts a person on the canvas of a request, in the largest size that it has room for. `share`, 0 to 1, is that of the
 * height which it may take, from the top.
 */
export function standFigure(
  composed: ComposedFrames,
  { width, height, bounds }: PictureRequest,
  share: number,
): PixelImage {
  const box = bounds ?? { x: 0, y: 0, width, height };
  const most = {
    width: Math.min(width, TOLERANCE * box.width),
    height: share * Math.min(height, TOLERANCE * box.height),
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

/** Rows of the cell that a bust shows of a head without a hat, and of what is below its top. */
const ABOVE = 5;
const BELOW = 27;
/** From this edge on a bust is enlarged: the cell has no more of a head. */
const LARGE = 48;

/** Draws head and shoulders of a person, down to the lower edge of the canvas. */
export function drawBust(composed: ComposedFrames, { width, height }: PictureRequest): PixelImage {
  const factor = Math.min(width, height) >= LARGE ? 2 : 1;
  const room = { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  const { anchor } = composed.canvas;
  const [frame] = composed.frames;
  const drawn = frame && drawnBounds(frame);
  const head = composed.drawings[0]?.head ?? { x: anchor.x, y: anchor.y - 48 };
  const rows = head.y + BELOW - Math.min(head.y - ABOVE, (drawn?.y ?? head.y) - 1);
  const size = SIZES.find((one) => (rows * one) / NATIVE <= room.height) ?? 16;
  const small = size === NATIVE ? composed : reduceFrames(composed, size);
  const picture = small.frames[0] ?? createImage(1, 1);
  const bottom = small.canvas.anchor.y + Math.round(((head.y + BELOW - anchor.y) * size) / NATIVE);
  const left = small.canvas.anchor.x - Math.floor(room.width / 2);
  const canvas = place(picture, createImage(room.width, room.height), -left, room.height - bottom);
  const bust = factor === 1 ? canvas : enlargeScaleX(canvas, factor);
  return place(bust, createImage(width, height), 0, height - bust.height);
}
