import { availableParallelism } from "node:os";
import { listSupportedBackends } from "onnxruntime-node";
import { ServiceError } from "../../shared/errors.ts";
import type { PixelImage } from "../pixel/image.ts";
import type { CatalogEntry } from "./catalog.ts";
import { loadEmbedded } from "./embedded/embedded.ts";
import { embeddedProbe } from "./embedded/probe.ts";
import { type ChosenProvider, chooseProvider, deviceFromEnv } from "./execution-provider.ts";
import type { PixelModel } from "./generator.ts";
import { verifyFiles } from "./verify-files.ts";

/** A model that is ready to draw, and how its device was chosen. */
export interface LoadedModel {
  model: PixelModel;
  device: ChosenProvider;
}

export interface LoadOptions {
  env: NodeJS.ProcessEnv;
  decodePng: (bytes: Uint8Array) => Promise<PixelImage>;
}

/**
 * Loads a model of the catalog: checks the hashes of its files, chooses a device, opens the networks.
 * Throws `model-unavailable` when any of it fails. Runs in the model process only.
 */
export async function loadModel(entry: CatalogEntry, { env, decodePng }: LoadOptions): Promise<LoadedModel> {
  await verifyFiles(entry);
  try {
    const threads = threadCount(availableParallelism());
    const device = await chooseProvider({
      wanted: deviceFromEnv(env),
      platform: process.platform,
      supported: listSupportedBackends().map(({ name }) => name),
      probe: embeddedProbe(entry, threads),
    });
    return { model: await loadEmbedded(entry, { threads, provider: device.provider }, decodePng), device };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      "model-unavailable",
      `The model ${entry.description.id} cannot be loaded: ${reason}`,
      {
        cause: error,
      },
    );
  }
}

/** Guesses the physical cores from the logical ones (two a core on larger machines); 4 are enough. */
function threadCount(logical: number): number {
  return logical <= 2 ? logical : Math.min(4, Math.floor(logical / 2));
}
