import type { PixelImage } from "../../service/pixel/image.ts";
import {
  type Move,
  makeThumbnail,
  type Thumbnail,
  thumbnailDistance,
} from "../../service/pixel/thumbnail.ts";
import { dot } from "./rank.ts";

/** What is known of a training picture without shipping it whole. */
export interface TrainingPicture {
  id: string;
  caption: string;
  feature: Float32Array;
  thumbnail: Thumbnail;
}

/** The training picture nearest to a sample, and how near: see thumbnailDistance. */
export interface Nearest {
  picture: TrainingPicture;
  distance: number;
}

export interface NearestQuery {
  image: PixelImage;
  feature: Float32Array;
  /** Seamless pictures are compared at every roll, others at shifts of up to two pixels. */
  seamless: boolean;
  /** Training pictures that do not count, by id. */
  without?: ReadonlySet<string>;
}

/** Candidates by feature, and as many by unmoved thumbnail, before the moves are tried. */
const CANDIDATES = 32;
const FARTHEST_SHIFT = 2;

/**
 * Finds the nearest training picture: candidates by the evaluator's features and by thumbnail, then the least
 * thumbnail distance over small shifts and the mirror image, since training saw both. `known` is not empty.
 */
export function nearestTraining(query: NearestQuery, known: readonly TrainingPicture[]): Nearest {
  const allowed = known.filter(({ id }) => !query.without?.has(id));
  const thumbnails = moves(query).map((move) => makeThumbnail(query.image, move));
  const plain = makeThumbnail(query.image);
  const byFeature = leastOf(allowed, ({ feature }) => -dot(query.feature, feature));
  const byThumbnail = leastOf(allowed, ({ thumbnail }) => thumbnailDistance(plain, thumbnail));
  let nearest: Nearest = { picture: allowed[0]!, distance: Number.POSITIVE_INFINITY };
  for (const picture of new Set([...byFeature, ...byThumbnail])) {
    const distance = leastDistance(thumbnails, picture.thumbnail);
    if (distance < nearest.distance) nearest = { picture, distance };
  }
  return nearest;
}

/** Least distance of a picture, over the same moves, to one training picture. */
export function distanceTo(query: NearestQuery, picture: TrainingPicture): number {
  return leastDistance(
    moves(query).map((move) => makeThumbnail(query.image, move)),
    picture.thumbnail,
  );
}

function leastDistance(thumbnails: readonly Thumbnail[], other: Thumbnail): number {
  return Math.min(...thumbnails.map((thumbnail) => thumbnailDistance(thumbnail, other)));
}

function leastOf(
  pictures: readonly TrainingPicture[],
  key: (picture: TrainingPicture) => number,
): TrainingPicture[] {
  const keyed = pictures.map((picture) => ({ picture, key: key(picture) }));
  keyed.sort((a, b) => a.key - b.key);
  return keyed.slice(0, CANDIDATES).map(({ picture }) => picture);
}

function moves({ image, seamless }: NearestQuery): Move[] {
  const shifts = (edge: number): number[] =>
    seamless
      ? Array.from({ length: edge }, (_, i) => i)
      : Array.from({ length: 2 * FARTHEST_SHIFT + 1 }, (_, i) => i - FARTHEST_SHIFT);
  return shifts(image.height).flatMap((y) =>
    shifts(image.width).flatMap((x) =>
      [false, true].map((mirrored) => ({ x, y, mirrored, rolled: seamless })),
    ),
  );
}
