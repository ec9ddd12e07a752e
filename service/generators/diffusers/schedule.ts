import type { ScheduleConfig } from "./diffusers-config.ts";

/** How many steps a latent consistency model was distilled from: its own are chosen among these. */
const LCM_STEPS = 50;
/** Deviation of the data, and the scale of time, in the boundary of a consistency model. */
const LCM_DEVIATION = 0.5;
const LCM_TIME_SCALE = 10;

/** The way from noise to a latent. `i` counts steps from 0; latents are flat arrays and never written to. */
export interface Schedule {
  /** Steps of the training at which the network is asked, descending. */
  times: readonly number[];
  /** The latent of the first step: noise alone, or a clean latent under noise. */
  begin(noise: Float32Array, clean: Float32Array | null): Float32Array;
  /** A clean latent as noisy as the latent of a step; after the last one it is clean. */
  noised(clean: Float32Array, noise: Float32Array, i: number): Float32Array;
  /** What the network is shown. */
  input(latent: Float32Array, i: number): Float32Array;
  /** The latent of the next step, from a prediction; `noise` gives fresh noise where the solver wants some. */
  step(latent: Float32Array, predicted: Float32Array, i: number, noise: () => Float32Array): Float32Array;
}

/**
 * Makes the way of so many steps, of which a start at `strength` (0 to 1] takes the last share, at least one. Euler's
 * method as in Karras et al. 2022 (arXiv:2206.00364) without churn, consistency steps as in Luo et al. 2023
 * (arXiv:2310.04378); numbers as in diffusers 0.42.
 */
export function createSchedule(config: ScheduleConfig, steps: number, strength: number): Schedule {
  const kept = cumulativeAlphas(config);
  const all = config.solver === "lcm" ? lcmTimes(config, steps) : eulerTimes(config, steps);
  const taken = Math.max(1, Math.min(all.length, Math.floor(all.length * strength)));
  const times = all.slice(all.length - taken);
  return config.solver === "lcm" ? lcm(config, kept, times) : euler(config, kept, { all, times });
}

/** The share of the signal that is left after each step of the training. */
function cumulativeAlphas({ betaStart, betaEnd, betaShape, trainSteps }: ScheduleConfig): Float64Array {
  const kept = new Float64Array(trainSteps);
  const scaled = betaShape === "scaled_linear";
  const [from, to] = scaled ? [Math.sqrt(betaStart), Math.sqrt(betaEnd)] : [betaStart, betaEnd];
  let product = 1;
  for (let i = 0; i < trainSteps; i++) {
    const value = from + ((to - from) * i) / (trainSteps - 1);
    product *= 1 - (scaled ? value * value : value);
    kept[i] = product;
  }
  return kept;
}

function eulerTimes({ spacing, stepsOffset, trainSteps }: ScheduleConfig, steps: number): number[] {
  if (spacing === "trailing")
    return Array.from({ length: steps }, (_, i) => roundHalfEven(trainSteps - (i * trainSteps) / steps) - 1);
  const ratio = Math.floor(trainSteps / steps);
  return Array.from({ length: steps }, (_, i) =>
    Math.min(trainSteps - 1, (steps - 1 - i) * ratio + stepsOffset),
  );
}

/** As NumPy rounds. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

function euler(
  { prediction, spacing }: ScheduleConfig,
  kept: Float64Array,
  { all, times }: { all: readonly number[]; times: readonly number[] },
): Schedule {
  const sigmaAt = (time: number): number => Math.sqrt((1 - kept[time]!) / kept[time]!);
  const sigmas = [...times.map(sigmaAt), 0];
  const most = Math.max(...all.map(sigmaAt));
  const first = spacing === "trailing" ? most : Math.sqrt(most * most + 1);
  const noised: Schedule["noised"] = (clean, noise, i) =>
    clean.map((value, k) => value + sigmas[i]! * noise[k]!);
  return {
    times,
    noised,
    begin: (noise, clean) => (clean ? noised(clean, noise, 0) : noise.map((value) => first * value)),
    input(latent, i) {
      const scale = 1 / Math.sqrt(sigmas[i]! ** 2 + 1);
      return latent.map((value) => scale * value);
    },
    step(latent, predicted, i) {
      const [now, next] = [sigmas[i]!, sigmas[i + 1]!];
      const square = now * now + 1;
      // The slope is the noise that is predicted, which a velocity names indirectly.
      const slopeOf =
        prediction === "epsilon"
          ? (k: number) => predicted[k]!
          : (k: number) => predicted[k]! / Math.sqrt(square) + (now / square) * latent[k]!;
      return latent.map((value, k) => value + slopeOf(k) * (next - now));
    },
  };
}

function lcmTimes({ trainSteps }: ScheduleConfig, steps: number): number[] {
  const origin = Math.max(LCM_STEPS, steps);
  const ratio = Math.floor(trainSteps / origin);
  return Array.from({ length: steps }, (_, i) => (origin - Math.floor((i * origin) / steps)) * ratio - 1);
}

function lcm({ prediction }: ScheduleConfig, kept: Float64Array, times: readonly number[]): Schedule {
  const shares = [
    ...times.map((time) => [Math.sqrt(kept[time]!), Math.sqrt(1 - kept[time]!)] as const),
    [1, 0] as const,
  ];
  const mixed = (clean: Float32Array, noise: Float32Array, i: number): Float32Array =>
    clean.map((value, k) => shares[i]![0] * value + shares[i]![1] * noise[k]!);
  return {
    times,
    noised: mixed,
    begin: (noise, clean) => (clean ? mixed(clean, noise, 0) : noise.slice()),
    input: (latent) => latent,
    step(latent, predicted, i, noise) {
      const [signal, noisy] = shares[i]!;
      const scaled = times[i]! * LCM_TIME_SCALE;
      const span = scaled * scaled + LCM_DEVIATION ** 2;
      const [skip, out] = [LCM_DEVIATION ** 2 / span, scaled / Math.sqrt(span)];
      const clean = latent.map((value, k) => {
        const guess =
          prediction === "epsilon"
            ? (value - noisy * predicted[k]!) / signal
            : signal * value - noisy * predicted[k]!;
        return out * guess + skip * value;
      });
      return i === times.length - 1 ? clean : mixed(clean, noise(), i + 1);
    },
  };
}
