import { randomUUID } from "node:crypto";
import type { CostAnswer, ModelInfo } from "../shared/answers.ts";
import type { Job } from "../shared/job.ts";
import { PALETTES } from "../shared/palettes.ts";
import { createEditor } from "./edit/editor.ts";
import type { HttpDeps, SubmitContext } from "./http/deps.ts";
import { buildAnswer } from "./jobs/job-answer.ts";
import { createTileLoader } from "./jobs/load-tiles.ts";
import { type AnimationDeps, planMotion } from "./kinds/animation/make.ts";
import { planPicture } from "./kinds/pixelate/make.ts";
import { planSprites, type SpriteDeps } from "./kinds/sprite/make.ts";
import { planTiles } from "./kinds/tile/make.ts";
import { planTerrainSet } from "./kinds/tileset/make.ts";
import type { TilesetPlan } from "./kinds/tileset/plan.ts";
import type { Root } from "./library/paths.ts";
import { findManifest, getManifest, listAssets, openAssetFile } from "./library/read.ts";
import type { ProjectAssetIndex } from "./project/project-assets.ts";
import { type JobRow, type NewJob, toJob } from "./queue/job-row.ts";
import type { JobRunner } from "./queue/job-runner.ts";
import type { JobStore } from "./queue/job-store.ts";
import type { GenerationPlan } from "./recipes/plan.ts";
import { styleInfos } from "./recipes/styles.ts";
import { readStudioFile } from "./studio-files.ts";
import type { ModelHost } from "./workers/workers.ts";

/** ms of one denoising step until a job of this machine has told it. */
const GUESSED_STEP_MS = 40;
/** ms of passes and files for one image until then. */
const GUESSED_REST_MS = 50;
/** How far back an estimate looks for a job of its kind. */
const RECENT_JOBS = 20;
/** ms that drawing the tiles of a terrain set and writing its files take. */
const GUESSED_TILESET_MS = 400;
/** ms that moving and writing one frame of an animation takes. */
const GUESSED_FRAME_MS = 8;
/** What a job says of its model when none draws. */
const NO_MODEL = { modelId: "", modelSha256: "" };
/** ms that finding the grid and the colors of a picture takes for one of its pixels. */
const GUESSED_PIXEL_MS = 0.00025;

/** The parts of a running service that HTTP needs. */
export interface ServiceParts {
  version: string;
  host: ModelHost;
  store: JobStore;
  runner: JobRunner;
  library: Root;
  projectAssets: ProjectAssetIndex;
  /** Another one at each start. */
  instance: string;
  events: HttpDeps["events"];
  stopping: AbortSignal;
  stopped: AbortSignal;
  chooseSeed: () => number;
  limits: { queueLimit: number; queueLimitPerClient: number };
  log: (message: string, fields?: Record<string, unknown>) => void;
}

/** Gives HTTP the parts of the service in the form that it asks for. */
export function createHttpDeps(parts: ServiceParts): HttpDeps {
  const { version, instance, events, stopping, stopped, log } = parts;
  return {
    version,
    instance,
    events,
    stopping,
    stopped,
    sprites: spriteDoor(parts),
    pixelate: pixelateDoor(parts),
    animations: animationDoor(parts),
    tiles: tileDoor(parts),
    tilesets: tilesetDoor(parts),
    editor: createEditor({ host: parts.host, newId: randomUUID }),
    jobs: jobDeps(parts),
    assets: assetDeps(parts),
    project: projectDeps(parts),
    styles: styleInfos,
    palettes: () => PALETTES.map((palette) => ({ ...palette, colors: [...palette.colors] })),
    models: async () => modelInfos(parts.host),
    studioFile: readStudioFile,
    pingModel: (timeoutMs) => pingModel(parts, timeoutMs),
    logError: (error, requestId) =>
      log("An unexpected error was answered.", { request_id: requestId, error: textOf(error) }),
  };
}

function spriteDoor(parts: ServiceParts): HttpDeps["sprites"] {
  const { host, version, chooseSeed, store } = parts;
  const planning: SpriteDeps = { host, version, chooseSeed };
  return {
    async estimate(parsed) {
      const plan = await planSprites(parsed, planning);
      return costOf(plan, estimateMs(plan, store));
    },
    async submit(parsed, context) {
      return accept(parts, newJob(await planSprites(parsed, planning), planning), context);
    },
  };
}

