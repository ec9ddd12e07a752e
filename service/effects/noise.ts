import type { Random } from "../pixel/random.ts";
import { frac, lerp } from "./timing.ts";

/** Gives a smooth value of 0 to 1; it repeats every `period` units in both directions. */
export type Noise = (x: number, y: number) => number;

/** Makes value noise on a lattice of `period` x `period` random numbers, joined by a smoothstep. */
export function createNoise(random: Random, period: number): Noise {
  const lattice = Float64Array.from({ length: period * period }, () => random());
  const at = (column: number, row: number): number =>
    lattice[wrap(row, period) * period + wrap(column, period)]!;
  return (x, y) => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [across, down] = [smooth(frac(x)), smooth(frac(y))];
    const top = lerp(at(column, row), at(column + 1, row), across);
    const bottom = lerp(at(column, row + 1), at(column + 1, row + 1), across);
    return lerp(top, bottom, down);
  };
}

function wrap(value: number, period: number): number {
  return ((value % period) + period) % period;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
