import { fitLines, type LineFit } from "./fit-lines.ts";
import type { CellGrid } from "./grid.ts";
import { lineEvidence, logStrength, thinOut } from "./line-evidence.ts";
import { spaceMargins } from "./space-margins.ts";
import { FINE, type Profile } from "./straighten.ts";

/** The pitches to try: from the smallest up, each this much larger than the last (in logarithms). */
const SMALLEST_PITCH = 2;
const LARGEST_PITCH = 40;
/** In a large picture the cells may be larger: it has at least this many along its shorter edge. */
const USUAL_CELLS = 24;
const COARSE_STEP = 0.04;
/** Around the best of them, pitches are tried at half that step. */
const HALF_STEP = COARSE_STEP / 2;
/** The minimum number of cells of a picture along each axis. */
const FEWEST_CELLS = 5;
/** How far apart the pitches of x and y may be, in logarithms, and its standard deviation. */
const MOST_ANISOTROPY = 0.04;
const ANISOTROPY = 0.014;
/** How the coarse pass places lines: no drift, but loose. */
const LOOSE_JITTER = 0.167;
const COARSE_REACH = 0.75;
/** Above this many pixels per cell, the coarse pass looks at whole pixels only, and so on. */
const COARSE_PLACES = 3;
/** Two pitches are candidates of their own if they are this far apart, in logarithms. */
const APART = 0.2;
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
] as const;
/** What a line of a looser model pays for its freedom, times the logarithm of that freedom. */
const FREEDOM_COST = 0.1;

/** A grid, the pitches it was made with, and its confidence: 0 is chance, 1 is certain. */
export interface RecoveredGrid extends CellGrid {
  readonly confidence: number;
}

/** The profiles of a picture, and their logarithms. */
export interface GridEvidence {
  readonly x: Profile;
  readonly y: Profile;
  readonly logX: Float32Array;
  readonly logY: Float32Array;
}

/** Prepares the profiles of the two axes for `candidatePitches` and `fitGrid`. */
export function gridEvidence(x: Profile, y: Profile): GridEvidence {
  return { x, y, logX: logStrength(x.strength), logY: logStrength(y.strength) };
}

/**
 * Lists the sizes of a cell, in pixels, at which evenly spaced but loose lines fit best, for both axes together: the best
 * first, then others that are no neighbors of a better one. Every size from 2 to 40 pixels is tried; in pictures with an edge
 * of a thousand pixels and more, larger ones too.
 */
export function candidatePitches(evidence: GridEvidence, most: number): number[] {
  const smallerEdge = Math.min(evidence.x.length, evidence.y.length);
  const largest = Math.max(LARGEST_PITCH, smallerEdge / USUAL_CELLS);
  const top = Math.max(6, Math.min(largest, smallerEdge / FEWEST_CELLS));
  const steps = Math.max(1, Math.ceil(Math.log(top / SMALLEST_PITCH) / COARSE_STEP));
  const pitches = Array.from({ length: steps }, (_, i) => SMALLEST_PITCH * Math.exp(i * COARSE_STEP));
  const x = pitches.map((pitch) => looseFit(evidence.logX, pitch));
  const y = pitches.map((pitch) => looseFit(evidence.logY, pitch));
  const totals = pitches.map((_, i) => pairAt(x, y, i, COARSE_STEP));
  const order = pitches.map((_, i) => i).sort((i, j) => totals[j]!.total - totals[i]!.total || i - j);
  const chosen: number[] = [];
  for (const i of order) {
    if (chosen.length === most) break;
    const pitch = Math.sqrt(pitches[i]! * pitches[totals[i]!.j]!);
    if (chosen.every((other) => Math.abs(Math.log(pitch / other)) > APART)) chosen.push(pitch);
  }
  return chosen.map((pitch) => sharperPitch(evidence, pitch));
}

/** The best pitch next to one that was found in coarse steps. */
function sharperPitch({ logX, logY }: GridEvidence, rough: number): number {
  const pitches = [-2, -1, 0, 1, 2].map((i) => rough * Math.exp(i * HALF_STEP));
  const x = pitches.map((pitch) => looseFit(logX, pitch));
  const y = pitches.map((pitch) => looseFit(logY, pitch));
  const best = bestPair(x, y, HALF_STEP);
  return Math.sqrt(pitches[best.i]! * pitches[best.j]!);
}