function pixelateDoor(parts: ServiceParts): HttpDeps["pixelate"] {
  return {
    async estimate(parsed) {
      const { plan } = await planPicture(parsed);
      const pixels = plan.work.frames.reduce((sum, { width, height }) => sum + width * height, 0);
      return costOf(plan, Math.round(GUESSED_REST_MS + pixels * GUESSED_PIXEL_MS));
    },
    async submit(parsed, context) {
      const { plan } = await planPicture(parsed);
      const { kind, resolved: request, ignored, warnings } = plan;
      const job = { kind, request, modelId: "", modelSha256: "", pipelineVersion: parts.version };
      return accept(parts, { ...job, extras: { ignored, warnings } }, context);
    },
  };
}

function animationDoor(parts: ServiceParts): HttpDeps["animations"] {
  const { host, version, chooseSeed, store } = parts;
  const planning: AnimationDeps = { host, version, chooseSeed };
  return {
    async estimate(parsed) {
      const { plan } = await planMotion(parsed, planning);
      const drawing = "plan" in plan.source ? estimateMs(plan.source.plan, store) : 0;
      return costOf(plan, Math.round(drawing + GUESSED_FRAME_MS * plan.count * plan.directions.length));
    },
    async submit(parsed, context) {
      const { plan } = await planMotion(parsed, planning);
      const drawn = "plan" in plan.source ? newJob(plan.source.plan, planning) : NO_MODEL;
      const { kind, resolved: request, ignored, warnings } = plan;
      const { modelId, modelSha256 } = drawn;
      const job = { kind, request, modelId, modelSha256, pipelineVersion: version };
      return accept(parts, { ...job, extras: { ignored, warnings } }, context);
    },
  };
}

function tileDoor(parts: ServiceParts): HttpDeps["tiles"] {
  const { host, version, chooseSeed, store } = parts;
  const planning = { host, version, chooseSeed, loader: createTileLoader(parts.library) };
  return {
    async estimate(parsed) {
      const plan = await planTiles(parsed, planning);
      return costOf(plan, plan.generation ? estimateMs(plan.generation, store) : GUESSED_REST_MS);
    },
    async submit(parsed, context) {
      const { generation, resolved: request, ignored, warnings } = await planTiles(parsed, planning);
      const { modelId, modelSha256 } = generation ? newJob(generation, planning) : NO_MODEL;
      const job = { kind: "tile" as const, request, modelId, modelSha256, pipelineVersion: version };
      return accept(parts, { ...job, extras: { ignored, warnings } }, context);
    },
  };
}

function tilesetDoor(parts: ServiceParts): HttpDeps["tilesets"] {
  const { host, version, chooseSeed, store } = parts;
  const planning = { host, version, chooseSeed, loader: createTileLoader(parts.library) };
  const generations = ({ terrains }: TilesetPlan): GenerationPlan[] =>
    Object.values(terrains).flatMap((terrain) => terrain?.generation ?? []);
  return {
    async estimate(parsed) {
      const { plan } = await planTerrainSet(parsed, planning);
      const drawing = generations(plan).reduce((sum, one) => sum + estimateMs(one, store), 0);
      return costOf(plan, Math.round(drawing + GUESSED_TILESET_MS));
    },
    async submit(parsed, context) {
      const { plan } = await planTerrainSet(parsed, planning);
      const [first] = generations(plan);
      const { modelId, modelSha256 } = first ? newJob(first, planning) : NO_MODEL;
      const { resolved: request, ignored, warnings } = plan;
      const job = { kind: "tileset" as const, request, modelId, modelSha256, pipelineVersion: version };
      return accept(parts, { ...job, extras: { ignored, warnings } }, context);
    },
  };
}

function costOf(
  plan: Pick<GenerationPlan, "resolved" | "ignored" | "warnings">,
  estimatedMs: number,
): CostAnswer {
  return {
    check_cost: true,
    request: plan.resolved,
    ignored_parameters: plan.ignored,
    warnings: plan.warnings,
    estimated_ms: estimatedMs,
    balance_cost: 0,
    remaining_balance: 0,
  };
}

/** Stores a job in the queue, within its bounds. */
function accept({ runner, limits }: ServiceParts, job: NewJob, context: SubmitContext): Job {
  const { queueLimit: limit, queueLimitPerClient: perClientLimit } = limits;
  return toJob(runner.submit(job, { ...context, limit, perClientLimit }).job);
}

