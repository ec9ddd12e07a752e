import type { EdgeEvidence } from "./edge-evidence.ts";

/** Places per pixel in a profile. */
export const FINE = 2;
/** How far a band may be shifted, in pixels, and in how many steps per pixel. */
const MOST_SHIFT = 2;
const STEPS = 4;
const SHIFT_STEP = 1 / STEPS;
const SHIFTS = 2 * MOST_SHIFT * STEPS + 1;
const MOST_BANDS = 24;
const SMALLEST_BAND = 6;
const ROUNDS = 3;
/** Cost of changing the shift from band to band, against the gain of a good shift. */
const SMOOTHNESS = 0.6;

/** Border strength along an axis at half pixels, and the shift of each pixel row across it. */
export interface Profile {
  readonly strength: Float32Array;
  readonly bend: Float32Array;
  readonly length: number;
}

/**
 * Sums the evidence of all rows into one profile after removing the wave that generated pictures have: all lines sway
 * together, by up to a pixel or two, so a plain sum would smear them. The rows are cut into bands; each is shifted
 * to where it fits the sum of the others best, with a cost for jumps between bands; three rounds.
 * The best path of shifts is Viterbi's (1967).
 */
export function straightenedProfile(evidence: EdgeEvidence, across: number): Profile {
  const { groups, spacing, length } = evidence;
  const pixels = Math.max(SMALLEST_BAND, across / MOST_BANDS);
  const perBand = Math.max(1, Math.round(pixels / spacing));
  const bands = sumBands(evidence, perBand).map(refine);
  const shifts = new Float32Array(bands.length);
  let strength = sumShifted(bands, shifts, length);
  if (bands.length >= 4) {
    for (let round = 0; round < ROUNDS; round++) {
      const fits = bands.map((band, i) => fitBand(band, shifts[i]!, strength));
      const before = shifts.slice();
      followShifts(fits, shifts);
      if (shifts.every((shift, i) => shift === before[i])) break;
      strength = sumShifted(bands, shifts, length);
    }
  }
  const bend = new Float32Array(across);
  for (let row = 0; row < across; row++) {
    const group = Math.min(groups - 1, Math.floor(row / spacing));
    bend[row] = shifts[Math.min(bands.length - 1, Math.floor(group / perBand))]!;
  }
  return { strength, bend, length };
}

function sumBands({ strength, groups, length }: EdgeEvidence, perBand: number): Float32Array[] {
  const count = Math.max(1, Math.floor(groups / perBand));
  return Array.from({ length: count }, (_, band) => {
    const sum = new Float32Array(length + 1);
    const end = band === count - 1 ? groups : (band + 1) * perBand;
    for (let group = band * perBand; group < end; group++) {
      const start = group * (length + 1);
      for (let i = 0; i <= length; i++) sum[i] = sum[i]! + strength[start + i]!;
    }
    return sum;
  });
}

/** A band with as many places per pixel as shifts have steps, so that moving it is just counting. */
function refine(band: Float32Array): Float32Array {
  const fine = new Float32Array((band.length - 1) * STEPS + 1);
  for (let i = 0; i < fine.length; i++) {
    const left = Math.floor(i / STEPS);
    const share = (i % STEPS) / STEPS;
    fine[i] = share === 0 ? band[left]! : band[left]! * (1 - share) + band[left + 1]! * share;
  }
  return fine;
}

/** Adds a refined band, moved left by `steps`, to a profile, `sign` times. */
function addShifted(
  profile: Float32Array,
  band: Float32Array,
  { steps, sign }: { steps: number; sign: number },
): void {
  const [from, to] = overlap(profile, band, steps);
  for (let i = from; i < to; i++) profile[i] = profile[i]! + sign * band[i * (STEPS / FINE) + steps]!;
}

/** The places of a profile covered by a moved band. */
function overlap(profile: Float32Array, band: Float32Array, steps: number): [number, number] {
  const perPlace = STEPS / FINE;
  const from = Math.max(0, Math.ceil(-steps / perPlace));
  return [from, Math.min(profile.length, Math.floor((band.length - 1 - steps) / perPlace) + 1)];
}

function sumShifted(bands: readonly Float32Array[], shifts: Float32Array, length: number): Float32Array {
  const sum = new Float32Array(length * FINE + 1);
  for (const [i, band] of bands.entries())
    addShifted(sum, band, { steps: Math.round(shifts[i]! * STEPS), sign: 1 });
  return sum;
}

/** How well a band fits the sum of the others at each shift. */
function fitBand(band: Float32Array, shift: number, sum: Float32Array): Float64Array {
  const others = sum.slice();
  addShifted(others, band, { steps: Math.round(shift * STEPS), sign: -1 });
  let mean = 0;
  for (const value of others) mean += value / others.length;
  let energy = 1e-9;
  for (let i = 0; i < others.length; i++) {
    const value = others[i]! - mean;
    others[i] = value;
    energy += value * value;
  }
  const scale = 1 / Math.sqrt(energy);
  return Float64Array.from({ length: SHIFTS }, (_, k) => {
    const steps = k - MOST_SHIFT * STEPS;
    const [from, to] = overlap(others, band, steps);
    let product = 0;
    for (let i = from; i < to; i++) product += others[i]! * band[i * (STEPS / FINE) + steps]!;
    return product * scale;
  });
}

/** Writes the path of shifts with the best sum of fits minus the cost of its jumps; their mean is about 0. */
function followShifts(fits: readonly Float64Array[], shifts: Float32Array): void {
  const range = fits.reduce((sum, fit) => sum + Math.max(...fit) - Math.min(...fit), 0) / fits.length;
  const cost = SMOOTHNESS * range * SHIFT_STEP ** 2;
  let best = fits[0]!.slice();
  const backs: Int16Array[] = [];
  for (const fit of fits.slice(1)) {
    const next = new Float64Array(SHIFTS);
    const back = new Int16Array(SHIFTS);
    for (let k = 0; k < SHIFTS; k++) {
      let value = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < SHIFTS; j++) {
        const candidate = best[j]! - cost * (k - j) ** 2;
        if (candidate <= value) continue;
        value = candidate;
        back[k] = j;
      }
      next[k] = value + fit[k]!;
    }
    best = next;
    backs.push(back);
  }
  let k = best.indexOf(Math.max(...best));
  for (let band = fits.length - 1; band >= 0; band--) {
    shifts[band] = k * SHIFT_STEP - MOST_SHIFT;
    if (band > 0) k = backs[band - 1]![k]!;
  }
  // Whole steps, so that the shifts stay on the refined places.
  const sum = shifts.reduce((total, shift) => total + shift, 0);
  const mean = Math.round((sum / shifts.length) * STEPS) / STEPS;
  for (let band = 0; band < shifts.length; band++) shifts[band] = shifts[band]! - mean;
}
