import type { Checks } from "../../shared/asset.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { TileForm } from "./tile-forms.ts";
import { mayJoin } from "./tile-joints.ts";

/** A tile to measure: its form, its name and its pictures, either one or one per frame. */
export interface MeasuredTile {
  form: TileForm;
  name: string;
  frames: readonly PixelImage[];
}

type JointChecks = Required<Pick<Checks, "seam_ratio_x" | "seam_ratio_y" | "worst_pair">>;

/**
 * Measures the seams of a set: for each axis, the mean step (sum of the differences of the four channels) across the seam
 * of every two tiles that may be neighbors, in every frame, relative to the mean step between neighboring pixels inside
 * all tiles. The worst pair is the one with the largest mean step; null for a set without any step at a seam.
 */
export function measureJoints(tiles: readonly MeasuredTile[]): JointChecks {
  const x = measureAxis(tiles, "x");
  const y = measureAxis(tiles, "y");
  const worst = x.worst.step >= y.worst.step ? x.worst : y.worst;
  return { seam_ratio_x: x.ratio, seam_ratio_y: y.ratio, worst_pair: worst.pair };
}

interface AxisResult {
  ratio: number;
  worst: { step: number; pair: [string, string] | null };
}

function measureAxis(tiles: readonly MeasuredTile[], axis: "x" | "y"): AxisResult {
  const frameCount = Math.max(1, ...tiles.map(({ frames }) => frames.length));
  const worst: AxisResult["worst"] = { step: 0, pair: null };
  let joints = 0;
  let pairs = 0;
  for (const first of tiles) {
    for (const second of tiles) {
      if (!mayJoin(first.form, second.form, axis)) continue;
      for (let frame = 0; frame < frameCount; frame++) {
        const step = jointStep(frameOf(first, frame), frameOf(second, frame), axis);
        joints += step;
        pairs += 1;
        if (step > worst.step) Object.assign(worst, { step, pair: [first.name, second.name] });
      }
    }
  }
  const images = tiles.flatMap(({ frames }) => frames);
  const inside = images.reduce((sum, image) => sum + insideStep(image, axis), 0) / Math.max(1, images.length);
  const mean = joints / Math.max(1, pairs);
  const ratio = mean === 0 ? 0 : mean / inside;
  return { ratio: Math.round(1000 * ratio) / 1000, worst };
}

function frameOf({ frames }: MeasuredTile, frame: number): PixelImage {
  return frames[frame % frames.length]!;
}

/** Mean step from the last column (or row) of one tile to the first one of another. */
function jointStep(first: PixelImage, second: PixelImage, axis: "x" | "y"): number {
  const { width, height } = first;
  const count = axis === "x" ? height : width;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const from = axis === "x" ? i * width + width - 1 : (height - 1) * width + i;
    const to = axis === "x" ? i * width : i;
    sum += step(first, from, second, to);
  }
  return sum / count;
}

/** Mean step between neighbors inside a tile. */
function insideStep(image: PixelImage, axis: "x" | "y"): number {
  const { width, height } = image;
  const [w, h, next] = axis === "x" ? [width - 1, height, 1] : [width, height - 1, width];
  let sum = 0;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) sum += step(image, y * width + x, image, y * width + x + next);
  }
  return sum / Math.max(1, w * h);
}

function step(first: PixelImage, one: number, second: PixelImage, other: number): number {
  let sum = 0;
  for (let channel = 0; channel < 4; channel++)
    sum += Math.abs(first.data[4 * one + channel]! - second.data[4 * other + channel]!);
  return sum;
}
