import { describeValue, invalidParameter } from "../../shared/errors.ts";
import type { Lane } from "../../shared/job.ts";
import type { EditedPicture, EditOrder } from "../edit/edit-order.ts";
import type { CatalogEntry, ServerState } from "../generators/backend.ts";
import {
  type BrokenModel,
  type ConfiguredModel,
  loadCatalog,
  withConfigured,
} from "../generators/catalog.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import { kindOf } from "../kinds/table.ts";
import type { Log } from "../service-log.ts";
import { WorkerLane } from "./lane.ts";
import type { DeviceReport, KindOrder, MakeOrder, ModelName, Planned, TaskHooks } from "./messages.ts";
import { ModelChoice } from "./model-choice.ts";

export interface WorkersOptions {
  /** Folders that hold model folders; the first one with an id wins. */
  modelsDirs: readonly string[];
  /** Models that a configuration describes; default: none. */
  configured?: readonly ConfiguredModel[];
  /**
   * Environment of the worker processes; PIXELKILN_DEVICE selects the device of generators, and with PIXELKILN_INSPECT=PORT
   * a debugger can attach to them: to the generator's at that port, to those of pixels at the next two, to that of picture servers at the one after.
   */
  env: NodeJS.ProcessEnv;
  log: Log;
  /** How many ms cancelled work may take to stop by itself before its process is killed; default 2000. */
  killGraceMs?: number;
  /** A process that reports no progress of its task for so many ms hangs, and is killed; default five minutes. */
  stallMs?: number;
  /** After this many ms without work, a process that only works on pixels ends; default one minute. */
  idleMs?: number;
  /** Whether the processes end soon, with the command that needs them: then a fast start matters more than memory. */
  isBrief?: boolean;
}

/**
 * The processes that plan and draw everything, for the service, the command line and kiln files. Each does one thing at a
 * time and starts when it is needed. Every call rejects with a ServiceError (for a wrong request, `cancelled`,
 * `model-unavailable`, `generation-failed`, `shutting-down`), or with WorkerDied (`retryable`) if the process dies during
 * the call; the next call gets a new process.
 */
export interface Workers {
  /** The models on hand, the default one first. */
  catalog(): CatalogEntry[];
  /** Plans a request: decodes its pictures and resolves every default. */
  plan(order: KindOrder, hooks: TaskHooks): Promise<Planned>;
  /** Gives the lane of a plan's model: what others draw does not wait for a picture server, which may take minutes. */
  laneOf(model: ModelName | null): Lane;
  /** Makes an asset in a lane. Rejects with UnreadablePlan for a plan that cannot be read. */
  make(lane: Lane, order: MakeOrder, hooks: TaskHooks): Promise<MadeAsset>;
  /** Edits a picture right away. */
  edit(order: EditOrder, hooks: TaskHooks): Promise<EditedPicture>;
  /** Says of each model of a picture server whether that answers within some ms. */
  checkServers(timeoutMs: number): Promise<(Pick<ServerState, "state" | "reason"> & { model: string })[]>;
  /** Whether the generator's process answers in time; false if there is none. */
  ping(timeoutMs: number): Promise<boolean>;
  /** Process id of the generator's process; null if there is none. */
  generatorPid(): number | null;
  /** The execution provider in use, and why others are not; null until a model is loaded. */
  device(): DeviceReport | null;
  /**
   * Starts the generator's process and loads the first model of the catalog that can be loaded, which is the default from
   * then on. Throws `model-unavailable` without one.
   */
  warm(): Promise<void>;
  /** Refuses waiting work, cancels running work and ends the processes. */
  close(): Promise<void>;
}

const IDLE_MS = 60_000;
const STALL_MS = 300_000;
/** A server may take an hour over one picture and say nothing: it has a time limit of its own. */
const SERVER_STALL_MS = 4_000_000;

