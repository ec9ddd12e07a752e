import type { Checks } from "../../shared/asset.ts";
import type { AssetPackage, PackageTag } from "../asset/asset-package.ts";
import { countReduced, countRounded } from "../codecs/encode-gif.ts";
import { colorsOf } from "../pixel/colors-of.ts";
import { drawnBounds } from "../pixel/image.ts";
import { measureFrames } from "../pixel/measure-frames.ts";

/** Edge in pixels above which some machines cannot load a texture. */
const LARGEST_SHEET = 4096;

/** Adds checks of the frames in sequence to the measurements of each frame, and makes the warnings for the user. */
export function checkFrames(asset: AssetPackage, measured: Checks): { checks: Checks; warnings: string[] } {
  const images = asset.frames.map(({ image }) => image);
  const runsOf = (tags: readonly PackageTag[]) =>
    [...new Map(tags.map((tag) => [tag.from, tag])).values()].map(({ from, to }) =>
      images.slice(from, to + 1),
    );
  const { duplicateFrames, largestStep } = measureFrames(runsOf(asset.tags), false);
  const loops = asset.tags.filter(({ loop, direction }) => loop && direction === "forward");
  const loopGap = loops.length > 0 ? measureFrames(runsOf(loops), true).loopGap : null;
  const checks: Checks = {
    ...measured,
    anchor_drift_px: anchorDrift(asset),
    palette_union: colorsOf(asset.sheet.image).length,
    duplicate_frames: duplicateFrames,
    loop_gap: loopGap,
    largest_step: largestStep,
  };
  return { checks, warnings: describeTroubles(asset, checks) };
}

function anchorDrift({ frames }: AssetPackage): number {
  const [first] = frames;
  return Math.max(
    0,
    ...frames.flatMap(({ pivot }) => [
      Math.abs(pivot.x - (first?.pivot.x ?? 0)),
      Math.abs(pivot.y - (first?.pivot.y ?? 0)),
    ]),
  );
}

function describeTroubles({ frames, sheet }: AssetPackage, checks: Checks): string[] {
  const warnings: string[] = [];
  const same = checks.duplicate_frames ?? 0;
  if (same > 0) warnings.push(`${same} of ${frames.length} frames are the same as the one before.`);
  const empty = frames.filter(({ image }) => drawnBounds(image) === null).length;
  if (empty > 0) warnings.push(`${empty} of ${frames.length} frames are empty.`);
  const rounded = countRounded(frames.map(({ durationMs }) => durationMs));
  if (rounded > 0)
    warnings.push(`${rounded} of ${frames.length} durations are rounded to 10 ms in the GIF only.`);
  const reduced = countReduced(frames.map(({ image }) => image));
  if (reduced > 0)
    warnings.push(
      `${reduced} of ${frames.length} frames have 256 colors in the GIF, and all of theirs in the sheet.`,
    );
  const longest = Math.max(sheet.image.width, sheet.image.height);
  if (longest > LARGEST_SHEET)
    warnings.push(
      `The sheet is ${longest} pixels long, but some machines load at most ${LARGEST_SHEET}: try sheet_layout packed.`,
    );
  return warnings;
}
