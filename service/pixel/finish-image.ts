import { composePicture } from "./compose-picture.ts";
import type { Composition } from "./composition.ts";
import { enlargeScaleX } from "./enlarge-scale-x.ts";
import { createImage, crop, type PixelImage, place } from "./image.ts";
import { nativePictures } from "./native-pictures.ts";
import type { PassStep } from "./passes.ts";
import { pasteMarked, runRepaintPasses } from "./repaint.ts";
import { type PassResult, runPasses } from "./run-passes.ts";
import { sampleCells } from "./sample-cells.ts";

/** How far beyond an edge an enlargement by 4 (Scale2x twice) looks, in pixels. */
const REACH = 2;

/**
 * Makes one image from the pictures that the model drew for it (columns * rows, all of one size). Large ones become
 * pixel art of their native size first, each without its own background. Passes up to and including color reduction run
 * on the pictures side by side, so that they share their colors and Scale2x, which compares pixels, finds equal ones.
 * Then comes the composition, then outline and upscaling. For a repaint, only the marked pixels are processed, and the
 * composition puts them into the picture that is kept.
 */
export function finishImage(
  pictures: readonly PixelImage[],
  composition: Composition,
  passes: readonly PassStep[],
): PassResult {
  const isLate = ({ pass }: PassStep): boolean => pass === "outline" || pass === "upscale-nearest";
  const late = passes.filter(isLate);
  const { repaint } = composition;
  const early = runEarly(
    pictures,
    composition,
    passes.filter((step) => !isLate(step)),
  );
  const composed = (image: PixelImage): PixelImage =>
    repaint ? pasteMarked(image, repaint) : composeSheet(image, composition);
  const upscale = late.filter(({ pass }) => pass === "upscale-nearest");
  const before = (image: PixelImage | null): PixelImage | null =>
    image && runPasses(composed(image), upscale).image;
  return {
    image: runPasses(composed(early.image), late).image,
    beforeBackground: before(early.beforeBackground),
    beforePalette: before(early.beforePalette),
  };
}

function runEarly(
  pictures: readonly PixelImage[],
  composition: Composition,
  steps: readonly PassStep[],
): PassResult {
  const { pixelate, repaint } = composition;
  const { results, rest } = nativePictures(pictures, pixelate, steps);
  const images = results.map(({ image }) => image);
  const drawn = sideBySide(images, composition);
  if (repaint) return runRepaintPasses(drawn, repaint, rest);
  const finished = runPasses(drawn, rest);
  const grounds = results.flatMap(({ beforeBackground }) => beforeBackground ?? []);
  return grounds.length === 0
    ? finished
    : { ...finished, beforeBackground: sideBySide(grounds, composition) };
}

function sideBySide(pictures: readonly PixelImage[], { columns, rows }: Composition): PixelImage {
  const [first] = pictures;
  if (!first || pictures.length !== columns * rows) {
    throw new RangeError(
      `An image of ${columns}x${rows} parts needs ${columns * rows} pictures, not ${pictures.length}.`,
    );
  }
  if (pictures.length === 1) return first;
  const { width, height } = first;
  return pictures.reduce(
    (sheet, picture, i) => place(picture, sheet, (i % columns) * width, Math.floor(i / columns) * height),
    createImage(columns * width, rows * height),
  );
}

/** Composes each cell of a sheet of model pictures, and joins the cells again. */
function composeSheet(sheet: PixelImage, composition: Composition): PixelImage {
  const { columns, rows, width, height } = composition;
  const canvas = { width: sheet.width / columns, height: sheet.height / rows };
  const cell = { width: width / columns, height: height / rows };
  let image = createImage(width, height);
  for (let i = 0; i < columns * rows; i++) {
    const column = i % columns;
    const row = Math.floor(i / columns);
    const picture = crop(sheet, column * canvas.width, row * canvas.height, canvas.width, canvas.height);
    image = place(
      composeCell(picture, { ...composition, ...cell }),
      image,
      column * cell.width,
      row * cell.height,
    );
  }
  return image;
}

function composeCell(picture: PixelImage, cell: Composition): PixelImage {
  const { width, height, enlarge, fit } = cell;
  if (fit !== "sample") return composePicture(enlargeWrapped(picture, cell), { ...cell, enlarge: 1 });
  return enlargeWrapped(sampleCells(picture, width / enlarge, height / enlarge), cell);
}

/** Enlarges a picture as if the edges of a wrapped axis met. */
function enlargeWrapped(picture: PixelImage, { enlarge, wrapX, wrapY }: Composition): PixelImage {
  if (enlarge === 1 || !(wrapX || wrapY)) return enlargeScaleX(picture, enlarge);
  const { width, height } = picture;
  const x = wrapX ? REACH : 0;
  const y = wrapY ? REACH : 0;
  let around = createImage(width + 2 * x, height + 2 * y);
  for (const dy of wrapY ? [-height, 0, height] : [0]) {
    for (const dx of wrapX ? [-width, 0, width] : [0]) around = place(picture, around, x + dx, y + dy);
  }
  const large = enlargeScaleX(around, enlarge);
  return crop(large, x * enlarge, y * enlarge, width * enlarge, height * enlarge);
}
