import type { AssetPackage, PackageTag } from "../asset/asset-package.ts";
import { packSheet } from "../asset/pack-sheet.ts";
import { createImage, type PixelImage } from "../pixel/image.ts";
import type { AnimatedContent } from "./writer.ts";

/**
 * Lists the frames of a picture file that plays an asset. The directions of an animation are side by side, in the order
 * of the rows of its sheet, and move together; with one frame each they play in sequence, which turns the subject.
 * A ping-pong is unrolled, without repeating its ends: no picture file can play backward. Actions follow each other.
 */
export function playedFrames(asset: AssetPackage): AnimatedContent {
  const { animation, frames, tags } = asset;
  const loop = tags.every((tag) => tag.loop) ? 0 : 1;
  const [first] = tags;
  const isTurn = tags.every(({ from, to, action }) => from === to && action === first?.action);
  if (!animation || !first || isTurn) {
    return {
      frames: frames.map(({ image }) => image),
      durationsMs: frames.map(({ durationMs }) => durationMs),
      loop,
    };
  }
  const groups = groupTags(tags).map((group) => playTogether(asset, group));
  return {
    frames: groups.flatMap((group) => group.frames),
    durationsMs: groups.flatMap((group) => group.durationsMs),
    loop: groups.length > 1 ? 0 : loop,
  };
}

function groupTags(tags: readonly PackageTag[]): PackageTag[][] {
  const actions = [...new Set(tags.map(({ action }) => action))];
  return actions.map((action) => tags.filter((tag) => tag.action === action));
}

function playTogether(
  { frames }: AssetPackage,
  tags: readonly PackageTag[],
): Pick<AnimatedContent, "frames" | "durationsMs"> {
  const rows = tags.map(({ from, to, direction }) => {
    const row = frames.slice(from, to + 1);
    return direction === "pingpong" ? [...row, ...row.slice(1, -1).reverse()] : row;
  });
  const [lead = []] = rows;
  return {
    frames: lead.map((_, i) => sideBySide(rows.flatMap((row) => row[i]?.image ?? []))),
    durationsMs: lead.map(({ durationMs }) => durationMs),
  };
}

function sideBySide(images: readonly PixelImage[]): PixelImage {
  const [first] = images;
  if (!first || images.length === 1) return first ?? createImage(1, 1);
  return packSheet(images, images.length).image;
}
