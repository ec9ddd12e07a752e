import type { PictureRequest } from "../generators/generator.ts";
import type { Composition } from "../pixel/composition.ts";

/** What decides how the generator's canvas becomes the asked size. Sizes in pixels. */
export interface SizeQuestion {
  width: number;
  height: number;
  columns: number;
  rows: number;
  /** Canvas edges that the generator draws, ascending, at least one. */
  sizes: readonly number[];
  /** A surface fills its canvas and may be seamless; anything else is a drawing with a box. */
  surface: boolean;
  wrapX: boolean;
  wrapY: boolean;
  /** Whether the model can be told the box of the drawing. */
  hasBounds: boolean;
  margin: number;
  anchor: Composition["anchor"];
}

export interface Size {
  width: number;
  height: number;
}

export interface SizePlan {
  canvas: Size;
  bounds: PictureRequest["bounds"];
  composition: Composition;
  warnings: string[];
}

export const MAX_ENLARGE = 4;
/** A drawing is never asked for with less than this edge, margin included. */
const MIN_BASE = 8;

/**
 * Decides the canvas, the box and the composition of an asked size for a native generator. Nothing is blended: a
 * drawing is asked for smaller, enlarged by whole factors or given room; a surface is sampled on its torus.
 */
export function planSize(question: SizeQuestion): SizePlan {
  const { columns, rows, sizes, anchor, wrapX, wrapY } = question;
  const cell = { width: question.width / columns, height: question.height / rows };
  const longest = Math.max(cell.width, cell.height);
  const edge = sizes.find((size) => size >= longest) ?? sizes.at(-1) ?? longest;
  const canvas = { width: edge, height: edge };
  const frame = { width: question.width, height: question.height, anchor, columns, rows, wrapX, wrapY };
  if (question.surface) return { ...planSurface(cell, edge, frame), canvas };
  return { ...planDrawing(question, cell, edge, frame), canvas };
}

type Frame = Pick<Composition, "width" | "height" | "anchor" | "columns" | "rows" | "wrapX" | "wrapY">;
type Rest = Omit<SizePlan, "canvas">;

function planSurface(cell: Size, canvas: number, frame: Frame): Rest {
  const text = `${cell.width}x${cell.height}`;
  const enlarge = [1, 2, 3, 4].find((factor) => fitsWhole(cell, factor, canvas));
  const fit =
    cell.width / (enlarge ?? 1) === canvas && cell.height / (enlarge ?? 1) === canvas ? "exact" : "sample";
  const warnings: string[] = [];
  if (enlarge === undefined) {
    warnings.push(
      `${text} is sampled from a ${canvas}x${canvas} surface by an uneven factor, so some rows or columns stand twice. Whole multiples of ${canvas} do not have this.`,
    );
  } else if (fit === "sample") {
    warnings.push(
      `${text} is sampled from a ${canvas}x${canvas} surface${enlarge > 1 ? ` and enlarged ${enlarge} times` : ""}: it stays seamless, fine detail is lost.`,
    );
  } else if (enlarge > 1) {
    warnings.push(`${text} is a ${canvas}x${canvas} surface enlarged ${enlarge} times as pixel art.`);
  }
  return { bounds: null, composition: { ...frame, enlarge: enlarge ?? 1, fit }, warnings };
}

function fitsWhole(cell: Size, factor: number, canvas: number): boolean {
  const edges = [cell.width, cell.height];
  return edges.every((edge) => edge % factor === 0 && edge / factor <= canvas);
}

function planDrawing(question: SizeQuestion, cell: Size, canvas: number, frame: Frame): Rest {
  const fitting = Math.floor(Math.max(cell.width, cell.height) / canvas);
  const smallest = Math.floor(Math.min(cell.width, cell.height) / MIN_BASE);
  const enlarge = Math.max(1, Math.min(MAX_ENLARGE, fitting, smallest));
  const base = {
    width: Math.min(canvas, Math.floor(cell.width / enlarge)),
    height: Math.min(canvas, Math.floor(cell.height / enlarge)),
  };
  const cropped = base.width < canvas || base.height < canvas;
  const padded = base.width * enlarge < cell.width || base.height * enlarge < cell.height;
  const fit = cropped ? "crop" : padded ? "pad" : "exact";
  const text = `${cell.width}x${cell.height}`;
  const drawn = `${base.width}x${base.height}`;
  const warnings: string[] = [];
  if (enlarge > 1)
    warnings.push(`${text} is a ${drawn} drawing enlarged ${enlarge} times as pixel art (Scale2x, Scale3x).`);
  if (padded)
    warnings.push(
      `${text} holds a drawing of ${base.width * enlarge}x${base.height * enlarge} at most; the rest is empty.`,
    );
  if (cropped && !question.hasBounds) {
    warnings.push(`The model cannot be told to draw at ${drawn}: what is larger is cut off at the edges.`);
  }
  const bounds = question.hasBounds ? boxOf(base, canvas, question.margin) : null;
  return { bounds, composition: { ...frame, enlarge, fit }, warnings };
}

/** The box of a drawing in the middle of the canvas, with its margin inside. */
function boxOf(base: Size, canvas: number, margin: number): PictureRequest["bounds"] {
  const width = Math.max(1, base.width - 2 * margin);
  const height = Math.max(1, base.height - 2 * margin);
  return { x: Math.floor((canvas - width) / 2), y: Math.floor((canvas - height) / 2), width, height };
}
