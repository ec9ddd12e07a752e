import type { CatalogEntry } from "../generators/backend.ts";
import type { Generator } from "../generators/generator.ts";
import type { DeviceReport } from "./messages.ts";

interface ShelfOptions {
  env: NodeJS.ProcessEnv;
  onDevice: (device: DeviceReport) => void;
}

/** The only generator that a worker keeps loaded. */
export class ModelShelf {
  readonly #options: ShelfOptions;
  #held: { sha256: string; model: Generator } | null = null;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Whether a model is loaded already. */
  holds({ info }: CatalogEntry): boolean {
    return this.#held?.sha256 === info.sha256;
  }

  /** Gives a model, and the ms it took to load; the previous one is released first. Throws `model-unavailable`. */
  async take(entry: CatalogEntry): Promise<{ model: Generator; loadMs: number }> {
    const { sha256 } = entry.info;
    if (this.#held?.sha256 === sha256) return { model: this.#held.model, loadMs: 0 };
    const start = performance.now();
    const before = this.#held;
    this.#held = null;
    await before?.model.dispose();
    const { loadGenerator } = await import("../generators/load-generator.ts");
    const { generator: model, device } = await loadGenerator(entry, this.#options.env);
    this.#held = { sha256, model };
    // What it was read and decoded from is larger than what is kept, and is no longer needed.
    globalThis.gc?.();
    if (device) this.#options.onDevice(device);
    return { model, loadMs: performance.now() - start };
  }
}
