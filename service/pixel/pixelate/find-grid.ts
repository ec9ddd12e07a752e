import { joinFrames, type PixelImage } from "../image.ts";
import { averageEvidence, edgeEvidence } from "./edge-evidence.ts";
import { findEnlargement, hasFewColors, isNative } from "./exact-grid.ts";
import { type CellGrid, evenGrid, meanPitch } from "./grid.ts";
import type { GridKind, PixelateOptions, PixelGrid } from "./options.ts";
import { fitGrid, type RecoveredGrid } from "./recover-grid.ts";
import { straightenedProfile } from "./straighten.ts";

/** A picture with a shorter edge has no room for four-pixel cells. */
const SMALLEST_EDGE = 8;
/** Below this confidence the lines are there by chance: this is not pixel art. */
const CHANCE = 0.12;
/** Below this one the grid is worth a warning. */
const DOUBTFUL = 0.45;

/** The grid of frames of one size, and what to say about it. */
export interface FoundGrid {
  readonly kind: GridKind;
  readonly cells: CellGrid;
  readonly confidence: number;
  readonly warnings: string[];
}

/**
 * Finds one grid for frames of one size (at least one): first checks whether they are native or exact enlargements, then
 * goes by their borders. What the options say about the size takes precedence over what is detected.
 */
export function findGrid(frames: readonly PixelImage[], options: PixelateOptions): FoundGrid {
  const first = frames[0]!;
  const all = frames.length === 1 ? first : joinFrames(frames);
  const asked = askedPitch(first, options);
  if (asked === 1) return exact("native", first, 1);
  const factor = findEnlargement(all, first.height);
  if (factor > 1 && (asked === null || Math.abs(asked - factor) < 0.01))
    return exact("enlarged", first, factor);
  if (asked === null && (Math.min(first.width, first.height) < SMALLEST_EDGE || isNative(all)))
    return exact("native", first, 1);
  const evidence = averageEvidence(frames.map(edgeEvidence));
  const profiles = {
    x: straightenedProfile(evidence.x, first.height),
    y: straightenedProfile(evidence.y, first.width),
  };
  const plain = [profiles.x, profiles.y].every(({ strength }) => strength.every((value) => value === 0));
  if (plain && asked === null) return hasFewColors(all) ? exact("native", first, 1) : none(first, 0);
  return judge(first, fitGrid(profiles.x, profiles.y, asked ?? undefined), options);
}

function askedPitch({ width, height }: PixelImage, options: PixelateOptions): number | null {
  const pitches = [
    ...(options.width === undefined ? [] : [width / options.width]),
    ...(options.height === undefined ? [] : [height / options.height]),
  ];
  if (pitches.length > 0) return pitches.reduce((sum, pitch) => sum + pitch, 0) / pitches.length;
  return options.pixelSize ?? null;
}

function exact(kind: GridKind, { width, height }: PixelImage, factor: number): FoundGrid {
  const cells = evenGrid({ width, height }, Math.round(width / factor), Math.round(height / factor));
  return { kind, cells, confidence: 1, warnings: [] };
}

function none(image: PixelImage, confidence: number): FoundGrid {
  const warnings = ["No grid of cells was found: it does not look like pixel art. pixel_size forces one."];
  return { ...exact("none", image, 1), confidence, warnings };
}

function judge(image: PixelImage, grid: RecoveredGrid, options: PixelateOptions): FoundGrid {
  const { width, height, pixelSize } = options;
  const columns = grid.cutsX.length - 1;
  const rows = grid.cutsY.length - 1;
  const confidence = Math.max(0, Math.min(1, grid.confidence));
  const [wantedColumns, wantedRows] = [width ?? columns, height ?? rows];
  if (wantedColumns !== columns || wantedRows !== rows) {
    const even = evenGrid(image, wantedColumns, wantedRows);
    const warnings = [`The picture looks like ${columns}x${rows} cells; it is cut evenly, as asked.`];
    return { kind: "cells", cells: even, confidence, warnings };
  }
  const told = pixelSize !== undefined || width !== undefined || height !== undefined;
  if (!told && (confidence < CHANCE || columns < 2 || rows < 2)) return none(image, confidence);
  const doubtful = confidence < DOUBTFUL && !told;
  const warnings = doubtful ? ["The grid of cells is uncertain: pixel_size says it for sure."] : [];
  return { kind: "cells", cells: grid, confidence, warnings };
}

/** The grid as it is reported: whole pixels within the picture. */
export function describeGrid(found: FoundGrid, { width, height }: PixelImage): PixelGrid {
  const { cutsX, cutsY } = found.cells;
  const whole = (cuts: Float64Array, size: number): number[] =>
    Array.from(cuts, (cut) => Math.max(0, Math.min(size, Math.round(cut))));
  return {
    kind: found.kind,
    pitchX: meanPitch(cutsX),
    pitchY: meanPitch(cutsY),
    cutsX: whole(cutsX, width),
    cutsY: whole(cutsY, height),
    confidence: found.confidence,
  };
}
