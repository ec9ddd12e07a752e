import type { Provider } from "./execution-provider.ts";

/** A device that is so many times slower than the processor is no help (a driver in software). */
const SLOWER = 4;
/** Runs after the first one, which compiles; the quickest of them counts. */
const RUNS = 3;

/** A network that is open on a provider, with a fixed input. */
export interface ProbeNetwork {
  run(): Promise<Float32Array>;
  release(): Promise<void>;
}

interface ProbeRun {
  output: Float32Array;
  ms: number;
}

/**
 * Makes a probe: it runs a network on the processor and on a provider, and throws if the provider cannot be opened, gives
 * numbers that differ by more than `tolerance`, or is much slower.
 */
export function createProbe(
  open: (provider: Provider) => Promise<ProbeNetwork>,
  tolerance: number,
): (provider: Provider) => Promise<void> {
  let reference: Promise<ProbeRun> | null = null;
  return async (provider) => {
    const tried = await measure(await open(provider));
    reference ??= open("cpu").then(measure);
    const expected = await reference;
    const difference = largestDifference(tried.output, expected.output);
    // Written so that NaN fails too.
    if (!(difference <= tolerance))
      throw new Error(`Its numbers are off by ${difference} from the processor's.`);
    if (tried.ms > SLOWER * expected.ms)
      throw new Error(`It is ${(tried.ms / expected.ms).toFixed(1)} times slower than the processor.`);
  };
}

async function measure(network: ProbeNetwork): Promise<ProbeRun> {
  try {
    const output = (await network.run()).slice();
    let ms = Number.POSITIVE_INFINITY;
    for (let i = 0; i < RUNS; i++) {
      const start = performance.now();
      await network.run();
      ms = Math.min(ms, performance.now() - start);
    }
    return { output, ms };
  } finally {
    await network.release();
  }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((largest, value, i) => {
    const difference = Math.abs(value - b[i]!);
    return difference <= largest ? largest : difference;
  }, 0);
}
