import { join } from "node:path";
import { Tensor } from "onnxruntime-node";
import type { StoredModel } from "../backend.ts";
import type { Provider } from "../execution-provider.ts";
import { gaussianNoise } from "../noise.ts";
import { openSession } from "../open-session.ts";
import { createProbe, type ProbeNetwork } from "../provider-probe.ts";
import type { EmbeddedConfig } from "./embedded-config.ts";

/** Largest difference of a color (0-1) that another device's arithmetic may make. */
const TOLERANCE = 0.01;
const EDGE = 8;

/** Makes the probe of an embedded model, which runs its decoder. */
export function embeddedProbe(
  { folder, config }: StoredModel<EmbeddedConfig>,
  threads: number,
): (provider: Provider) => Promise<void> {
  const path = join(folder, config.files.decoder);
  const { channels } = config.latent;
  return createProbe((provider) => openDecoder(path, channels, { threads, provider }), TOLERANCE);
}

async function openDecoder(
  path: string,
  channels: number,
  choice: { threads: number; provider: Provider },
): Promise<ProbeNetwork> {
  const session = await openSession(path, choice);
  const noise = gaussianNoise(1, channels * EDGE * EDGE);
  return {
    async run() {
      const results = await session.run({
        z: new Tensor("float32", noise, [1, channels, EDGE, EDGE]),
        wrap: new Tensor("float32", new Float32Array(2), [1, 2]),
      });
      const output = results[session.outputNames[0]!];
      if (!(output?.data instanceof Float32Array))
        throw new Error("Expected float32 for the decoder's output.");
      return output.data;
    },
    release: () => session.release(),
  };
}