/** Fixes at accept what decides the bytes: the resolved request, the model by its hash, this version. */
function newJob(plan: GenerationPlan, { host, version }: SpriteDeps): NewJob {
  const model = host.catalog().find(({ description }) => description.id === plan.model)?.description;
  return {
    kind: plan.kind,
    request: plan.resolved,
    modelId: plan.model,
    modelSha256: model?.sha256 ?? "",
    pipelineVersion: version,
    extras: { ignored: plan.ignored, warnings: plan.warnings },
  };
}

function projectFilesOf(row: JobRow | null): string[] {
  const files = row?.result?.project_files;
  return Array.isArray(files) ? files.map(String) : [];
}

/** Steps times what a step took last, and the rest of the last job for each image; waiting is not in it. */
function estimateMs(plan: GenerationPlan, store: JobStore): number {
  const last = store.list({ state: "succeeded", limit: RECENT_JOBS }).find(({ kind }) => kind === "sprite");
  const stepMs = Number(last?.result?.step_ms ?? 0) || GUESSED_STEP_MS;
  const steps = plan.pictures.reduce((sum, picture) => sum + picture.steps, 0);
  const restMs = last?.timings ? last.timings.post + last.timings.write : GUESSED_REST_MS;
  return Math.round(steps * stepMs + restMs);
}

function jobDeps({ store, runner, library }: ServiceParts): HttpDeps["jobs"] {
  return {
    async answer({ id, asset_id: assetId }) {
      const row = store.get(id);
      const manifest = await getManifest(library, assetId ?? "");
      return buildAnswer({
        jobId: id,
        manifest,
        read: async (path) => (await openAssetFile(library, manifest.id, path)).bytes,
        urlOf: (path) => `/v1/assets/${manifest.id}/files/${path}`,
        projectFiles: projectFilesOf(row),
        timings: row?.timings ?? { queue: 0, model: 0, post: 0, write: 0, total: 0 },
      });
    },
    async get(id) {
      const row = store.get(id);
      return row === null ? null : toJob(row);
    },
    list: async (query) => store.list(query).map(toJob),
    cancel: async (id) => toJob(runner.cancel(id)),
  };
}

function projectDeps({ instance, version, host, projectAssets }: ServiceParts): HttpDeps["project"] {
  return {
    info: () => ({
      instance,
      version,
      models: host.catalog().map(({ description: { id, sha256 } }) => ({ id, sha256 })),
    }),
    assets: () => projectAssets.list(),
  };
}

function assetDeps({ library }: ServiceParts): HttpDeps["assets"] {
  return {
    async list(query) {
      const { assets, next } = await listAssets(library, query);
      const summaries = assets.map(({ id, kind, name, rev, created_at }) => {
        return { id, kind, name, rev, created_at, url: `/v1/assets/${id}` };
      });
      return { assets: summaries, next };
    },
    manifest: (id) => findManifest(library, id),
    async file(id, name) {
      const { info, bytes } = await openAssetFile(library, id, name);
      return { bytes, mediaType: info.media_type, sha256: info.sha256 };
    },
  };
}

/** Names of a model's controls that are other words in a request; the rest differ in spelling only. */
const CONTROL_FIELDS: Readonly<Record<string, string>> = {
  wrapX: "tile_x",
  wrapY: "tile_y",
  start: "input_image",
  mask: "mask_image",
  palette: "input_palette",
};

function modelInfos(host: ModelHost): ModelInfo[] {
  const ready = host.childPid() !== null;
  return host.catalog().map(({ description: model }, i) => ({
    id: model.id,
    title: model.title,
    default: i === 0,
    backend: model.backend,
    native_sizes: model.nativeSizes,
    controls: model.controls.map(
      (name) => CONTROL_FIELDS[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ),
    weights_license: model.weightsLicense,
    training_data_licenses: model.trainingDataLicenses,
    bytes: model.bytes,
    ready,
  }));
}

/** Asks the model process; one that died is started again, so that the next question finds it. */
async function pingModel({ host, log }: ServiceParts, timeoutMs: number): ReturnType<HttpDeps["pingModel"]> {
  if (await host.ping(timeoutMs)) {
    return { model_process: host.childPid(), execution_provider: host.device()?.provider ?? null };
  }
  if (host.childPid() === null) {
    host.warm().catch((error) => log("The model process could not be started.", { error: textOf(error) }));
  }
  return null;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
