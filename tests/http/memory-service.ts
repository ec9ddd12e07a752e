import { createHash, randomUUID } from "node:crypto";
import { createEventBus, type EventBus } from "../../service/events/bus.ts";
import { createApp } from "../../service/http/app.ts";
import type { HttpDeps } from "../../service/http/deps.ts";
import { type Listening, type ListenOptions, listen } from "../../service/http/listen.ts";
import type { SubmitContext } from "../../service/jobs/accept.ts";
import type { AnimationAnswer } from "../../service/kinds/animation/answer.ts";
import type { AssetAnswer, CostAnswer, StyleInfo } from "../../shared/answers.ts";
import type { AssetManifest, Checks, Grid } from "../../shared/asset.ts";
import type { EditAnswer, EditRequest } from "../../shared/edit-tools.ts";
import { ServiceError, toProblem } from "../../shared/errors.ts";
import { isFinal, type Job, type JobState } from "../../shared/job.ts";

/** The smallest PNG: one transparent pixel. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const PNG_HASH = createHash("sha256").update(PNG).digest("hex");

const STYLE: StyleInfo = {
  prompt_style: "default",
  name: "Default",
  description: "One thing",
  min_width: 8,
  max_width: 128,
  min_height: 8,
  max_height: 128,
  default_width: 32,
  default_height: 32,
  max_number_of_images: 16,
  require_input_image: false,
  supports_reference_images: false,
  default_color_count: 16,
  remove_bg: true,
  example_prompt: "red dragon",
};

/** A whole service in memory: it keeps jobs, runs them when told to, publishes events, has assets. */
export interface MemoryService {
  deps: HttpDeps;
  events: EventBus;
  /** Calls of every dependency so far, by name. They show which handlers ran. */
  calls: Map<string, number>;
  errors: unknown[];
  /** "at-once" finishes a job on the next tick; "held" leaves it queued until `finish`. */
  mode: "at-once" | "held";
  /** Whether the generator's process answers pings. */
  modelAnswers: boolean;
  move(id: string, status: JobState): void;
  /** Reports denoising steps of a job. */
  progress(id: string, step: number): void;
  stopping: AbortController;
  stopped: AbortController;
}

const id16 = (): string => randomUUID().replaceAll("-", "").slice(0, 16);

