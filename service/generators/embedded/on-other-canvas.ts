import { enlargeScaleX } from "../../pixel/enlarge-scale-x.ts";
import { createImage, crop, type PixelImage, place } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import { runPasses } from "../../pixel/run-passes.ts";
import { sampleCells } from "../../pixel/sample-cells.ts";
import type { PictureRequest } from "../generator.ts";

/** What makes pixel art of a drawing before it is enlarged: Scale2x compares pixels, so they must be equal. */
const PASSES: readonly PassStep[] = [
  { pass: "binarize-alpha", threshold: 128 },
  { pass: "flatten", scale: 0.1, wrapX: false, wrapY: false },
  { pass: "limit-colors", colorCount: 24, dither: "none", ditherStrength: 0 },
];

/**
 * Draws for a canvas other than the networks' own (a square of `base` pixels): in a box of it for a smaller one, then enlarged by
 * Scale2x for a larger one. A surface is sampled, so that its edges still join.
 */
export async function onOtherCanvas(
  request: PictureRequest,
  base: number,
  draw: (request: PictureRequest) => Promise<PixelImage>,
): Promise<PixelImage> {
  const { width, height, wrapX, wrapY, kind } = request;
  const factor = Math.ceil(Math.max(width, height) / base);
  const cell = { width: width / factor, height: height / factor };
  if (wrapX || wrapY || kind === "tile") {
    const surface = await draw({ ...request, width: base, height: base, bounds: null });
    return tiled(sampleCells(surface, cell.width, cell.height), factor);
  }
  const offset = { x: Math.floor((base - cell.width) / 2), y: Math.floor((base - cell.height) / 2) };
  const box = request.bounds ?? { x: 0, y: 0, width, height };
  const bounds = {
    x: offset.x + Math.floor(box.x / factor),
    y: offset.y + Math.floor(box.y / factor),
    width: Math.max(1, Math.floor(box.width / factor)),
    height: Math.max(1, Math.floor(box.height / factor)),
  };
  const drawn = await draw({ ...request, width: base, height: base, bounds });
  const drawing = crop(drawn, offset.x, offset.y, cell.width, cell.height);
  return factor === 1 ? drawing : enlargeScaleX(runPasses(drawing, PASSES).image, factor);
}

/** A surface repeats instead of growing: its pixels stay those of its grid. */
function tiled(tile: PixelImage, times: number): PixelImage {
  let image = createImage(tile.width * times, tile.height * times);
  for (let i = 0; i < times * times; i++)
    image = place(tile, image, (i % times) * tile.width, Math.floor(i / times) * tile.height);
  return image;
}
