import { drawnBounds, type PixelImage } from "../pixel/image.ts";
import { frameName, groundPoint, STILL_MS } from "./assemble-sprites.ts";
import type { AssetPackage, PackageFrame } from "./asset-package.ts";
import { packSheet } from "./pack-sheet.ts";

export interface FrameParts {
  /** File stem: a SafeName. */
  name: string;
  /** At least one, all of one size. */
  frames: readonly PixelImage[];
  /** Duration of each frame in ms and whether they loop forever; null for the cells of a sheet, which are stills. */
  animation: { durationsMs: readonly number[]; loop: boolean } | null;
  /** The number of columns the sheet must have; null leaves it to the packer. */
  columns: number | null;
  palette: AssetPackage["palette"];
  /** Text stored inside the PNGs, by PNG keyword. */
  text: Record<string, string>;
}

/**
 * Builds the package of frames that belong together and were drawn elsewhere: an animation with one tag named after it
 * and one pivot for all frames, so that it does not jump, or the cells of a sheet, each a still of its own.
 */
export function assembleFrames(parts: FrameParts): AssetPackage {
  const { name, animation, palette, text } = parts;
  const stand = animation ? groundPointOfAll(parts.frames) : null;
  const frames = parts.frames.map(
    (image, index): PackageFrame => ({
      name: parts.frames.length === 1 ? name : frameName(name, index, parts.frames.length),
      image,
      durationMs: animation?.durationsMs[index] ?? STILL_MS,
      pivot: stand ?? groundPoint(image),
      seed: null,
      exemplars: [],
    }),
  );
  const sheet = packSheet(parts.frames, parts.columns ?? undefined);
  const last = frames.length - 1;
  const tags = animation
    ? [{ name, from: 0, to: last, direction: "forward" as const, loop: animation.loop }]
    : [];
  return { kind: animation ? "animation" : "sprite", name, frames, sheet, tags, palette, text };
}

/** The pivot of all frames laid over each other. */
function groundPointOfAll(images: readonly PixelImage[]): { x: number; y: number } {
  const boxes = images.flatMap((image) => drawnBounds(image) ?? []);
  const [first] = images;
  if (boxes.length === 0) return { x: Math.floor((first?.width ?? 0) / 2), y: first?.height ?? 0 };
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left + Math.floor((right - left) / 2), y: bottom };
}
