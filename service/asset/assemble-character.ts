import type { CharacterInfo } from "../../shared/character.ts";
import type { PixelImage } from "../pixel/image.ts";
import { type AssetPackage, frameRect, type PackageFrame, type PackageTag } from "./asset-package.ts";
import { packSheet } from "./pack-sheet.ts";

/** The frames of an action in one direction, or in several that look the same: who falls does so in one direction. */
export interface CharacterRun {
  directions: readonly string[];
  /** At least one, of the size of all others. */
  frames: readonly PixelImage[];
}

/** What a character does, in each direction. */
export interface CharacterMotion {
  name: CharacterInfo["actions"][number]["name"];
  shown: string;
  fps: number;
  loop: boolean;
  runs: readonly CharacterRun[];
}

export interface CharacterParts {
  /** File stem: a SafeName. */
  name: string;
  role: string | null;
  outfit: CharacterInfo["outfit"];
  /** At least one. */
  motions: readonly CharacterMotion[];
  directions: readonly string[];
  /** Between the feet, the same in every frame. */
  anchor: { x: number; y: number };
  palette: AssetPackage["palette"];
  text: Record<string, string>;
  seed: number | null;
}

/**
 * Builds the package of a character: all actions and directions on one sheet, a row for each run of frames, and one tag
 * per action and direction. Directions that look the same are tags on the same frames.
 */
export function assembleCharacter(parts: CharacterParts): AssetPackage & { animation: CharacterInfo } {
  const { name, motions, anchor, palette, text, seed, directions } = parts;
  const isAlone = directions.length === 1;
  const layout = layRuns(motions.flatMap(({ runs }) => runs.map((run) => run.frames)));
  const frames: PackageFrame[] = [];
  const tags: PackageTag[] = [];
  const cells: number[] = [];
  let row = 0;
  for (const { name: action, fps, loop, runs } of motions) {
    for (const run of runs) {
      const from = frames.length;
      const to = from + run.frames.length - 1;
      for (const [i, image] of run.frames.entries()) {
        cells.push(layout.cellOf(row, i));
        const durationMs = frameMs(fps, i);
        frames.push({
          name: `${action}_${inTag(run.directions[0] ?? "")}_${i}`,
          image,
          durationMs,
          pivot: anchor,
          seed,
          exemplars: [],
        });
      }
      for (const direction of run.directions) {
        const tag = isAlone ? action : `${action}_${inTag(direction)}`;
        tags.push({ name: tag, from, to, direction: "forward", loop, fps, action });
      }
      row++;
    }
  }
  const [only] = frames;
  if (only && frames.length === 1) only.name = name;
  const sheet = packSheet(
    frames.map(({ image }) => image),
    layout.columns,
    cells,
  );
  const asset: AssetPackage = { kind: "animation", name, frames, sheet, tags, palette, text };
  return { ...asset, animation: describe(parts, asset) };
}

/** Edge in pixels up to which every machine can load a texture. */
const USUAL_TEXTURE = 4096;

/** Gives each run a row; where the sheet would be too high for a texture, the rows stand in several blocks side by side. */
function layRuns(runs: readonly (readonly PixelImage[])[]) {
  const longest = Math.max(...runs.map((frames) => frames.length));
  const rows = Math.max(1, Math.floor(USUAL_TEXTURE / (runs[0]?.[0]?.height ?? 1)));
  const blocks = Math.ceil(runs.length / rows);
  // As high as each other.
  const perBlock = Math.ceil(runs.length / blocks);
  const columns = blocks * longest;
  const cellOf = (run: number, frame: number) =>
    (run % perBlock) * columns + Math.floor(run / perBlock) * longest + frame;
  return { columns, cellOf };
}

/** A direction as tags spell it, here and in animations. */
function inTag(direction: string): string {
  return direction.replaceAll("-", "_");
}

/** Whole ms of a frame, such that together they are as long as they should be. */
function frameMs(fps: number, frame: number): number {
  return Math.round((1000 * (frame + 1)) / fps) - Math.round((1000 * frame) / fps);
}

function describe(parts: CharacterParts, asset: AssetPackage): CharacterInfo {
  const { role, outfit, motions, directions, anchor } = parts;
  const { columns, rows, cellWidth, cellHeight } = asset.sheet;
  return {
    role,
    outfit,
    frame_size: { width: cellWidth, height: cellHeight },
    anchor,
    sheet: { columns, rows },
    directions: [...directions],
    actions: motions.map(({ name, shown, fps, loop }) => ({
      name,
      shown,
      fps,
      loop,
      tags: asset.tags
        .filter(({ action }) => action === name)
        .map(({ name: tag, from, to }, i) => ({ name: tag, direction: directions[i] ?? "", from, to })),
    })),
    frames: asset.frames.map(({ name, durationMs }, i) => {
      const { x, y, width: w, height: h } = frameRect(asset, i);
      return { name, frame: { x, y, w, h }, duration: durationMs };
    }),
  };
}