function looseFit(logarithm: Float32Array, pitch: number): LineFit {
  // A coarse pitch does not need half pixels.
  const factor = 2 ** Math.max(0, Math.floor(Math.log2(pitch / COARSE_PLACES)));
  const evidence = thinOut(lineEvidence(logarithm, COARSE_REACH * pitch, GAIN), factor);
  return fitLines(evidence, {
    pitch,
    scale: pitch,
    perPixel: FINE / factor,
    jitter: LOOSE_JITTER,
    walk: 0,
  });
}

/**
 * Finds the grid of cells from the profiles of a picture of pixel art whose cells are uneven, soft and noisy. `pitch`
 * is about the size of a cell in pixels; if it is `exact`, only sizes next to it are tried.
 */
export function fitGrid(evidence: GridEvidence, pitch: number, exact = false): RecoveredGrid {
  const { x, y } = evidence;
  const fit = fineFit(evidence, pitch, exact ? 1 : FINE_RANGE);
  return {
    cutsX: Float64Array.from(fit.x),
    cutsY: Float64Array.from(fit.y),
    bendX: x.bend,
    bendY: y.bend,
    confidence: (contrast(x, fit.x) + contrast(y, fit.y)) / 2,
  };
}

/** The best lines with a pitch close to the given one. */
function fineFit(both: GridEvidence, rough: number, range: number): { x: number[]; y: number[] } {
  const factor = 2 ** Math.max(0, Math.floor(Math.log2(rough / FINE_PLACES)) + 1);
  const { logX, logY } = both;
  const evidence = {
    x: thinOut(lineEvidence(logX, FINE_REACH * rough, GAIN), factor),
    y: thinOut(lineEvidence(logY, FINE_REACH * rough, GAIN), factor),
  };
  let best: { x: LineFit; y: LineFit; total: number } | null = null;
  const pitches = Array.from({ length: 2 * range + 1 }, (_, i) => rough * Math.exp((i - range) * FINE_STEP));
  for (const { jitter, walk } of MODELS) {
    const fitAll = (values: Float64Array): LineFit[] =>
      pitches.map((pitch) => {
        const model = { pitch, scale: rough, perPixel: FINE / factor, jitter, walk };
        const { cuts, total } = fitLines(values, model);
        const freedom = FREEDOM_COST * Math.log(jitter / MODELS[1].jitter);
        return { cuts, total: total - freedom * (cuts.length - 1) };
      });
    const x = fitAll(evidence.x);
    const y = fitAll(evidence.y);
    const { i, j, total } = bestPair(x, y, FINE_STEP);
    if (best === null || total > best.total) best = { x: x[i]!, y: y[j]!, total };
  }
  const space = (axis: "x" | "y"): number[] =>
    spaceMargins(best![axis].cuts, {
      evidence: evidence[axis],
      perPixel: FINE / factor,
      length: both[axis].length,
      strengthAt: (place) => strengthAt(both[axis], place),
    });
  return { x: space("x"), y: space("y") };
}

/** The pair of fits with the best sum, minus the cost of different pitches. */
function bestPair(x: readonly LineFit[], y: readonly LineFit[], step: number) {
  let best = { i: 0, j: 0, total: Number.NEGATIVE_INFINITY };
  for (let i = 0; i < x.length; i++) {
    const pair = pairAt(x, y, i, step);
    if (pair.total > best.total) best = { i, ...pair };
  }
  return best;
}

/** The best partner of a fit along x. */
function pairAt(x: readonly LineFit[], y: readonly LineFit[], i: number, step: number) {
  const most = Math.round(MOST_ANISOTROPY / step);
  let best = { j: i, total: Number.NEGATIVE_INFINITY };
  for (let j = Math.max(0, i - most); j <= Math.min(y.length - 1, i + most); j++) {
    const total = x[i]!.total + y[j]!.total - 0.5 * (((i - j) * step) / ANISOTROPY) ** 2;
    if (total > best.total) best = { j, total };
  }
  return best;
}

function strengthAt({ strength }: Profile, place: number): number {
  return strength[Math.max(0, Math.min(strength.length - 1, Math.round(place * FINE)))]!;
}

/** How much stronger the borders are on the lines than halfway between them: -1 to 1. */
function contrast(profile: Profile, cuts: readonly number[]): number {
  let on = 0;
  let off = 0;
  for (let i = 1; i < cuts.length - 1; i++) {
    on += strengthAt(profile, cuts[i]!);
    off += strengthAt(profile, (cuts[i]! + cuts[i + 1]!) / 2);
  }
  return on + off > 0 ? (on - off) / (on + off) : 0;
}
