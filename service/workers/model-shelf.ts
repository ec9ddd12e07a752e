import type { CatalogEntry } from "../generators/catalog.ts";
import type { PixelModel } from "../generators/generator.ts";
import type { DeviceReport } from "./messages.ts";

interface ShelfOptions {
  env: NodeJS.ProcessEnv;
  onDevice: (device: DeviceReport) => void;
}

/** The only generator that a worker keeps loaded. */
export class ModelShelf {
  readonly #options: ShelfOptions;
  #held: { sha256: string; model: PixelModel } | null = null;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Whether a model is loaded already. */
  holds({ description }: CatalogEntry): boolean {
    return this.#held?.sha256 === description.sha256;
  }

  /** Gives a model, and the ms it took to load; the previous one is released first. Throws `model-unavailable`. */
  async take(entry: CatalogEntry): Promise<{ model: PixelModel; loadMs: number }> {
    const { sha256 } = entry.description;
    if (this.#held?.sha256 === sha256) return { model: this.#held.model, loadMs: 0 };
    const start = performance.now();
    const before = this.#held;
    this.#held = null;
    await before?.model.dispose();
    const { loadModel } = await import("../generators/load-generator.ts");
    const { model, device } = await loadModel(entry, { env: this.#options.env, decodePng });
    this.#held = { sha256, model };
    this.#options.onDevice(device);
    return { model, loadMs: performance.now() - start };
  }
}

async function decodePng(bytes: Uint8Array) {
  const { decodeImage } = await import("../codecs/decode-image.ts");
  const { ATLAS_LIMIT } = await import("../generators/embedded/exemplars.ts");
  return decodeImage(bytes, "exemplarAtlas", ATLAS_LIMIT);
}
