import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { openLibrary } from "../../service/generators/embedded/exemplar-pictures.ts";
import { createImage, crop, type PixelImage, place } from "../../service/pixel/image.ts";
import { THUMB, thumbnailOf } from "../../service/pixel/thumbnail.ts";
import type { TrainingPicture } from "./nearest-training.ts";

const CELL = 32;
const REAL_COLUMNS = 10;
const THUMB_COLUMNS = 96;

/** A real sprite that the evaluator did not see, with its caption and the one word of the thing it shows. */
export interface RealSprite {
  id: string;
  caption: string;
  word: string;
  image: PixelImage;
}

/** The kinds of training.json: what a picture is, for references of one kind. */
export interface KnownPicture extends TrainingPicture {
  kind: string;
}

/** Reads the real sprites kept aside: real.json and the cells of real.png. */
export async function readRealSprites(folder: string): Promise<RealSprite[]> {
  const rows = JSON.parse(readFileSync(join(folder, "real.json"), "utf8")) as Omit<RealSprite, "image">[];
  const sheet = await readImage(join(folder, "real.png"));
  return rows.map((row, i) => ({ ...row, image: cellOf(sheet, i, { cell: CELL, columns: REAL_COLUMNS }) }));
}

/** Reads the descriptors of the training pictures: rows, features (int8, 127 = 1) and thumbnails. */
export async function readTrainingPictures(folder: string): Promise<KnownPicture[]> {
  const columns = JSON.parse(readFileSync(join(folder, "training.json"), "utf8")) as {
    ids: string[];
    captions: string[];
    kinds: string[];
  };
  const bytes = readFileSync(join(folder, "training-features.i8"));
  const features = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = features.length / columns.ids.length;
  const sheet = await readImage(join(folder, "training-thumbnails.webp"));
  return columns.ids.map((id, i) => ({
    id,
    caption: columns.captions[i]!,
    kind: columns.kinds[i]!,
    feature: unit(Float32Array.from(features.subarray(i * width, (i + 1) * width))),
    thumbnail: thumbnailOf(cellOf(sheet, i, { cell: THUMB, columns: THUMB_COLUMNS }).data),
  }));
}

/** These pictures are our own files: larger ones than strangers may send. */
const LARGEST = { mostPixels: 2 ** 24, expected: "a picture of at most 16 Mi pixels" };

/**
 * Reads the drawings of a model's library that are 32 pixels native, by id, each in the middle of its canvas: the first
 * `most` of them.
 */
export async function readExemplars(
  modelFolder: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Map<string, PixelImage>> {
  const folder = join(modelFolder, "exemplars");
  const library = await openLibrary({
    rows: join(folder, "index.jsonl"),
    pictures: join(folder, "pictures.pack"),
    credits: join(folder, "ATTRIBUTION.jsonl"),
  });
  const images = new Map<string, PixelImage>();
  for (const [i, { id, size }] of library.rows.entries()) {
    if (size !== CELL || images.size >= most) continue;
    const drawing = await library.pictureOf(i);
    const [x, y] = [Math.floor((CELL - drawing.width) / 2), Math.floor((CELL - drawing.height) / 2)];
    images.set(id, place(drawing, createImage(CELL, CELL), x, y));
  }
  return images;
}

function readImage(path: string): Promise<PixelImage> {
  return decodeImage(readFileSync(path), path, LARGEST);
}

function cellOf(
  sheet: PixelImage,
  i: number,
  { cell, columns }: { cell: number; columns: number },
): PixelImage {
  return crop(sheet, (i % columns) * cell, Math.floor(i / columns) * cell, cell, cell);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
