import { join } from "node:path";
import type { StoredModel } from "../backend.ts";
import type { Provider } from "../execution-provider.ts";
import { gaussianNoise } from "../noise.ts";
import { createProbe } from "../provider-probe.ts";
import type { DiffusersConfig } from "./diffusers-config.ts";
import { openNetwork } from "./network.ts";

/** Largest difference of a color (-1 to 1) that another device's arithmetic may make, in 16 bits too. */
const TOLERANCE = 0.06;
const EDGE = 8;
const CHANNELS = 4;

/** Makes the probe of a diffusion folder, which runs its decoder on a small latent. */
export function diffusersProbe(
  { folder, config }: StoredModel<DiffusersConfig>,
  threads: number,
): (provider: Provider) => Promise<void> {
  const path = join(folder, config.networks.decoder);
  return createProbe(async (provider) => {
    const network = await openNetwork(path, { threads, provider });
    const lengths = network.inputs.get("latent_sample") ?? [];
    const shape = [1, CHANNELS, EDGE, EDGE].map((length, i) => {
      const fixed = lengths[i];
      return typeof fixed === "number" ? fixed : length;
    });
    const values = gaussianNoise(
      1,
      shape.reduce((product, length) => product * length, 1),
    );
    return {
      run: async () => Object.values(await network.run({ latent_sample: { values, shape } }))[0]!.data,
      release: () => network.release(),
    };
  }, TOLERANCE);
}