async function checkServers(
  entries: readonly CatalogEntry[],
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
): ReturnType<Workers["checkServers"]> {
  const signal = AbortSignal.timeout(timeoutMs);
  const states = entries.map(async ({ info, config, backend }) => {
    const found = await backend.check?.(config, env, signal);
    return found ? [{ model: info.id, state: found.state, reason: found.reason }] : [];
  });
  return (await Promise.all(states)).flat();
}

/** Reads PIXELKILN_INSPECT. Throws `invalid-request` for anything but a port with three more above it. */
function readInspectPort({ PIXELKILN_INSPECT: text }: NodeJS.ProcessEnv): number | null {
  if (text === undefined || text === "") return null;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port + 3 <= 65_535) return port;
  throw invalidParameter("PIXELKILN_INSPECT", describeValue(text), "a port from 1 to 65532");
}

/** Reads the catalog of models and makes the workers. A process starts only when it is needed. */
export async function createWorkers(options: WorkersOptions): Promise<Workers> {
  const { modelsDirs, configured = [], env, log, killGraceMs = 2000, stallMs = STALL_MS } = options;
  const { idleMs = IDLE_MS, isBrief = false } = options;
  const onBroken = (broken: BrokenModel) =>
    log("A model folder cannot be used.", { level: "warn", ...broken });
  const stored = await loadCatalog(modelsDirs, onBroken);
  const entries = withConfigured(stored, configured, { onBroken });
  const inspectPort = readInspectPort(env);
  const lane = (idle: number | null, place: number, most = stallMs): WorkerLane =>
    new WorkerLane({
      ...{ env, modelsDirs, configured, log, killGraceMs, stallMs: most, isBrief },
      idleMs: idle,
      inspectPort: inspectPort === null ? null : inspectPort + place,
      defaultModel: () => choice.entries[0]?.info.id ?? null,
    });
  const generator = lane(null, 0);
  const pixels = lane(idleMs, 1);
  /** For plans and edits while a job keeps the process for pixels busy. */
  const spare = lane(idleMs, 2);
  /** Waits for picture servers, so that nobody else has to. It stays: it may keep a server of its own running. */
  const servers = lane(null, 3, Math.max(stallMs, SERVER_STALL_MS));
  const lanes = { generator, pixels, servers };
  const atOnce = (): WorkerLane => (pixels.isBusy ? spare : pixels);
  let isWarming = false;
  const choice = new ModelChoice({
    entries,
    log,
    load: async ({ info: { id, sha256 } }) => {
      const hooks = { signal: new AbortController().signal, onProgress: () => {} };
      isWarming = true;
      await generator.run("load", { id, sha256 }, hooks).finally(() => {
        isWarming = false;
      });
    },
  });
  const plan: Workers["plan"] = (order, hooks) => {
    // Using a process that is there anyway, idle or loading the same model, saves starting another one.
    const isFree = generator.isIdle || isWarming;
    const isNear = kindOf(order.kind).needs === "generator" && isFree && !pixels.isIdle;
    return (isNear ? generator : atOnce()).run("plan", order, hooks);
  };
  const make: Workers["make"] = (name, order, hooks) => lanes[name].run("make", order, hooks);
  return {
    catalog: () => choice.entries,
    plan: (order, hooks) => choice.forOrder(order)?.then(() => plan(order, hooks)) ?? plan(order, hooks),
    make(name, order, hooks) {
      const { kind, from } = order;
      const wait = "request" in from ? choice.forOrder({ kind, request: from.request }) : null;
      return wait?.then(() => make(name, order, hooks)) ?? make(name, order, hooks);
    },
    laneOf(model) {
      const entry = choice.entries.find(({ info }) => info.id === model?.id);
      return model ? (entry?.backend.lane ?? "generator") : "pixels";
    },
    edit: (order, hooks) => atOnce().run("edit", order, hooks),
    checkServers: (timeoutMs) => checkServers(choice.entries, env, timeoutMs),
    warm: () => choice.warm(),
    ping: (timeoutMs) => generator.ping(timeoutMs),
    generatorPid: () => generator.pid,
    device: () => generator.device,
    async close() {
      await Promise.all([generator.close(), pixels.close(), spare.close(), servers.close()]);
    },
  };
}
