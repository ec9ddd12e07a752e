import type { AnimationInfo, Exemplar, SHEET_LAYOUTS } from "../../shared/asset.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { AssetPackage, PackageFrame } from "./asset-package.ts";
import { packSheet } from "./pack-sheet.ts";

/** The frames of one direction, in playing order. */
export interface DirectionFrames {
  direction: string;
  /** All of one size; as many as in every other direction. */
  frames: readonly PixelImage[];
}

export interface AnimationParts {
  /** File stem: a SafeName. */
  name: string;
  /** Stem of the tags: "walk" gives walk, or walk_south and so on if there are several directions. */
  motion: string;
  /** At least one. */
  directions: readonly DirectionFrames[];
  /** Duration of each frame in ms, the same in every direction. */
  durationsMs: readonly number[];
  loop: AnimationInfo["loop"];
  action: AnimationInfo["action"];
  movedBy: AnimationInfo["motion"];
  mirrored: Record<string, string>;
  /** A corner of the pixel grid that is the same in every frame. */
  anchor: { x: number; y: number };
  layout: (typeof SHEET_LAYOUTS)[number];
  palette: AssetPackage["palette"];
  text: Record<string, string>;
  seed: number | null;
  exemplars: Exemplar[];
}

/**
 * Builds the package of an animation: the frames of all directions in sequence, one tag per direction, one anchor for
 * all, and a sheet with one row per direction (`rows_by_direction`), a single row (`strip`), or close to square (`packed`).
 */
export function assembleAnimation(parts: AnimationParts): AssetPackage & { animation: AnimationInfo } {
  const { name, motion, directions, durationsMs, loop, anchor, palette, text, seed, exemplars } = parts;
  const isAlone = directions.length === 1;
  const tagOf = (direction: string): string =>
    isAlone ? motion : `${motion}_${direction.replaceAll("-", "_")}`;
  const only = isAlone && directions[0]?.frames.length === 1;
  const placed = directions.flatMap(({ direction, frames }) =>
    frames.map((image, index) => {
      // A single frame is a file of its own; if there are more, they are only on the sheet.
      const frame: PackageFrame = {
        name: only ? name : `${motion}_${direction.replaceAll("-", "_")}_${index}`,
        image,
        durationMs: durationsMs[index] ?? 0,
        pivot: anchor,
        seed,
        exemplars,
      };
      return { frame, direction, index };
    }),
  );
  const frames = placed.map(({ frame }) => frame);
  const count = directions[0]?.frames.length ?? 0;
  const sheet = packSheet(
    frames.map(({ image }) => image),
    columnsOf(parts.layout, count, directions.length),
  );
  const tags = directions.map(({ direction, frames: own }, i) => ({
    name: tagOf(direction),
    from: i * count,
    to: i * count + own.length - 1,
    direction: loop === "pingpong" ? ("pingpong" as const) : ("forward" as const),
    loop: loop !== false,
  }));
  const { columns, rows, cellWidth: w, cellHeight: h } = sheet;
  const animation: AnimationInfo = {
    name: motion,
    action: parts.action,
    motion: parts.movedBy,
    loop,
    frame_size: { width: w, height: h },
    sheet: { columns, rows },
    directions: directions.map(({ direction }) => direction),
    mirrored: parts.mirrored,
    anchor,
    frames: placed.map(({ frame, direction, index }, i) => ({
      name: frame.name,
      direction,
      index,
      frame: { x: (i % columns) * w, y: Math.floor(i / columns) * h, w, h },
      duration: frame.durationMs,
      pivot: anchor,
    })),
  };
  return { kind: "animation", name, frames, sheet, tags, palette, text, animation };
}

function columnsOf(layout: AnimationParts["layout"], count: number, directions: number): number | undefined {
  if (layout === "packed") return undefined;
  return layout === "strip" ? count * directions : count;
}
