import { fitLines, type LineFit } from "./fit-lines.ts";
import type { CellGrid } from "./grid.ts";
import { lineEvidence, logStrength, thinOut } from "./line-evidence.ts";
import { spaceMargins } from "./space-margins.ts";
import { FINE, type Profile } from "./straighten.ts";

/** The pitches to try: from 2.8 pixels up, each this much larger than the last (in logarithms). */
const SMALLEST_PITCH = 2.8;
const LARGEST_PITCH = 40;
const COARSE_STEP = 0.02;
/** The minimum number of cells of a picture along each axis. */
const FEWEST_CELLS = 5;
/** How far apart the pitches of x and y may be, in logarithms, and its standard deviation. */
const MOST_ANISOTROPY = 0.04;
const ANISOTROPY = 0.014;
/** How the coarse pass places lines: no drift, but loose. */
const LOOSE_JITTER = 0.167;
const COARSE_REACH = 0.75;
/** Above this many pixels per cell, the coarse pass looks at whole pixels only, and so on. */
const COARSE_PLACES = 6;
/** The fine pass tries pitches around the coarse one in steps of 3 %, with evenly spaced lines and with drifting ones. */
const FINE_RANGE = 4;
const FINE_STEP = 0.03;
const FINE_REACH = 0.4;
/** Above this many pixels per cell, the fine pass looks at whole pixels only. */
const FINE_PLACES = 12;
const GAIN = 3;
const MODELS = [
  { jitter: 0.03, walk: 0 },
  { jitter: 0.11, walk: 0.07 },
];
/** What a line of a looser model pays for its freedom, times the logarithm of that freedom. */
const FREEDOM_COST = 0.1;

/** A grid, the pitches it was made with, and its confidence: 0 is chance, 1 is certain. */
export interface RecoveredGrid extends CellGrid {
  readonly confidence: number;
}

/** Two evidences, one for each axis. */
interface Axes {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * Finds the grid of cells from the profiles of a picture of pixel art whose cells are uneven, soft and noisy. `pitch`
 * is the size of a cell in pixels, if known; otherwise every size from 3 to 40 pixels is tried.
 */
export function fitGrid(x: Profile, y: Profile, pitch?: number): RecoveredGrid {
  const axes = { x: logStrength(x.strength), y: logStrength(y.strength) };
  const rough = pitch ?? coarsePitch(axes, Math.min(x.length, y.length));
  const fit = fineFit(axes, rough, pitch === undefined ? FINE_RANGE : 1);
  return {
    cutsX: Float64Array.from(fit.x),
    cutsY: Float64Array.from(fit.y),
    bendX: x.bend,
    bendY: y.bend,
    confidence: (contrast(x, fit.x) + contrast(y, fit.y)) / 2,
  };
}

/** The pitch at which evenly spaced but loose lines fit best, for both axes together. */
function coarsePitch(axes: Axes, smallerEdge: number): number {
  const top = Math.max(6, Math.min(LARGEST_PITCH, smallerEdge / FEWEST_CELLS));
  const pitches: number[] = [];
  for (let at = Math.log(SMALLEST_PITCH); at < Math.log(top); at += COARSE_STEP) pitches.push(Math.exp(at));
  const fitAll = (logarithm: Float32Array): LineFit[] =>
    pitches.map((pitch) => {
      // A coarse pitch does not need half pixels.
      const factor = 2 ** Math.max(0, Math.floor(Math.log2(pitch / COARSE_PLACES)));
      return fitLines(thinOut(lineEvidence(logarithm, COARSE_REACH * pitch, GAIN), factor), {
        pitch,
        scale: pitch,
        perPixel: FINE / factor,
        jitter: LOOSE_JITTER,
        walk: 0,
      });
    });
  const best = bestPair(fitAll(axes.x), fitAll(axes.y), COARSE_STEP);
  return Math.sqrt(pitches[best.i]! * pitches[best.j]!);
}

/** The best lines with a pitch close to the given one. */
function fineFit(axes: Axes, rough: number, range: number): { x: number[]; y: number[] } {
  const pitches = Array.from({ length: 2 * range + 1 }, (_, i) => rough * Math.exp((i - range) * FINE_STEP));
  const factor = rough >= FINE_PLACES ? 2 : 1;
  const evidence = {
    x: thinOut(lineEvidence(axes.x, FINE_REACH * rough, GAIN), factor),
    y: thinOut(lineEvidence(axes.y, FINE_REACH * rough, GAIN), factor),
  };
  let best: { x: LineFit; y: LineFit; total: number } | null = null;
  for (const model of MODELS) {
    const fitAll = (values: Float64Array): LineFit[] =>
      pitches.map((pitch) => {
        const { cuts, total } = fitLines(values, { pitch, scale: rough, perPixel: FINE / factor, ...model });
        const freedom = FREEDOM_COST * Math.log(model.jitter / MODELS[1]!.jitter);
        return { cuts, total: total - freedom * (cuts.length - 1) };
      });
    const x = fitAll(evidence.x);
    const y = fitAll(evidence.y);
    const { i, j, total } = bestPair(x, y, FINE_STEP);
    if (best === null || total > best.total) best = { x: x[i]!, y: y[j]!, total };
  }
  const space = (cuts: readonly number[], values: Float64Array): number[] =>
    spaceMargins(cuts, {
      evidence: values,
      perPixel: FINE / factor,
      length: (values.length - 1) / (FINE / factor),
    });
  return { x: space(best!.x.cuts, evidence.x), y: space(best!.y.cuts, evidence.y) };
}

/** The pair of fits with the best sum, minus the cost of different pitches. */
function bestPair(
  x: readonly LineFit[],
  y: readonly LineFit[],
  step: number,
): { i: number; j: number; total: number } {
  const most = Math.round(MOST_ANISOTROPY / step);
  let best = { i: 0, j: 0, total: Number.NEGATIVE_INFINITY };
  for (let i = 0; i < x.length; i++) {
    for (let j = Math.max(0, i - most); j <= Math.min(y.length - 1, i + most); j++) {
      const total = x[i]!.total + y[j]!.total - 0.5 * (((i - j) * step) / ANISOTROPY) ** 2;
      if (total > best.total) best = { i, j, total };
    }
  }
  return best;
}

/** How much stronger the borders are on the lines than halfway between them: -1 to 1. */
function contrast({ strength }: Profile, cuts: readonly number[]): number {
  let on = 0;
  let off = 0;
  const at = (x: number): number =>
    strength[Math.max(0, Math.min(strength.length - 1, Math.round(x * FINE)))]!;
  for (let i = 1; i < cuts.length - 1; i++) {
    on += at(cuts[i]!);
    off += at((cuts[i]! + cuts[i + 1]!) / 2);
  }
  return on + off > 0 ? (on - off) / (on + off) : 0;
}
