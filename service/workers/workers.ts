import { ServiceError } from "../../shared/errors.ts";
import type { EditedPicture, EditOrder } from "../edit/edit-order.ts";
import { type CatalogEntry, loadCatalog } from "../generators/catalog.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import { kindOf } from "../kinds/table.ts";
import { Lane, type TaskHooks } from "./lane.ts";
import type { DeviceReport, KindOrder, MakeOrder, Planned } from "./messages.ts";

/** The two lines in which jobs wait: for the process that holds a generator, and for pixel work. */
export type LaneName = "generator" | "pixels";

export interface WorkersOptions {
  /** Folders of model folders; the first that names an id wins. */
  modelsDirs: readonly string[];
  /** Environment of the worker processes; PIXELKILN_DEVICE chooses the device of generators. */
  env: NodeJS.ProcessEnv;
  log: (message: string, fields?: Record<string, unknown>) => void;
  /** ms that cancelled work may take to stop by itself before its process is killed; 2000. */
  killGraceMs?: number;
  /** ms after which a process that only works on pixels ends when it has nothing to do; one minute. */
  idleMs?: number;
}

/**
 * The processes in which everything is planned and drawn, as the service, the command line and kiln files see them. Each
 * does one thing at a time and starts when it is needed. Every call rejects with a ServiceError (of the request,
 * `cancelled`, `model-unavailable`, `generation-failed`, `shutting-down`), or with WorkerDied (`retryable`) when the
 * process ended under it; the next call gets a new process.
 */
export interface Workers {
  catalog(): CatalogEntry[];
  /** Plans a request: decodes its pictures and resolves every default. */
  plan(order: KindOrder, hooks: TaskHooks): Promise<Planned>;
  /** Makes an asset in a lane. */
  make(lane: LaneName, order: MakeOrder, hooks: TaskHooks): Promise<MadeAsset>;
  /** Edits a picture at once. */
  edit(order: EditOrder, hooks: TaskHooks): Promise<EditedPicture>;
  /** Whether the generator's process answers in time; false without one. */
  ping(timeoutMs: number): Promise<boolean>;
  /** Process id of the generator's process. */
  generatorPid(): number | null;
  /** The execution provider in use and why others were passed over; null until a model was loaded. */
  device(): DeviceReport | null;
  /** Starts the generator's process and loads the first model of the catalog; `model-unavailable` without one. */
  warm(): Promise<void>;
  /** Refuses what waits, cancels what runs and ends the processes. */
  close(): Promise<void>;
}

const IDLE_MS = 60_000;

/** Reads the catalog of models and makes the workers. No process is started before it is needed. */
export async function createWorkers(options: WorkersOptions): Promise<Workers> {
  const { modelsDirs, env, log, killGraceMs = 2000, idleMs = IDLE_MS } = options;
  const entries = await loadCatalog(modelsDirs, (broken) =>
    log("A model folder cannot be used.", { ...broken }),
  );
  const lane = (idle: number | null): Lane => new Lane({ env, modelsDirs, log, killGraceMs, idleMs: idle });
  const generator = lane(null);
  const pixels = lane(idleMs);
  /** For what answers at once while a job keeps the process for pixels busy. */
  const spare = lane(idleMs);
  const atOnce = (): Lane => (pixels.isBusy ? spare : pixels);
  return {
    catalog: () => entries,
    plan(order, hooks) {
      // A process that is there anyway and has nothing to do saves the start of another one.
      const isNear = kindOf(order.kind).needs === "generator" && generator.isIdle && !pixels.isIdle;
      return (isNear ? generator : atOnce()).run("plan", order, hooks);
    },
    make: (name, order, hooks) => (name === "generator" ? generator : pixels).run("make", order, hooks),
    edit: (order, hooks) => atOnce().run("edit", order, hooks),
    async warm() {
      const [entry] = entries;
      if (!entry)
        throw new ServiceError("model-unavailable", "There is no model: pixelkiln doctor says what to do.");
      const { id, sha256 } = entry.info;
      const hooks = { signal: new AbortController().signal, onProgress: () => {} };
      await generator.run("load", { id, sha256 }, hooks);
    },
    ping: (timeoutMs) => generator.ping(timeoutMs),
    generatorPid: () => generator.pid,
    device: () => generator.device,
    async close() {
      await Promise.all([generator.close(), pixels.close(), spare.close()]);
    },
  };
}