/** Makes a service in memory. Its event bus keeps `capacity` events. */
export function memoryService({ capacity = 1000, queue = 64 } = {}): MemoryService {
  const jobs = new Map<string, Job>();
  const keys = new Map<string, { id: string; hash: string }>();
  const assets = new Map<string, AssetManifest>();
  const calls = new Map<string, number>();
  const errors: unknown[] = [];
  const events = createEventBus({ capacity, now: Date.now, onListenerError: (error) => errors.push(error) });
  const stopping = new AbortController();
  const stopped = new AbortController();
  const count = (name: string): void => void calls.set(name, (calls.get(name) ?? 0) + 1);

  const move = (id: string, status: JobState): void => {
    const job = jobs.get(id);
    if (!job || isFinal(job.status)) return;
    const now = new Date().toISOString();
    const asset_id = status === "succeeded" ? `spr_${id.slice(4)}` : null;
    const error =
      status === "failed" ? toProblem(new ServiceError("invalid-image", "The picture is broken.")) : null;
    const finished_at = isFinal(status) ? now : null;
    jobs.set(id, { ...job, status, asset_id, error, started_at: job.started_at ?? now, finished_at });
    if (asset_id) assets.set(asset_id, manifestOf(asset_id, job));
    events.publish({ type: "job.state", job_id: id, status, asset_id });
  };

  const accept = (kind: Job["kind"], request: Job["request"], context: SubmitContext): Job => {
    const { idempotencyKey, bodyHash } = context;
    const earlier = idempotencyKey === undefined ? undefined : keys.get(idempotencyKey);
    if (earlier && earlier.hash !== bodyHash)
      throw new ServiceError("idempotency-conflict", "Another request had this key.");
    const before = earlier && jobs.get(earlier.id);
    if (before) return before;
    const open = [...jobs.values()].filter((job) => !isFinal(job.status)).length;
    if (open >= queue) throw new ServiceError("queue-full", "The queue is full.", { retryAfter: 3 });
    const job: Job = {
      id: `job_${id16()}`,
      kind,
      status: "queued",
      created_at: new Date().toISOString(),
      started_at: null,
      finished_at: null,
      attempts: 0,
      progress: { stage: "queued", step: 0, steps: 0 },
      asset_id: null,
      error: null,
      request,
    };
    jobs.set(job.id, job);
    if (idempotencyKey !== undefined) keys.set(idempotencyKey, { id: job.id, hash: bodyHash });
    if (service.mode === "at-once") setImmediate(() => move(job.id, "succeeded"));
    return job;
  };

  const service: MemoryService = {
    events,
    calls,
    errors,
    stopping,
    stopped,
    move,
    mode: "at-once",
    modelAnswers: true,
    progress(id, step) {
      const job = jobs.get(id);
      if (!job) return;
      const progress = { stage: "denoising", step, steps: 20 } as const;
      jobs.set(id, { ...job, progress });
      events.publish({ type: "job.progress", job_id: id, progress });
    },
    deps: {
      version: "0.0.0-test",
      instance: "memory",
      stopping: stopping.signal,
      stopped: stopped.signal,
      events,
      door: {
        async estimate({ id }, { request, ignored }) {
          count(`${id}.estimate`);
          return costOf(request, ignored);
        },
        async submit(kind, { request }, context) {
          count(`${kind.id}.submit`);
          const seed = "seed" in kind.request.shape ? { seed: (request as { seed?: number }).seed ?? 1 } : {};
          return accept(kind.id, { ...request, ...seed }, context);
        },
      },
      editor: {
        async run({ request, ignored }) {
          count("editor.run");
          return editOf(request, ignored);
        },
        async check() {
          count("editor.check");
        },
        async fixPixels() {
          count("editor.fixPixels");
          return { base64_images: [PNG.toString("base64")], grid: GRID, checks: CHECKS, warnings: [] };
        },
      },
      jobs: {
        async answer(job) {
          count("answer");
          return answerOf(job, assets.get(job.asset_id ?? "")!);
        },
        async get(id) {
          count("jobs.get");
          return jobs.get(id) ?? null;
        },
        async list({ state, limit, before }) {
          count("jobs.list");
          const all = [...jobs.values()].reverse();
          const from = before === undefined ? 0 : all.findIndex((job) => job.id === before) + 1;
          return all
            .slice(from)
            .filter((job) => state === undefined || job.status === state)
            .slice(0, limit);
        },
        async cancel(id) {
          count("jobs.cancel");
          move(id, "cancelled");
          return jobs.get(id) ?? null;
        },
      },
      assets: {
        async list({ limit }) {
          count("assets.list");
          const all = [...assets.values()].reverse().slice(0, limit);
          const summary = all.map(({ id, kind, name, rev, created_at }) => ({
            id,
            kind,
            name,
            rev,
            created_at,
            url: `/v1/assets/${id}`,
          }));
          return { assets: summary, next: null };
        },
        async manifest(id) {
          count("assets.manifest");
          return assets.get(id) ?? null;
        },
        async file(id, name) {
          count("assets.file");
          const info = assets.get(id)?.files.find((file) => file.path === name);
          return info ? { bytes: PNG, mediaType: info.media_type, sha256: info.sha256 } : null;
        },
      },
      project: {
        info() {
          count("project.info");
          return { instance: "memory", version: "0", models: [] };
        },
        async assets() {
          count("project.assets");
          return [];
        },
      },
      styles() {
        count("styles");
        return [STYLE];
      },
      palettes() {
        count("palettes");
        return [{ name: "1-bit", title: "1-bit", source: "-", colors: ["#000000", "#ffffff"] }];
      },
      async models() {
        count("models");
        return [];
      },
      async studioFile(name) {
        count("studioFile");
        return Buffer.from(`/* ${name} */`);
      },
      async pingModel() {
        count("ping");
        return service.modelAnswers ? { model_process: 4711, execution_provider: "cpu" } : null;
      },
      logError: (error) => errors.push(error),
    },
  };
  return service;
}

const costOf = (request: object, ignored: CostAnswer["ignored_parameters"]): CostAnswer => ({
  check_cost: true,
  request: { ...request },
  ignored_parameters: ignored,
  warnings: [],
  estimated_ms: 900,
  balance_cost: 0,
  remaining_balance: 0,
});

