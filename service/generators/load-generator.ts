import { availableParallelism } from "node:os";
import { ServiceError } from "../../shared/errors.ts";
import type { CatalogEntry } from "./backend.ts";
import { type ChosenProvider, chooseProvider, deviceFromEnv, type Provider } from "./execution-provider.ts";
import type { Generator } from "./generator.ts";
import { verifyFiles } from "./verify-files.ts";

/** A generator that is ready to draw, and how its device was chosen; null where there was none to choose. */
export interface LoadedGenerator {
  generator: Generator;
  device: ChosenProvider | null;
}

/**
 * Loads a model of the catalog: checks the hashes of its files, chooses a device if its backend runs on devices, opens
 * it. Throws `model-unavailable` when any of it fails. Runs in a worker process only.
 */
export async function loadGenerator(entry: CatalogEntry, env: NodeJS.ProcessEnv): Promise<LoadedGenerator> {
  await verifyFiles(entry);
  try {
    const code = await entry.backend.code();
    const threads = threadCount(availableParallelism());
    const device = code.probe ? await chooseDevice(code.probe(entry, threads), env) : null;
    const provider = device?.provider ?? "cpu";
    return { generator: await code.load(entry, { threads, provider, env }), device };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError("model-unavailable", `The model ${entry.info.id} cannot be loaded: ${reason}`, {
      cause: error,
    });
  }
}

async function chooseDevice(
  probe: (provider: Provider) => Promise<void>,
  env: NodeJS.ProcessEnv,
): Promise<ChosenProvider> {
  const { listSupportedBackends } = await import("onnxruntime-node");
  const supported = listSupportedBackends().map(({ name }) => name);
  return chooseProvider({ wanted: deviceFromEnv(env), platform: process.platform, supported, probe });
}

/** Guesses the physical cores from the logical ones (two a core on larger machines); 4 are enough. */
function threadCount(logical: number): number {
  return logical <= 2 ? logical : Math.min(4, Math.floor(logical / 2));
}
