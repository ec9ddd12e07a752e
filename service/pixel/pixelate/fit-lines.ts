/** Lines in picture pixels, ascending, and how well they fit; only fits of the same evidence can be compared. */
export interface LineFit {
  readonly cuts: number[];
  readonly total: number;
}

/** How lines may be placed. Distances are shares of `scale`, in pixels. */
export interface LineModel {
  /** The usual distance between two lines, in pixels. */
  readonly pitch: number;
  readonly scale: number;
  /** Places in the evidence per pixel. */
  readonly perPixel: number;
  /** Standard deviation of a line's distance from where the local pitch predicts it. */
  readonly jitter: number;
  /** Standard deviation of the change of the local pitch from line to line, in logarithms; 0: it never changes. */
  readonly walk: number;
}

/** The smallest and largest distance between two lines. */
const NEAREST = 0.5;
const FARTHEST = 1.6;
/** The outer lines may lie half a cell outside the picture; the farther from its edge, the less likely. */
const EDGE_COST = 1;
const LOCAL_PITCHES = 9;
const PITCH_STEP = 0.05;
/** Standard deviation of the local pitch from the usual one, in logarithms, and how much of that each line pays for. */
const PITCH_SPREAD = 0.12;
const PULL = 0.3;
const NEVER = -1e18;

/** A gap that costs more than this is never worth its line. */
const TOO_DEAR = 24;

/**
 * Finds the lines with the greatest sum of evidence, minus a cost for uneven spacing. The optimum is global: dynamic
 * programming over places and local pitches (a hidden semi-Markov model whose state is the pitch; the path is
 * Viterbi's, 1967), so that a slow drift is followed and a gap in the evidence is bridged.
 * The first and the last place of `evidence` lie on the edges of the picture.
 */
export function fitLines(evidence: Float64Array, model: LineModel): LineFit {
  const trellis = createTrellis(evidence.length, model);
  for (let place = 0; place < trellis.places; place++) {
    arrive(trellis, place);
    const i = place - trellis.margin;
    // Exactly on the edges there is no evidence for or against a line.
    depart(trellis, place, i > 1 && i < evidence.length - 2 ? evidence[i]! : 0);
  }
  return readPath(trellis, model.perPixel);
}

interface Trellis {
  readonly places: number;
  /** Places before and after the picture. */
  readonly margin: number;
  readonly pitches: number;
  /** For each pitch the gaps worth trying, and where their costs start in `gapCosts`. */
  readonly nearest: Int32Array;
  readonly farthest: Int32Array;
  readonly starts: Int32Array;
  readonly gapCosts: Float64Array;
  /** Cost of each pitch, and of each possible pitch change. */
  readonly pitchCosts: Float64Array;
  readonly walkCosts: Float64Array;
  readonly best: Float64Array;
  readonly back: Int32Array;
  readonly arrived: Float64Array;
  readonly from: Int32Array;
}

function createTrellis(length: number, { pitch, scale, jitter, walk, perPixel }: LineModel): Trellis {
  const margin = Math.round((scale * perPixel) / 2);
  const places = length + 2 * margin;
  const pitches = walk > 0 ? LOCAL_PITCHES : 1;
  const middle = (pitches - 1) / 2;
  const closest = Math.max(1, Math.round(NEAREST * scale * perPixel));
  const widest = Math.max(closest, Math.round(FARTHEST * scale * perPixel));
  const nearest = new Int32Array(pitches);
  const farthest = new Int32Array(pitches);
  const starts = new Int32Array(pitches);
  const costs: number[] = [];
  for (let k = 0; k < pitches; k++) {
    const local = pitch * perPixel * Math.exp((k - middle) * PITCH_STEP);
    const spread = jitter * scale * perPixel;
    const reach = Math.max(1, spread * Math.sqrt(2 * TOO_DEAR));
    nearest[k] = Math.max(closest, Math.min(widest, Math.floor(local - reach)));
    farthest[k] = Math.min(widest, Math.max(closest, Math.ceil(local + reach)));
    starts[k] = costs.length - nearest[k]!;
    for (let gap = nearest[k]!; gap <= farthest[k]!; gap++) costs.push(0.5 * ((gap - local) / spread) ** 2);
  }
  return {
    places,
    margin,
    pitches,
    nearest,
    farthest,
    starts,
    gapCosts: Float64Array.from(costs),
    pitchCosts: Float64Array.from({ length: pitches }, (_, k) => {
      return 0.5 * (((k - middle) * PITCH_STEP) / PITCH_SPREAD) ** 2;
    }),
    walkCosts: Float64Array.from({ length: 3 }, (_, steps) => 0.5 * ((steps * PITCH_STEP) / walk) ** 2),
    best: new Float64Array(places * pitches),
    back: new Int32Array(places * pitches),
    arrived: new Float64Array(pitches),
    from: new Int32Array(pitches),
  };
}

function edgeCost({ margin, places }: Trellis, place: number): number {
  const off = place < places / 2 ? place - margin : place - (places - 1 - margin);
  return EDGE_COST * (off / Math.max(1, margin)) ** 2;
}

/** Finds for each pitch the best line before this place, or that this line is the first one. */
function arrive(trellis: Trellis, place: number): void {
  const { places, pitches, gapCosts, best, arrived, from, margin } = trellis;
  const first = place <= 2 * margin ? -edgeCost(trellis, place) : NEVER;
  for (let k = 0; k < pitches; k++) {
    let value = NEVER;
    let origin = -1;
    const costs = trellis.starts[k]!;
    const row = k * places + place;
    const last = Math.min(trellis.farthest[k]!, place);
    for (let gap = trellis.nearest[k]!; gap <= last; gap++) {
      const candidate = best[row - gap]! - gapCosts[costs + gap]!;
      if (candidate <= value) continue;
      value = candidate;
      origin = row - gap;
    }
    const cost = trellis.pitchCosts[k]!;
    value -= PULL * cost;
    const start = first - cost;
    arrived[k] = value > start ? value : start;
    from[k] = value > start ? origin : -1;
  }
}

/** Lets the pitch change by up to two steps after the line at this place. */
function depart(trellis: Trellis, place: number, gain: number): void {
  const { places, pitches, walkCosts, best, back, arrived, from } = trellis;
  for (let k = 0; k < pitches; k++) {
    let value = arrived[k]!;
    let origin = from[k]!;
    for (let steps = -2; steps <= 2; steps++) {
      const j = k + steps;
      if (steps === 0 || j < 0 || j >= pitches) continue;
      const candidate = arrived[j]! - walkCosts[steps < 0 ? -steps : steps]!;
      if (candidate <= value) continue;
      value = candidate;
      origin = from[j]!;
    }
    best[k * places + place] = value + gain;
    back[k * places + place] = origin;
  }
}

function readPath(trellis: Trellis, perPixel: number): LineFit {
  const { places, margin, pitches, best, back } = trellis;
  let total = NEVER;
  let end = -1;
  for (let place = Math.max(0, places - 1 - 2 * margin); place < places; place++) {
    for (let k = 0; k < pitches; k++) {
      const value = best[k * places + place]! - edgeCost(trellis, place);
      if (value <= total) continue;
      total = value;
      end = k * places + place;
    }
  }
  const cuts: number[] = [];
  for (let state = end; state >= 0; state = back[state]!) cuts.push(((state % places) - margin) / perPixel);
  return { cuts: cuts.reverse(), total };
}
