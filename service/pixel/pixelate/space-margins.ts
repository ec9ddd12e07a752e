/** Less evidence than this on a line is none: it does not stand out from its surroundings. */
const LEAST_EVIDENCE = 0.3;
/** Nor is a line there that is this much weaker than the usual one: a codec draws such lines on its own lattice. */
const LEAST_STRENGTH = 0.1;
/** A margin with fewer lines is too short to go wrong. */
const FEWEST_LINES = 4;
/** How many cells between detected lines it takes to know the size of a cell. */
const FEWEST_CELLS = 8;

/** Where the evidence of an axis lies, in picture pixels: `perPixel` places each, from 0 to `length`. */
export interface EvidenceAxis {
  readonly evidence: Float64Array;
  readonly perPixel: number;
  readonly length: number;
  /** How strong the border at a place in pixels is. */
  readonly strengthAt: (place: number) => number;
}

/**
 * Spaces the lines of margins without evidence (a black background, a plain sky) again. Lines are fitted to whole places,
 * so where nothing holds them all gaps are the same whole number of places, and the rounding adds up to a cell over
 * a dozen of them. Whatever lies beyond the last detected line is divided into cells of the mean size of all detected
 * ones; at the edge of the picture a cell counts if half of it is visible. Takes and returns ascending cuts.
 */
export function spaceMargins(cuts: readonly number[], axis: EvidenceAxis): number[] {
  const { evidence, perPixel, length, strengthAt } = axis;
  const inner = cuts.slice(1, -1);
  const strengths = inner.map(strengthAt).sort((one, other) => one - other);
  const least = LEAST_STRENGTH * (strengths[Math.floor(0.75 * strengths.length)] ?? 0);
  const seen = (cut: number): boolean =>
    (evidence[Math.round(cut * perPixel)] ?? 0) >= LEAST_EVIDENCE && strengthAt(cut) >= least;
  const first = 1 + inner.findIndex(seen);
  const last = 1 + inner.findLastIndex(seen);
  if (last - first < FEWEST_CELLS) return [...cuts];
  const pitch = (cuts[last]! - cuts[first]!) / (last - first);
  const before =
    first < FEWEST_LINES ? cuts.slice(0, first) : spaced(cuts[first]!, -pitch, cuts[first]!).reverse();
  const after =
    cuts.length - 1 - last < FEWEST_LINES
      ? cuts.slice(last + 1)
      : spaced(cuts[last]!, pitch, length - cuts[last]!);
  return [...before, ...cuts.slice(first, last + 1), ...after];
}

/** Lines from a place on, by a step, over a distance. */
function spaced(from: number, step: number, distance: number): number[] {
  const count = Math.max(1, Math.round(distance / Math.abs(step)));
  return Array.from({ length: count }, (_, i) => from + (i + 1) * step);
}
