import type { Exemplar, NineSlice } from "../../shared/asset.ts";
import { ServiceError } from "../../shared/errors.ts";
import { drawnBounds, type PixelImage } from "../pixel/image.ts";
import type { AssetPackage, PackageFrame } from "./asset-package.ts";
import { packSheet } from "./pack-sheet.ts";

/** The length limit of SafeName, which frame names keep too. */
const MAX_NAME = 64;

/** A sprite is a still: the duration of its frame where a format requires one, in ms. */
export const STILL_MS = 100;

/** One finished picture of a request, and what it started from. */
interface SpritePicture {
  image: PixelImage;
  seed: number | null;
  exemplars: Exemplar[];
  nineSlice?: NineSlice | undefined;
}

export interface SpriteParts {
  /** File stem: a SafeName. */
  name: string;
  pictures: readonly SpritePicture[];
  palette: AssetPackage["palette"];
  /** Provenance text by PNG keyword. */
  text: Record<string, string>;
}

/**
 * Builds the package of a sprite request. Multiple pictures are variations of one subject, so each is a
 * still of its own (`name-1` to `name-n`, one grid sheet for all) and there are no tags: a tag is an
 * animation, and playing variations in sequence would only flicker. Throws `invalid-request`
 * if there are no pictures.
 */
export function assembleSprites({ name, pictures, palette, text }: SpriteParts): AssetPackage {
  if (pictures.length === 0) {
    throw new ServiceError("invalid-request", "There is no picture to make a sprite of.");
  }
  const frames = pictures.map(
    (picture, index): PackageFrame => ({
      name: frameName(name, index, pictures.length),
      image: picture.image,
      durationMs: STILL_MS,
      pivot: groundPoint(picture.image),
      seed: picture.seed,
      exemplars: picture.exemplars,
      nineSlice: picture.nineSlice,
    }),
  );
  const sheet = packSheet(frames.map((frame) => frame.image));
  return { kind: "sprite", name, frames, sheet, tags: [], palette, text };
}

/** Names one of several frames: `name-1` to `name-n`, within the length of a SafeName. */
export function frameName(name: string, index: number, count: number): string {
  if (count === 1) return name;
  const suffix = `-${index + 1}`;
  return `${name.slice(0, MAX_NAME - suffix.length)}${suffix}`;
}

/**
 * Finds where the drawing stands: the center of its bounding box, on the line under its lowest drawn row. Whole
 * pixels, so that a sprite placed by its pivot stays on the pixel grid. An empty picture stands on
 * its own bottom edge.
 */
export function groundPoint(image: PixelImage): { x: number; y: number } {
  const box = drawnBounds(image) ?? { x: 0, y: 0, width: image.width, height: image.height };
  return { x: box.x + Math.floor(box.width / 2), y: box.y + box.height };
}
