import type { EffectInfo } from "../../shared/effect.ts";
import type { PixelImage } from "../pixel/image.ts";
import { type AssetPackage, frameRect, type PackageFrame } from "./asset-package.ts";
import { packSheet } from "./pack-sheet.ts";

export interface EffectParts extends Pick<EffectInfo, "direction" | "tiles" | "loop" | "fps" | "anchor"> {
  /** File stem: a SafeName. */
  name: string;
  /** Name of the tag, and stem of the names of frames. */
  effect: string;
  /** At least one, all of one size. */
  frames: readonly PixelImage[];
  /** ms, one per frame. */
  durationsMs: readonly number[];
  /** One row, or close to square. */
  layout: "strip" | "packed";
  palette: AssetPackage["palette"];
  text: Record<string, string>;
  seed: number;
}

/** Builds the package of an effect: its frames in sequence under one tag, with one anchor for all. */
export function assembleEffect(parts: EffectParts): AssetPackage & { animation: EffectInfo } {
  const { name, effect, durationsMs, loop, fps, anchor, palette, text, seed } = parts;
  const isAlone = parts.frames.length === 1;
  const frames = parts.frames.map(
    (image, i): PackageFrame => ({
      name: isAlone ? name : `${effect}_${i}`,
      image,
      durationMs: durationsMs[i] ?? 0,
      pivot: anchor,
      seed,
      exemplars: [],
    }),
  );
  const sheet = packSheet(parts.frames, parts.layout === "strip" ? frames.length : undefined);
  const tag = { name: effect, from: 0, to: frames.length - 1, direction: "forward" as const, loop };
  const tags = [fps === null ? tag : { ...tag, fps }];
  const asset: AssetPackage = { kind: "animation", name, frames, sheet, tags, palette, text };
  return { ...asset, animation: describe(parts, asset) };
}

function describe(parts: EffectParts, asset: AssetPackage): EffectInfo {
  const { effect, direction, tiles, loop, fps, anchor } = parts;
  const { columns, rows, cellWidth, cellHeight } = asset.sheet;
  return {
    name: effect,
    direction,
    tiles,
    loop,
    fps,
    frame_size: { width: cellWidth, height: cellHeight },
    anchor,
    sheet: { columns, rows },
    frames: asset.frames.map((frame, index) => {
      const { x, y, width: w, height: h } = frameRect(asset, index);
      return { name: frame.name, index, frame: { x, y, w, h }, duration: frame.durationMs };
    }),
  };
}
