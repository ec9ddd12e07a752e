import { createHash, randomInt } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import { deflateSync, inflateSync } from "node:zlib";
import { ServiceError } from "../../shared/errors.ts";
import { isRecord } from "../../shared/records.ts";
import type { CatalogEntry } from "../generators/backend.ts";
import {
  type ConfiguredModel,
  findModel,
  loadCatalog,
  withConfigured,
  withDefault,
} from "../generators/catalog.ts";
import type { DrawnPictures } from "../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../generators/generation-plan.ts";
import type { MadeAsset } from "../kinds/made-asset.ts";
import type { DrawTools, KindMaker, KindPlan, OpenWardrobe, PlanContext } from "../kinds/maker.ts";
import { createTileLoader } from "../kinds/published-tiles.ts";
import { assetIdOfJob, kindOf } from "../kinds/table.ts";
import { packageInfo } from "../package-info.ts";
import type { PixelWork, PixelWorkResult } from "../pixel/pixel-work.ts";
import type { Wardrobe } from "../wardrobe/open-wardrobe.ts";
import type { DeviceReport, KindOrder, MakeOrder, Planned, TaskHooks, WorkerTasks } from "./messages.ts";
import { ModelShelf } from "./model-shelf.ts";
import { UnreadablePlan } from "./unreadable-plan.ts";

export interface WorkerOptions {
  modelsDirs: readonly string[];
  /** Models that a configuration describes; default: none. */
  configured?: readonly ConfiguredModel[];
  env: NodeJS.ProcessEnv;
  onDevice: (device: DeviceReport) => void;
}

type Tasks = {
  [T in keyof WorkerTasks]: (
    order: WorkerTasks[T]["order"],
    hooks: TaskHooks,
  ) => Promise<WorkerTasks[T]["answer"]>;
};

interface Worker extends Tasks {
  /** Says which model draws requests that name none; null: the first of the catalog. */
  useDefaultModel(id: string | null): void;
}

/**
 * Makes the handlers of a worker process, one per message type. Each task loads what it needs, so that a process that
 * only works on pixels never loads an inference runtime.
 */
export function createWorker({ modelsDirs, configured = [], env, onDevice }: WorkerOptions): Worker {
  const shelf = new ModelShelf({ env, onDevice });
  let catalog: Promise<CatalogEntry[]> | null = null;
  let defaultModel: string | null = null;
  const entries = async (): Promise<CatalogEntry[]> => {
    catalog ??= loadCatalog(modelsDirs).then((stored) => withConfigured(stored, configured));
    return withDefault(await catalog, defaultModel);
  };
  let wardrobe: Promise<Wardrobe> | null = null;
  const openOnce: OpenWardrobe = async () => {
    const { findWardrobe } = await import("../wardrobe/find-wardrobe.ts");
    wardrobe ??= findWardrobe(modelsDirs);
    return wardrobe;
  };
  const models = async () => (await entries()).map(({ info }) => info);

  async function planned(order: KindOrder): Promise<{ maker: KindMaker; plan: KindPlan }> {
    const kind = kindOf(order.kind);
    const maker = await kind.maker();
    const context: PlanContext = {
      models: await models(),
      wardrobe: openOnce,
      tiles: createTileLoader(order.sheets),
      chooseSeed: () => randomInt(2 ** 32),
    };
    const plan = await maker.plan(order, context);
    return { maker, plan: { ...plan, resolved: inOrder(plan.resolved, kind.request.shape) } };
  }

  async function make(order: MakeOrder, hooks: TaskHooks): Promise<MadeAsset> {
    const { kind, from, target } = order;
    const { maker, plan } =
      "plan" in from
        ? { maker: await kindOf(kind).maker(), plan: await readPlan(from.plan, openOnce) }
        : await planned({ kind, ...from });
    if ("plan" in from && from.model) findModel(await entries(), from.model);
    const assetId =
      target.assetId ?? idByContent(kind, "request" in from ? from.request : {}, plan.resolved.seed);
    const { makeAsset } = await import("../kinds/make-asset.ts");
    const { name } = target;
    const tools = await createTools({ name, assetId, hooks });
    return makeAsset({ kind, maker, plan, target: { ...target, assetId }, tools });
  }

  async function createTools(parts: { name: string; assetId: string; hooks: TaskHooks }): Promise<DrawTools> {
    const { name, assetId, hooks } = parts;
    return {
      name,
      assetId,
      version: packageInfo().version,
      models: await models(),
      wardrobe: openOnce,
      generate: async (plan, onProgress = hooks.onProgress) =>
        generate(findModel(await entries(), { id: plan.model }), plan, { ...hooks, onProgress }),
      runPixels: (work) => runPixels(work, hooks),
      onProgress: hooks.onProgress,
      pause: () => pause(hooks.signal),
    };
  }

  async function generate(
    entry: CatalogEntry,
    plan: GenerationPlan,
    hooks: TaskHooks,
  ): Promise<DrawnPictures> {
    if (!shelf.holds(entry))
      hooks.onProgress({ stage: "loading-model", step: 0, steps: plan.pictures[0]?.steps ?? 0 });
    const { model, loadMs } = await shelf.take(entry);
    const { runPlan } = await import("../generators/run-plan.ts");
    const drawn = await runPlan(model, plan, hooks);
    return { ...drawn, timings: { ...drawn.timings, loadMs } };
  }

  return {
    useDefaultModel: (id) => {
      defaultModel = id;
    },
    load: async (name) => {
      await shelf.take(findModel(await entries(), name));
      return null;
    },
    probe: async ({ provider, ...name }) => {
      const { tryProvider } = await import("../generators/load-generator.ts");
      return { reason: await tryProvider(findModel(await entries(), name), provider, env) };
    },
    plan: async (order) => describePlan((await planned(order)).plan, await models()),
    make,
    edit: async (order, hooks) => {
      const { editPicture } = await import("../edit/edit-picture.ts");
      return editPicture(order, (work) => runPixels(work, hooks));
    },
  };
}

