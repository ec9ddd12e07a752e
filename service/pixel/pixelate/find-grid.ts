import { joinFrames, type PixelImage } from "../image.ts";
import { sampleCells } from "../sample-cells.ts";
import { upscaleNearest } from "../upscale-nearest.ts";
import { measureCellFit } from "./cell-fit.ts";
import { averageEvidence, edgeEvidence } from "./edge-evidence.ts";
import { withoutScreenLines } from "./even-lines.ts";
import { findEnlargement } from "./exact-grid.ts";
import { type CellGrid, enlargeGrid, evenGrid, meanPitch } from "./grid.ts";
import { hasFewColors, isClean } from "./native-signs.ts";
import type { GridKind, PixelateOptions, PixelGrid } from "./options.ts";
import {
  candidatePitches,
  fitGrid,
  type GridEvidence,
  gridEvidence,
  type RecoveredGrid,
} from "./recover-grid.ts";
import { withoutSharpening } from "./soften.ts";
import { straightenedProfile } from "./straighten.ts";
import { askedCells, cutAsAsked } from "./told-size.ts";

/** A picture with a shorter edge has no room for four-pixel cells. */
const SMALLEST_EDGE = 8;
/** A picture no larger than this has no room for the cells of a generated picture. */
const TINY_EDGE = 32;
/** A picture no larger than this has little room; and one without noise has none up to the second size. */
const SMALL_EDGE = 96;
const CLEAN_EDGE = 64;
/** Native art is seldom larger than this: then it is worth a warning. */
const LARGE_EDGE = 160;
/** How well a grid of larger cells must explain a picture, out of 1: see `scoreOf`. */
const ENOUGH = 0.05;
const ENOUGH_IF_SMALL = 0.55;
/** With fewer cells, their lines can be bent to fit anything. */
const MANY_CELLS = 200;
/** From this score on no other pitch is tried, and another one is taken if it is this much better. */
const GOOD = 0.2;
const BETTER = 0.25;
/** Twice the pitch is taken if it is worse by at most this. */
const ALIKE = 0.1;
/** What a filter has added must be worth taking away: by more than this. */
const NEARLY = 0.02;
const MOST_CANDIDATES = 4;
/** Below this pitch, in pixels, twice the pitch is tried too. */
const SMALL_PITCH = 3.6;
/** What counts as twice: a fit may drift back. */
const TWICE = 1.7;
/** Below this confidence the lines are there by chance. */
const CHANCE = 0.12;
/** Below this confidence or score the grid is worth a warning. */
const DOUBTFUL = 0.45;
const DOUBTFUL_SCORE = 0.2;

/** The grid of frames of one size, and what to say about it. */
export interface FoundGrid {
  readonly kind: GridKind;
  readonly cells: CellGrid;
  readonly confidence: number;
  readonly warnings: string[];
  /** The frames without what a filter has added, if it was taken away to find the cells. */
  readonly cleaned?: readonly PixelImage[];
}

/**
 * Finds one grid for frames of one size (at least one). Exact enlargements are undone exactly. Otherwise the grid of larger
 * cells that fits best is looked for, whatever the picture: it is native only if no such grid explains it. What the options
 * say about the size takes precedence over what is detected.
 */
export function findGrid(frames: readonly PixelImage[], options: PixelateOptions): FoundGrid {
  const first = frames[0]!;
  const all = frames.length === 1 ? first : joinFrames(frames);
  const asked = askedCells(first, options);
  if (asked?.columns === first.width && asked.rows === first.height) return exact("native", first, 1);
  const factor = findEnlargement(all, first.height);
  if (factor > 1) {
    const [columns, rows] = [first.width / factor, first.height / factor];
    if (asked ? asked.columns === columns && asked.rows === rows : true)
      return (asked ? null : lookInside(frames, factor)) ?? exact("enlarged", first, factor);
  }
  if (asked) return findAsked(frames, asked);
  return findCells(frames, all);
}

/** Looks for cells in what was enlarged: filters draw cells larger than theirs, and then comes a plain enlargement. */
function lookInside(frames: readonly PixelImage[], factor: number): FoundGrid | null {
  const { width, height } = frames[0]!;
  const inner = frames.map((frame) => sampleCells(frame, width / factor, height / factor));
  const found = findCells(inner, inner.length === 1 ? inner[0]! : joinFrames(inner));
  if (found.kind !== "cells") return null;
  const cleaned = found.cleaned?.map((frame) => upscaleNearest(frame, factor));
  return { ...found, cells: enlargeGrid(found.cells, factor), ...(cleaned ? { cleaned } : {}) };
}

function findAsked(frames: readonly PixelImage[], asked: { columns: number; rows: number }): FoundGrid {
  const first = frames[0]!;
  const pitch = Math.sqrt((first.width / asked.columns) * (first.height / asked.rows));
  const evidence = evidenceOf(frames);
  const grid = fitGrid(evidence, pitch, true);
  const confidence = Math.max(0, Math.min(1, grid.confidence));
  const [columns, rows] = [grid.cutsX.length - 1, grid.cutsY.length - 1];
  if (columns === asked.columns && rows === asked.rows)
    return { kind: "cells", cells: grid, confidence, warnings: [] };
  const far = Math.abs(columns - asked.columns) > 1 || Math.abs(rows - asked.rows) > 1;
  const warnings = far
    ? [
        `The picture looks like ${columns}x${rows} cells; it is cut into ${asked.columns}x${asked.rows}, as asked.`,
      ]
    : [];
  return { kind: "cells", cells: cutAsAsked(evidence, asked), confidence, warnings };
}

