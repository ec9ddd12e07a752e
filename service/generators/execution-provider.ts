import { inWords } from "./runtime-words.ts";

/** Where a network can run; "cpu" works everywhere. */
export const DEVICES = ["auto", "cpu", "cuda", "webgpu", "dml", "coreml"] as const;
export type Device = (typeof DEVICES)[number];
export type Provider = Exclude<Device, "auto">;

/** A provider that was tried and not taken, and why, in words. */
interface ProviderFailure {
  provider: Provider;
  reason: string;
}

/** The provider that runs the networks, and those that were tried before it. */
export interface ChosenProvider {
  provider: Provider;
  failures: ProviderFailure[];
}

export interface ProviderChoice {
  wanted: Device;
  platform: NodeJS.Platform;
  /** What this build of the runtime can do, by name. */
  supported: readonly string[];
  /** Runs a small network on a provider; throws when the provider or its numbers cannot be used. */
  probe: (provider: Provider) => Promise<void>;
}

/** Reads the wanted device from PIXELKILN_DEVICE; anything unknown is refused with an Error. */
export function deviceFromEnv(env: NodeJS.ProcessEnv): Device {
  const value = env.PIXELKILN_DEVICE?.trim().toLowerCase() || "auto";
  const device = DEVICES.find((name) => name === value);
  if (device) return device;
  throw new Error(`Expected one of ${DEVICES.join(", ")} for PIXELKILN_DEVICE but received "${value}".`);
}

/** Lists the providers worth trying on a platform, the fastest kind first, the processor last. */
export function candidateProviders(wanted: Device, platform: NodeJS.Platform): Provider[] {
  if (wanted === "cpu") return ["cpu"];
  if (wanted !== "auto") return [wanted, "cpu"];
  if (platform === "win32") return ["cuda", "webgpu", "dml", "cpu"];
  if (platform === "darwin") return ["webgpu", "coreml", "cpu"];
  return ["cuda", "webgpu", "cpu"];
}

/**
 * Takes the first provider that the runtime has and that passes the probe. The processor is taken
 * without a probe: it is what the others are measured against. The runtime itself does not fall
 * back: it throws for a missing device and takes the processor in silence for a name it lacks.
 */
export async function chooseProvider({
  wanted,
  platform,
  supported,
  probe,
}: ProviderChoice): Promise<ChosenProvider> {
  const failures: ProviderFailure[] = [];
  for (const provider of candidateProviders(wanted, platform)) {
    if (provider === "cpu") break;
    if (!supported.includes(provider)) {
      failures.push({ provider, reason: "This build of the runtime does not have it." });
      continue;
    }
    try {
      await probe(provider);
      return { provider, failures };
    } catch (error) {
      failures.push({ provider, reason: inWords(error) });
    }
  }
  return { provider: "cpu", failures };
}
