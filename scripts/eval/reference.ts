import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { crop, type PixelImage } from "../../service/pixel/image.ts";
import { THUMB, thumbnailOf } from "../../service/pixel/thumbnail.ts";
import type { TrainingPicture } from "./nearest-training.ts";

const CELL = 32;
const REAL_COLUMNS = 10;
const THUMB_COLUMNS = 96;
const EXEMPLAR_COLUMNS = 64;

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

/** Reads the pictures of a model's exemplars by id; none where the model has none. */
export async function readExemplars(modelFolder: string): Promise<Map<string, PixelImage>> {
  const text = readIfThere(join(modelFolder, "exemplars.jsonl"));
  if (text === null) return new Map();
  const ids = text
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [(JSON.parse(line) as { id: string }).id]));
  const atlas = await readImage(join(modelFolder, "exemplars.webp"));
  return new Map(ids.map((id, i) => [id, cellOf(atlas, i, { cell: CELL, columns: EXEMPLAR_COLUMNS })]));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
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
