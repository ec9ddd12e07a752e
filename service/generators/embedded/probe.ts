import { join } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { StoredModel } from "../backend.ts";
import type { Provider } from "../execution-provider.ts";
import type { EmbeddedConfig } from "./embedded-config.ts";
import { openSession } from "./networks.ts";
import { gaussianNoise } from "./noise.ts";

/** Largest difference of a color (0-1) that another device's arithmetic may make. */
const TOLERANCE = 0.01;
/** A device that is so many times slower than the processor is no help (a driver in software). */
const SLOWER = 4;
const EDGE = 8;

/**
 * Makes the probe of an embedded model: it runs the decoder on the processor and on a provider, and
 * throws when the provider cannot be opened, gives other numbers, or is much slower.
 */
export function embeddedProbe(
  { folder, config }: StoredModel<EmbeddedConfig>,
  threads: number,
): (provider: Provider) => Promise<void> {
  const path = join(folder, config.files.decoder);
  const channels = config.latent.channels;
  let reference: Promise<ProbeRun> | null = null;
  return async (provider) => {
    const tried = await probeRun(path, channels, { threads, provider });
    reference ??= probeRun(path, channels, { threads, provider: "cpu" });
    const expected = await reference;
    const difference = largestDifference(tried.output, expected.output);
    // Written so that NaN fails too.
    if (!(difference <= TOLERANCE)) {
      throw new Error(`Its numbers are off by ${difference} from the processor's.`);
    }
    if (tried.ms > SLOWER * expected.ms) {
      throw new Error(`It is ${(tried.ms / expected.ms).toFixed(1)} times slower than the processor.`);
    }
  };
}

interface ProbeRun {
  output: Float32Array;
  /** Time of a run after the first, which compiles. */
  ms: number;
}

async function probeRun(
  path: string,
  channels: number,
  choice: { threads: number; provider: string },
): Promise<ProbeRun> {
  const session = await openSession(path, choice);
  try {
    const output = await decodeNoise(session, channels);
    let ms = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      await decodeNoise(session, channels);
      ms = Math.min(ms, performance.now() - start);
    }
    return { output, ms };
  } finally {
    await session.release();
  }
}

async function decodeNoise(session: InferenceSession, channels: number): Promise<Float32Array> {
  const shape = [1, channels, EDGE, EDGE];
  const results = await session.run({
    z: new Tensor("float32", gaussianNoise(1, channels * EDGE * EDGE), shape),
    wrap: new Tensor("float32", new Float32Array(2), [1, 2]),
  });
  const output = results[session.outputNames[0]!];
  if (!(output?.data instanceof Float32Array)) throw new Error("Expected float32 for the decoder's output.");
  return output.data.slice();
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((largest, value, i) => {
    const difference = Math.abs(value - b[i]!);
    return difference <= largest ? largest : difference;
  }, 0);
}