/** Reads what `describePlan` wrote. Throws UnreadablePlan for anything else, and for a plan of another wardrobe. */
async function readPlan(bytes: Uint8Array, wardrobe: OpenWardrobe): Promise<KindPlan> {
  const plan = parsePlan(bytes);
  if (plan.wardrobe !== undefined && plan.wardrobe !== (await wardrobe()).sha256)
    throw new UnreadablePlan("other-wardrobe");
  return plan;
}

function parsePlan(bytes: Uint8Array): KindPlan {
  try {
    const plan: Partial<KindPlan> = deserialize(inflateSync(bytes));
    if (isRecord(plan.resolved) && [plan.generations, plan.warnings, plan.ignored].every(Array.isArray))
      return plan as KindPlan;
  } catch (error) {
    throw new UnreadablePlan("unreadable", error);
  }
  throw new UnreadablePlan();
}

/** Sorts fields in the order of a schema, so that lock files do not depend on how a request was resolved. */
function inOrder(fields: Record<string, unknown>, shape: Readonly<Record<string, unknown>>) {
  const known = Object.keys(shape).filter((name) => name in fields);
  return { ...Object.fromEntries(known.map((name) => [name, fields[name]])), ...fields };
}

function describePlan(plan: KindPlan, models: readonly { id: string; sha256: string }[]): Planned {
  const { resolved, ignored, warnings, generations, pixelMs } = plan;
  const [first] = generations;
  const model = models.find(({ id }) => id === first?.model);
  const pictures = generations.flatMap((one) => one.pictures);
  return {
    // The service's own process passes these bytes on and stores them: decoded pictures, most of them, shrink to little.
    plan: deflateSync(serialize(plan), { level: 1 }),
    model: model ? { id: model.id, sha256: model.sha256 } : null,
    request: resolved,
    ignored,
    warnings,
    steps: pictures.reduce((sum, { steps }) => sum + steps, 0),
    pixelMs,
  };
}

async function runPixels(work: PixelWork, { signal, onProgress }: TaskHooks): Promise<PixelWorkResult> {
  const { runPixelWork } = await import("../pixel/run-pixel-work.ts");
  const steps = runPixelWork(work);
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done) return next.value;
    onProgress({ stage: "pixel-passes", ...next.value });
    await pause(signal);
  }
}

/** Yields to the event loop so that a cancel can arrive. Throws `cancelled` if it has. */
async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new ServiceError("cancelled", "The job was cancelled.");
}

/** Makes the id of an asset outside a library, from the program's version, its request and its seed. */
function idByContent(kind: string, request: Record<string, unknown>, seed: unknown): string {
  const text = JSON.stringify({ ...request, seed });
  const hash = createHash("sha256").update(packageInfo().version).update(text).digest("hex");
  return assetIdOfJob(`job_${hash.slice(0, 16)}`, kind);
}
