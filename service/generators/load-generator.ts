import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import type { CatalogEntry } from "./backend.ts";
import { type ChosenProvider, chooseProvider, deviceFromEnv, type Provider } from "./execution-provider.ts";
import type { Generator } from "./generator.ts";
import { type MemoryOptions, rememberFailures } from "./provider-memory.ts";
import { inWords } from "./runtime-words.ts";
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
    const device = code.probe ? await chooseDevice(entry, code.probe(entry, threads), env) : null;
    const provider = device?.provider ?? "cpu";
    return { generator: await code.load(entry, { threads, provider, env }), device };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError(
      "model-unavailable",
      `The model ${entry.info.id} cannot be loaded: ${inWords(error)}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Tries a provider with the networks of a model, whatever is remembered of it, and remembers the outcome. Gives null if it
 * works, or the reason in words. Runs in a worker process only, which a driver may end.
 */
export async function tryProvider(
  entry: CatalogEntry,
  provider: Provider,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  try {
    const code = await entry.backend.code();
    if (!code.probe) return null;
    const { probe, supported } = await withMemory(code.probe(entry, threadCount(availableParallelism())), {
      ...{ env, model: entry.info.sha256, again: true },
    });
    const { failures } = await chooseProvider({
      wanted: provider,
      platform: process.platform,
      supported,
      probe,
    });
    return failures[0]?.reason ?? null;
  } catch (error) {
    return inWords(error);
  }
}

async function chooseDevice(
  { info }: CatalogEntry,
  probe: (provider: Provider) => Promise<void>,
  env: NodeJS.ProcessEnv,
): Promise<ChosenProvider> {
  const wanted = deviceFromEnv(env);
  // A device that was asked for by name is tried each time.
  const remembering = await withMemory(probe, { env, model: info.sha256, again: wanted !== "auto" });
  return chooseProvider({ wanted, platform: process.platform, ...remembering });
}

/** Makes a probe remember failures, and lists what the runtime has. */
async function withMemory(
  probe: (provider: Provider) => Promise<void>,
  options: Omit<MemoryOptions, "runtime">,
): Promise<{ probe: (provider: Provider) => Promise<void>; supported: string[] }> {
  const runtime = await import("onnxruntime-node");
  const supported = runtime.listSupportedBackends().map(({ name }) => name);
  const version = runtime.env.versions.node ?? "";
  return {
    probe: rememberFailures(probe, { ...options, runtime: { version, folder: libraryFolder() } }),
    supported,
  };
}

/** The folder of the runtime's own libraries, in which those of CUDA are installed too. */
function libraryFolder(): string {
  const main = createRequire(import.meta.url).resolve("onnxruntime-node");
  return join(dirname(main), "..", "bin", "napi-v6", process.platform, process.arch);
}

/** Guesses the physical cores from the logical ones (two a core on larger machines); 4 are enough. */
function threadCount(logical: number): number {
  return logical <= 2 ? logical : Math.min(4, Math.floor(logical / 2));
}
