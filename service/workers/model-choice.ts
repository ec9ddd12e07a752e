import { ServiceError } from "../../shared/errors.ts";
import type { CatalogEntry } from "../generators/backend.ts";
import { withDefault } from "../generators/catalog.ts";
import { kindOf } from "../kinds/table.ts";
import type { Log } from "../service-log.ts";
import type { KindOrder } from "./messages.ts";

export interface ModelChoiceOptions {
  /** The models on hand, the preferred one first. */
  entries: readonly CatalogEntry[];
  /** Loads a model in the generator's process. */
  load: (entry: CatalogEntry) => Promise<void>;
  log: Log;
}

/** Which model draws requests that name none: the first one that can be loaded. */
export class ModelChoice {
  readonly #load: ModelChoiceOptions["load"];
  readonly #log: Log;
  #entries: readonly CatalogEntry[];
  #chosen: Promise<void> | null = null;

  constructor({ entries, load, log }: ModelChoiceOptions) {
    this.#entries = entries;
    this.#load = load;
    this.#log = log;
  }

  /** The models on hand, the default one first. */
  get entries(): CatalogEntry[] {
    return [...this.#entries];
  }

  /** Loads the default model, or the next one that can be loaded. Throws `model-unavailable` if there is none. */
  warm(): Promise<void> {
    const warming = this.#warm();
    this.#chosen ??= warming.catch(() => {});
    return warming;
  }

  /** Resolves once the model of a request is known; null if it is: it names one, there is only one, or it needs none. */
  forOrder({ kind, request }: Pick<KindOrder, "kind" | "request">): Promise<void> | null {
    const isKnown = request.model !== undefined || this.#entries.length < 2;
    if (isKnown || kindOf(kind).needs !== "generator") return null;
    this.#chosen ??= this.#warm().catch(() => {});
    return this.#chosen;
  }

  async #warm(): Promise<void> {
    let failure: ServiceError | null = null;
    // A picture server draws only for those who name it: what is asked may leave this machine.
    for (const entry of this.#entries.filter(({ backend }) => !backend.describe)) {
      try {
        await this.#load(entry);
        this.#entries = withDefault(this.#entries, entry.info.id);
        return;
      } catch (error) {
        if (!(error instanceof ServiceError && error.code === "model-unavailable")) throw error;
        failure ??= error;
        this.#log("A model cannot be used.", { level: "warn", folder: entry.folder, reason: error.message });
      }
    }
    throw (
      failure ?? new ServiceError("model-unavailable", "There is no model: pixelkiln doctor says what to do.")
    );
  }
}
