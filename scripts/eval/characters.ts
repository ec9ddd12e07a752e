import type { PixelImage } from "../../service/pixel/image.ts";
import { colorAt } from "../../service/pixel/parse-hex.ts";
import { featureDistance, meanPairwise } from "./distance.ts";
import type { Character } from "./draw-characters.ts";
import { mean } from "./rank.ts";
import { inTurn } from "./samples.ts";

/** A figure between the four views of one walker, and between two walkers seen from the same side. */
interface SameAndOther {
  same: number;
  other: number;
}

/** Whether four directions show one character, and whether its walk walks. */
export interface CharacterFigures {
  characters: number;
  /** Difference of features (1 - cosine). */
  features: SameAndOther;
  /** Share of drawn pixels whose color the other picture has in the same amount (histogram intersection). */
  colors: SameAndOther;
  /** Share of drawn pixels that change from a frame to the next, and of frames that repeat the one before. */
  step: number;
  repeated: number;
  /** Share of walks whose last frame leads back to the first in no larger a step than any other. */
  closed: number;
}

/** Measures walkers of the same number of directions. Needs at least two. */
export async function measureCharacters(
  characters: readonly Character[],
  feature: (image: PixelImage) => Promise<Float32Array>,
): Promise<CharacterFigures> {
  const views = characters.map(({ directions }) => directions.map((frames) => frames[0]!));
  const features = await inTurn(views, (row) => inTurn(row, feature));
  const steps = characters.flatMap(({ directions }) =>
    directions.flatMap((frames) => frames.slice(1).map((frame, i) => changedShare(frames[i]!, frame))),
  );
  return {
    characters: characters.length,
    features: sameAndOther(features, featureDistance),
    colors: sameAndOther(views, sharedColors),
    step: mean(steps),
    repeated: mean(steps.map((step) => Number(step === 0))),
    closed: mean(characters.map(({ loopGap, largestStep }) => Number(loopGap <= largestStep))),
  };
}

function sameAndOther<T>(rows: readonly (readonly T[])[], compare: (a: T, b: T) => number): SameAndOther {
  const sides = rows[0]!.map((_, side) => rows.map((row) => row[side]!));
  return {
    same: mean(rows.map((row) => meanPairwise(row, compare))),
    other: mean(sides.map((column) => meanPairwise(column, compare))),
  };
}

function sharedColors(a: PixelImage, b: PixelImage): number {
  const [left, right] = [histogram(a), histogram(b)];
  let shared = 0;
  for (const [color, share] of left) shared += Math.min(share, right.get(color) ?? 0);
  return shared;
}

/** Share of the drawn pixels by color. */
function histogram({ data }: PixelImage): Map<number, number> {
  const drawn: number[] = [];
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] !== 0) drawn.push(colorAt(data, i));
  const shares = new Map<number, number>();
  for (const color of drawn) shares.set(color, (shares.get(color) ?? 0) + 1 / drawn.length);
  return shares;
}

/** Share of the pixels drawn in either frame that differ. */
function changedShare(a: PixelImage, b: PixelImage): number {
  let drawn = 0;
  let changed = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (a.data[i + 3] === 0 && b.data[i + 3] === 0) continue;
    drawn += 1;
    if ([0, 1, 2, 3].some((c) => a.data[i + c] !== b.data[i + c])) changed += 1;
  }
  return drawn === 0 ? 0 : changed / drawn;
}