const GRID: Grid = { kind: "native", pitch_x: 1, pitch_y: 1, cuts_x: [0, 1], cuts_y: [0, 1], confidence: 1 };
const ANIMATION: AnimationAnswer["animation"] = {
  name: "walk",
  action: "walk",
  motion: "procedural",
  loop: true,
  frame_size: { width: 1, height: 1 },
  sheet: { columns: 1, rows: 1 },
  directions: ["south"],
  mirrored: {},
  anchor: { x: 0, y: 1 },
  frames: [],
  gif: null,
  apng: null,
};
const CHECKS: Checks = {
  grid_scale: 1,
  partial_alpha_pixels: 0,
  colors: 1,
  off_palette_pixels: 0,
  duplicate_images: 0,
  seam_ratio_x: null,
  seam_ratio_y: null,
};

function editOf(request: EditRequest, ignored: EditAnswer["ignored_parameters"]): EditAnswer {
  const base64 = PNG.toString("base64");
  return {
    tool_id: request.tool,
    inference_id: randomUUID(),
    ...(request.custom_id === undefined ? {} : { custom_id: request.custom_id }),
    balance_cost: 0,
    credit_cost: 0,
    charged: false,
    remaining_balance: 0,
    remaining_credits: null,
    base64_images: [base64],
    output_urls: [],
    width: 1,
    height: 1,
    frames: 1,
    palette: [],
    checks: CHECKS,
    ignored_parameters: ignored,
    warnings: [],
    outputImageBase64: base64,
  };
}

function manifestOf(id: string, job: Job): AssetManifest {
  const file = (role: string, path: string, media_type: string) => ({
    role,
    path,
    media_type,
    sha256: PNG_HASH,
    bytes: PNG.length,
  });
  return {
    schema_version: 1,
    id,
    kind: job.kind,
    name: "hero",
    rev: PNG_HASH,
    created_at: job.created_at,
    images: [
      {
        seed: 1,
        width: 1,
        height: 1,
        file: "hero.png",
        sha256: PNG_HASH,
        bounds: null,
        pivot: { x: 0, y: 0 },
        colors: ["#000000"],
        exemplars: [],
      },
    ],
    palette: { name: null, colors: ["#000000"], locked: false },
    request: job.request,
    ignored_parameters: [],
    warnings: [],
    checks: CHECKS,
    files: [
      file("png", "hero.png", "image/png"),
      file("godot_sprite_frames", "hero.tres", "text/plain"),
      file("page", "hero.html", "text/html"),
    ],
    provenance: {
      generator: "pixelkiln 0",
      model: { id: "m", sha256: PNG_HASH, license: "MIT", training_data_licenses: ["CC0"] },
      execution_provider: "cpu",
      prompt: "p",
      seed: 1,
      exemplars: [],
    },
  };
}

function answerOf(job: Job, manifest: AssetManifest): AssetAnswer {
  const url = `/v1/assets/${manifest.id}/files/hero.png`;
  const shared = {
    id: manifest.id,
    job_id: job.id,
    status: job.status,
    created_at: job.created_at,
    base64_images: [PNG.toString("base64")],
    output_urls: [url],
    images: manifest.images.map((image) => ({ ...image, url })),
    palette: manifest.palette,
    request: job.request,
    ignored_parameters: [],
    warnings: [],
    checks: manifest.checks,
    files: manifest.files,
    project_files: [],
    provenance: manifest.provenance,
    timings_ms: { queue: 0, model: 1, post: 1, write: 1, total: 3 },
    balance_cost: 0,
    remaining_balance: 0,
  } satisfies Partial<AssetAnswer>;
  const own: Record<string, object> = {
    animation: { model: null, prompt_style: "default", animation: ANIMATION },
    pixelate: { model: null, grid: GRID },
  };
  return {
    ...shared,
    kind: job.kind,
    model: null,
    ...(own[job.kind] ?? { model: "m", prompt_style: "default" }),
  };
}

export interface RunningService extends Listening {
  service: MemoryService;
  /** Requests that passed the door. */
  entered(): number;
}

/** Runs an app with a service in memory on a free port, and counts what passes the door. */
export async function listenInMemory(
  options: Partial<Omit<ListenOptions, "fetch">> = {},
  service: MemoryService = memoryService(),
): Promise<RunningService> {
  const app = createApp(service.deps);
  let entered = 0;
  const listening = await listen({
    host: "127.0.0.1",
    port: 0,
    token: null,
    allowedOrigins: [],
    allowedHosts: [],
    ...options,
    fetch: (request, context) => {
      entered += 1;
      return app.fetch(request, context);
    },
  });
  return { ...listening, service, entered: () => entered };
}
