import type { SHEET_LAYOUTS } from "../../shared/asset.ts";
import type { Loop, MotionLayout, PlayedAction } from "../../shared/motions.ts";
import type { PixelImage } from "../pixel/image.ts";
import { type AssetPackage, frameRect, type PackageFrame, type PackageTag } from "./asset-package.ts";
import { exactMs } from "./exact-ms.ts";
import { packSheet } from "./pack-sheet.ts";

/** The frames of an action in one direction, or in several that look the same: who falls does so in one direction. */
export interface MotionRun {
  directions: readonly string[];
  /** At least one, in playing order, of the size of all others. */
  frames: readonly PixelImage[];
}

/** An action in all its directions. */
export interface Motion {
  /** Stem of its tags, which no other motion has. */
  name: string;
  /** Exact frames per second, or ms: one for each frame, or one for all. */
  timing: { fps: number } | { durationsMs: readonly number[] };
  loop: Loop;
  runs: readonly MotionRun[];
}

export interface MotionsParts {
  /** File stem: a SafeName. */
  name: string;
  /** At least one. */
  motions: readonly Motion[];
  directions: readonly string[];
  /** A corner of the pixel grid that is the same in every frame. */
  anchor: { x: number; y: number };
  layout: (typeof SHEET_LAYOUTS)[number];
  palette: AssetPackage["palette"];
  text: Record<string, string>;
  seed: number | null;
  exemplars: PackageFrame["exemplars"];
}

/** A package, and how its frames are laid out, timed and anchored. */
export interface AssembledMotions {
  asset: AssetPackage;
  layout: MotionLayout;
  actions: PlayedAction[];
}

/**
 * Builds the package of everything that moves: all actions and directions on one sheet, with one anchor and one tag per
 * action and direction. Directions that look the same are tags on the same frames. The sheet has a row for each run of
 * frames (`rows_by_direction`), in several blocks where it would be too high for a texture, a single row (`strip`), or is
 * close to square (`packed`).
 */
export function assembleMotions(parts: MotionsParts): AssembledMotions {
  const { name, motions, anchor, directions, palette, text, seed, exemplars } = parts;
  const placed = placeFrames(parts);
  const frames = placed.map(({ run, motion, index, image }): PackageFrame => {
    // A single frame is a file of its own; if there are more, they are only on the sheet.
    const own = `${motion.name}_${inTag(run.directions[0] ?? "")}_${index}`;
    const durationMs = frameMs(motion, index);
    return { name: placed.length === 1 ? name : own, image, durationMs, pivot: anchor, seed, exemplars };
  });
  const tags = listTags(motions, directions.length === 1);
  const images = frames.map(({ image }) => image);
  const sheet = layFrames(images, parts);
  const asset: AssetPackage = {
    kind: "animation",
    name,
    frames,
    sheet,
    tags: tags.map(({ tag }) => tag),
    palette,
    text,
  };
  const { columns, rows, cellWidth: width, cellHeight: height } = sheet;
  return {
    asset,
    layout: {
      frame_size: { width, height },
      anchor,
      sheet: { columns, rows },
      directions: [...directions],
      frames: frames.map(({ name: frame, durationMs: duration }, i) => {
        const { x, y, width: w, height: h } = frameRect(asset, i);
        const { run, index } = placed[i]!;
        const direction = run.directions[0] ?? "";
        return { name: frame, direction, index, frame: { x, y, w, h }, duration, pivot: anchor };
      }),
    },
    actions: motions.map(({ name: action, timing, loop }) => ({
      name: action,
      fps: "fps" in timing ? timing.fps : null,
      loop,
      tags: tags
        .filter(({ tag }) => tag.action === action)
        .map(({ tag: { name: tag, from, to }, direction }) => ({ name: tag, direction, from, to })),
    })),
  };
}

/** A direction as tags and frames name it: letters and "_" only. */
const inTag = (direction: string): string => direction.replaceAll("-", "_");

interface PlacedFrame {
  motion: Motion;
  run: MotionRun;
  index: number;
  image: PixelImage;
}

function placeFrames({ motions }: MotionsParts): PlacedFrame[] {
  return motions.flatMap((motion) =>
    motion.runs.flatMap((run) => run.frames.map((image, index) => ({ motion, run, index, image }))),
  );
}

function listTags(motions: readonly Motion[], isAlone: boolean): { tag: PackageTag; direction: string }[] {
  let from = 0;
  return motions.flatMap(({ name: action, timing, loop, runs }) =>
    runs.flatMap(({ directions, frames }) => {
      const first = from;
      from += frames.length;
      return directions.map((direction) => {
        const tag: PackageTag = {
          name: isAlone ? action : `${action}_${inTag(direction)}`,
          from: first,
          to: from - 1,
          direction: loop === "pingpong" ? "pingpong" : "forward",
          loop: loop !== false,
          action,
          ...("fps" in timing ? { fps: timing.fps } : {}),
        };
        return { tag, direction };
      });
    }),
  );
}

function layFrames(
  images: readonly PixelImage[],
  { layout, motions }: Pick<MotionsParts, "layout" | "motions">,
): AssetPackage["sheet"] {
  if (layout === "packed") return packSheet(images);
  if (layout === "strip") return packSheet(images, images.length);
  const { columns, cells } = layRuns(motions.flatMap((motion) => motion.runs.map((run) => run.frames)));
  return packSheet(images, columns, cells);
}

/** Edge in pixels up to which every machine can load a texture. */
const USUAL_TEXTURE = 4096;

/** Gives each run a row; where the sheet would be too high for a texture, the rows stand in several blocks side by side. */
function layRuns(runs: readonly (readonly PixelImage[])[]): { columns: number; cells: number[] } {
  const longest = Math.max(...runs.map((frames) => frames.length));
  const rows = Math.max(1, Math.floor(USUAL_TEXTURE / (runs[0]?.[0]?.height ?? 1)));
  const blocks = Math.ceil(runs.length / rows);
  // As high as each other.
  const perBlock = Math.ceil(runs.length / blocks);
  const columns = blocks * longest;
  const cells = runs.flatMap((frames, run) => {
    const first = (run % perBlock) * columns + Math.floor(run / perBlock) * longest;
    return frames.map((_, i) => first + i);
  });
  return { columns, cells };
}

function frameMs({ timing }: Motion, frame: number): number {
  if ("durationsMs" in timing) return timing.durationsMs[frame] ?? timing.durationsMs[0] ?? 0;
  return exactMs(timing.fps, frame);
}
