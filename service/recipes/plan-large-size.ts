import type { Composition } from "../pixel/composition.ts";
import { MAX_ENLARGE, type Size, type SizePlan, type SizeQuestion } from "./plan-size.ts";

/** Pixels of a large picture along an edge of one art pixel: below the first no grid is seen, the second is plenty. */
const LEAST_PITCH = 4;
const ENOUGH_PITCH = 8;
/** Aspects that differ by less than a twentieth count as one. */
const ASPECT_STEPS = 20;

/**
 * Decides the canvas and the composition of an asked size for a generator of large pictures. A drawing is shown whole,
 * with square art pixels, and gets room where the canvas has another aspect; a surface is stretched to the asked
 * size, which keeps its joints. Sizes with too few pixels for one art pixel are drawn smaller and enlarged.
 */
export function planLargeSize(question: SizeQuestion): SizePlan {
  const { width, height, columns, rows, sizes, surface, anchor, wrapX, wrapY } = question;
  const cell = { width: width / columns, height: height / rows };
  const smaller = enlargement(cell, sizes.at(-1) ?? 0);
  const whole = surface ? Math.ceil : Math.floor;
  const base = { width: whole(cell.width / smaller), height: whole(cell.height / smaller) };
  const canvas = chooseCanvas(base, sizes);
  const pitch = Math.max(canvas.width / base.width, canvas.height / base.height);
  const edge = (length: number): number => Math.max(1, Math.round(length / pitch));
  const grid = surface ? base : { width: edge(canvas.width), height: edge(canvas.height) };
  // A surface has no rest that could stay empty: where it cannot be enlarged by whole steps, its pixels are repeated.
  const enlarge = surface && (cell.width % smaller > 0 || cell.height % smaller > 0) ? 1 : smaller;
  const covers = grid.width * enlarge === cell.width && grid.height * enlarge === cell.height;
  const composition: Composition = {
    ...{ width, height, anchor, columns, rows, wrapX, wrapY, enlarge },
    fit: fitOf({ covers, surface, anchor }),
    pixelate: grid,
  };
  const bounds =
    question.hasBounds && !surface ? insetBox(canvas, Math.round(question.margin * pitch)) : null;
  return { canvas, bounds, composition, warnings: warningsOf({ cell, grid, enlarge, covers, surface }) };
}

/** The least factor at which the largest canvas has enough pixels for each art pixel. */
function enlargement(cell: Size, largest: number): number {
  const longest = Math.max(cell.width, cell.height);
  return Math.max(1, Math.min(MAX_ENLARGE, Math.ceil((LEAST_PITCH * longest) / largest)));
}

function chooseCanvas(base: Size, sizes: readonly number[]): Size {
  const canvases = sizes.flatMap((width) => sizes.map((height) => ({ width, height })));
  return canvases.reduce((best, one) => (isBefore(rankOf(one, base), rankOf(best, base)) ? one : best));
}

/** Ranks a canvas, smaller is better: by its aspect, enough pixels for an art pixel, whole ones, its area. */
function rankOf({ width, height }: Size, base: Size): number[] {
  const pitches = [width / base.width, height / base.height];
  const [low, high] = [Math.min(...pitches), Math.max(...pitches)];
  const uneven = pitches.filter((pitch) => !Number.isInteger(pitch)).length;
  return [
    Math.round(ASPECT_STEPS * (1 - low / high)),
    Math.max(0, ENOUGH_PITCH - low),
    uneven,
    width * height,
  ];
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, i) => value !== other[i]);
  return (one[at] ?? 0) < (other[at] ?? 0);
}

interface Fit {
  covers: boolean;
  surface: boolean;
  anchor: Composition["anchor"];
}

/** Nobody told the generator where the lowest pixel of a standing thing goes: it is moved there. */
function fitOf({ covers, surface, anchor }: Fit): Composition["fit"] {
  if (surface) return covers ? "exact" : "sample";
  return covers && anchor === "center" ? "exact" : "pad";
}

function insetBox({ width, height }: Size, inset: number): SizePlan["bounds"] {
  return { x: inset, y: inset, width: width - 2 * inset, height: height - 2 * inset };
}

interface Outcome {
  cell: Size;
  grid: Size;
  enlarge: number;
  covers: boolean;
  surface: boolean;
}

function warningsOf({ cell, grid, enlarge, covers, surface }: Outcome): string[] {
  const asked = `${cell.width}x${cell.height}`;
  const drawn = `${grid.width}x${grid.height}`;
  const what = surface ? "surface" : "drawing";
  const warnings: string[] = [];
  if (enlarge > 1)
    warnings.push(
      `${asked} is a ${drawn} ${what} enlarged ${enlarge} times as pixel art (Scale2x, Scale3x).`,
    );
  if (!covers && surface)
    warnings.push(`${asked} is sampled from a ${drawn} surface: some rows or columns stand twice.`);
  if (!covers && !surface)
    warnings.push(
      `${asked} holds a drawing of ${grid.width * enlarge}x${grid.height * enlarge} at most; the rest is empty.`,
    );
  return warnings;
}