function evidenceOf(frames: readonly PixelImage[]): GridEvidence {
  const { width, height } = frames[0]!;
  const evidence = averageEvidence(frames.map(edgeEvidence));
  return gridEvidence(straightenedProfile(evidence.x, height), straightenedProfile(evidence.y, width));
}

/** Finds the cells of frames, or says that they are at native size or no pixel art. */
function findCells(frames: readonly PixelImage[], all: PixelImage): FoundGrid {
  const first = frames[0]!;
  const edge = Math.max(first.width, first.height);
  if (Math.min(first.width, first.height) < SMALLEST_EDGE || edge <= TINY_EDGE) return native(first);
  if (edge <= CLEAN_EDGE && hasFewColors(all)) return native(first);
  const found = cleanFrames(frames) ?? tryFrames(frames);
  if (found === null) return isClean(all) ? native(first) : none(first, 0);
  const { grid, score } = found;
  const confidence = Math.max(0, Math.min(1, grid.confidence));
  const cells = (grid.cutsX.length - 1) * (grid.cutsY.length - 1);
  const enough = edge <= SMALL_EDGE || cells < MANY_CELLS ? ENOUGH_IF_SMALL : ENOUGH;
  const few = grid.cutsX.length < 3 || grid.cutsY.length < 3;
  if (few || score < enough || confidence < CHANCE)
    return edge <= SMALL_EDGE || isClean(all) ? native(first) : none(first, confidence);
  const doubtful = confidence < DOUBTFUL || score < DOUBTFUL_SCORE;
  const warnings = doubtful ? ["The grid of cells is uncertain: pixel_size says it for sure."] : [];
  const cleaned = found.frames === frames ? {} : { cleaned: found.frames };
  return { kind: "cells", cells: grid, confidence, warnings, ...cleaned };
}

/** The grid in frames without the lines of a screen or without sharpening, if it explains them beyond doubt. */
function cleanFrames(frames: readonly PixelImage[]): FramesGrid | null {
  for (const clean of [withoutScreenLines, withoutSharpening]) {
    const cleaned = clean(frames[0]!);
    if (cleaned === null) continue;
    const found = tryFrames([cleaned, ...frames.slice(1).map((frame) => clean(frame) ?? frame)]);
    if (found === null || found.score < GOOD) continue;
    // Dark lines and dithering may belong to the picture: then it is explained as well, or nearly so, as it is.
    const plain = tryFrames(frames);
    return plain !== null && plain.score > found.score - NEARLY ? plain : found;
  }
  return null;
}

/** The best grid of frames; null if they have no borders at all. */
function tryFrames(frames: readonly PixelImage[]): FramesGrid | null {
  const evidence = evidenceOf(frames);
  const plain = [evidence.x, evidence.y].every(({ strength }) => strength.every((value) => value === 0));
  return plain ? null : { frames, ...bestGrid(frames[0]!, evidence) };
}

interface FramesGrid extends ScoredGrid {
  frames: readonly PixelImage[];
}

interface ScoredGrid {
  grid: RecoveredGrid;
  score: number;
}

/** The grid at the best pitch; if that explains the picture badly, at others too. */
function bestGrid(image: PixelImage, evidence: GridEvidence): ScoredGrid {
  let best: ScoredGrid | null = null;
  for (const pitch of candidatePitches(evidence, MOST_CANDIDATES)) {
    const grid = fitGrid(evidence, pitch);
    const score = scoreOf(image, grid);
    if (best === null || score > best.score + BETTER) best = { grid, score };
    if (best.score >= GOOD) break;
  }
  return coarser(image, evidence, best!);
}

/** The grid of twice the pitch, if it is as good: half a cell explains a picture as well as the whole one. */
function coarser(image: PixelImage, evidence: GridEvidence, found: ScoredGrid): ScoredGrid {
  const pitch = pitchOf(found.grid);
  if (pitch > SMALL_PITCH) return found;
  const grid = fitGrid(evidence, 2 * pitch);
  const score = scoreOf(image, grid);
  return pitchOf(grid) > TWICE * pitch && score > found.score - ALIKE ? { grid, score } : found;
}

function pitchOf({ cutsX, cutsY }: CellGrid): number {
  return Math.sqrt(meanPitch(cutsX) * meanPitch(cutsY));
}

/** How much more the picture looks like these cells than like art of single pixels, from -2 to 1. */
function scoreOf(image: PixelImage, grid: CellGrid): number {
  const { onLines, within } = measureCellFit(image, grid);
  return onLines - within;
}

function exact(kind: GridKind, { width, height }: PixelImage, factor: number): FoundGrid {
  const cells = evenGrid({ width, height }, Math.round(width / factor), Math.round(height / factor));
  return { kind, cells, confidence: 1, warnings: [] };
}

function native(image: PixelImage): FoundGrid {
  const large = Math.max(image.width, image.height) > LARGE_EDGE;
  const warnings = large
    ? [
        "No larger cells were found, so the picture stays as it is. pixel_size, or width and height, force a size.",
      ]
    : [];
  return { ...exact("native", image, 1), warnings };
}

function none(image: PixelImage, confidence: number): FoundGrid {
  const warnings = ["No grid of cells was found: it does not look like pixel art. pixel_size forces one."];
  return { ...exact("none", image, 1), confidence, warnings };
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
