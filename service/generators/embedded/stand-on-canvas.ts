import { enlargeScaleX } from "../../pixel/enlarge-scale-x.ts";
import { fitIntoBox } from "../../pixel/fit-into-box.ts";
import { createImage, type PixelImage, place } from "../../pixel/image.ts";
import type { PictureRequest } from "../generator.ts";

/** A drawing this much larger than its box keeps its pixels: the edge of the canvas has room for them. */
const TOLERANCE = 1.15;
/** Most a small drawing is enlarged. */
const MOST = 4;

/**
 * Puts a drawing, cropped to its box, on the canvas of a request: in its native pixels if it fits, enlarged by a
 * whole factor if it is less than half as large, reduced by sampling if it is too large. A surface fills its canvas;
 * null if whole copies of it do not.
 */
export function standOnCanvas(drawing: PixelImage, request: PictureRequest): PixelImage | null {
  const { width, height, bounds, wrapX, wrapY } = request;
  if (wrapX || wrapY || request.kind === "tile") return fillCanvas(drawing, width, height);
  const box = bounds ?? { x: 0, y: 0, width, height };
  const fits = (room: number, length: number, edge: number): number =>
    Math.floor(Math.min(TOLERANCE * room, edge) / length);
  const factor = Math.min(
    MOST,
    fits(box.width, drawing.width, width),
    fits(box.height, drawing.height, height),
  );
  const sized = factor > 1 ? enlargeScaleX(drawing, factor) : drawing;
  if (
    sized.width > width ||
    sized.height > height ||
    Math.max(sized.width / box.width, sized.height / box.height) > TOLERANCE
  )
    return fitIntoBox(sized, { canvas: Math.max(width, height), box, tolerance: TOLERANCE }).image;
  const x = Math.max(0, Math.min(width - sized.width, box.x + Math.floor((box.width - sized.width) / 2)));
  const y = Math.max(0, Math.min(height - sized.height, box.y + Math.floor((box.height - sized.height) / 2)));
  return place(sized, createImage(width, height), x, y);
}

function fillCanvas(tile: PixelImage, width: number, height: number): PixelImage | null {
  if (width % tile.width !== 0 || height % tile.height !== 0) return null;
  let canvas = createImage(width, height);
  for (let y = 0; y < height; y += tile.height)
    for (let x = 0; x < width; x += tile.width) canvas = place(tile, canvas, x, y);
  return canvas;
}
