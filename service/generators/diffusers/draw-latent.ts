import { type Edges, type Planes, roll, type Shift } from "./planes.ts";
import type { Schedule } from "./schedule.ts";

/** What is drawn already: its latent, and the cells that are drawn anew (1). */
export interface GivenLatent {
  latent: Float32Array;
  anew: Uint8Array;
}

export interface LatentOrder {
  schedule: Schedule;
  /** Edges of the latent in cells. */
  cells: Edges;
  /** The noise to begin with (0), and for each step after. */
  noise: (i: number) => Float32Array;
  /** The clean latent of a picture to start from, or null. */
  start: Float32Array | null;
  given: GivenLatent | null;
  /** How far the latent is moved around for a step. */
  shift: (i: number) => Shift;
  /** Predicts for what a network is shown, at a step of its training. */
  predict: (shown: Planes, time: number) => Promise<Float32Array>;
  /** Called before each step and after the last one; throws to stop. */
  check: () => void;
  onStep: (step: number, steps: number) => void;
}

/** Draws a latent, step by step. Throws what `predict` and `check` throw. */
export async function drawLatent(order: LatentOrder): Promise<Float32Array> {
  const { schedule, cells, given, start } = order;
  const steps = schedule.times.length;
  const noise = order.noise(0);
  let latent = schedule.begin(noise, start);
  for (const [i, time] of schedule.times.entries()) {
    order.check();
    const shift = order.shift(i);
    const shown = roll({ ...cells, data: schedule.input(latent, i) }, shift);
    const predicted = await order.predict({ ...cells, data: shown }, time);
    const back = roll({ ...cells, data: predicted }, { x: -shift.x, y: -shift.y });
    latent = schedule.step(latent, back, i, () => order.noise(i + 1));
    if (given) latent = keepGiven(latent, schedule.noised(given.latent, noise, i + 1), given.anew);
    order.onStep(i + 1, steps);
  }
  order.check();
  return latent;
}

function keepGiven(latent: Float32Array, given: Float32Array, anew: Uint8Array): Float32Array {
  return latent.map((value, k) => (anew[k % anew.length] ? value : given[k]!));
}
