import { randomUUID } from "node:crypto";
import type { ModelInfo } from "../shared/answers.ts";
import { PALETTES } from "../shared/palettes.ts";
import type { HttpDeps } from "./http/deps.ts";
import { createJobDoor } from "./jobs/accept.ts";
import { buildAnswer } from "./jobs/answer.ts";
import { createEditor } from "./jobs/editor.ts";
import type { StorageCheck } from "./jobs/storage-check.ts";
import type { Root } from "./library/paths.ts";
import { findManifest, getManifest, listAssets, openAssetFile } from "./library/read.ts";
import type { ProjectAssetIndex } from "./project/project-assets.ts";
import { toJob } from "./queue/job-row.ts";
import type { JobRunner } from "./queue/job-runner.ts";
import type { JobStore } from "./queue/job-store.ts";
import { styleInfos } from "./recipes/styles.ts";
import type { Log } from "./service-log.ts";
import { readStudioFile } from "./studio-files.ts";
import type { Workers } from "./workers/workers.ts";

/** The parts of a running service that HTTP needs. */
export interface ServiceParts
  extends Pick<HttpDeps, "version" | "instance" | "events" | "stopping" | "stopped" | "mostWaitMs"> {
  workers: Workers;
  store: JobStore;
  runner: JobRunner;
  library: Root;
  projectAssets: ProjectAssetIndex;
  checkStorage: StorageCheck;
  limits: { queueLimit: number; queueLimitPerClient: number };
  log: Log;
}

/** Adapts the parts of the service to what HTTP needs. */
export function createHttpDeps(parts: ServiceParts): HttpDeps {
  const { version, instance, events, stopping, stopped, mostWaitMs, workers, log } = parts;
  return {
    version,
    instance,
    events,
    stopping,
    stopped,
    mostWaitMs,
    door: createJobDoor(parts),
    editor: createEditor({ workers, newId: randomUUID }),
    jobs: jobDeps(parts),
    assets: assetDeps(parts),
    project: {
      info: () => ({
        instance,
        version,
        models: workers.catalog().map(({ info: { id, sha256 } }) => ({ id, sha256 })),
      }),
      assets: () => parts.projectAssets.list(),
    },
    styles: styleInfos,
    palettes: () => PALETTES.map((palette) => ({ ...palette, colors: [...palette.colors] })),
    models: async () => modelInfos(workers),
    studioFile: readStudioFile,
    checkStorage: parts.checkStorage,
    pingModel: (timeoutMs) => pingModel(parts, timeoutMs),
    logError: (error, requestId) =>
      log("A request failed with an unexpected error.", { level: "error", request_id: requestId, error }),
  };
}

function jobDeps({ store, runner, library }: ServiceParts): HttpDeps["jobs"] {
  return {
    async answer({ id, asset_id: assetId }) {
      const row = await store.get(id);
      const manifest = await getManifest(library, assetId ?? "");
      const files = row?.result?.project_files;
      return buildAnswer({
        jobId: id,
        manifest,
        read: async (path) => (await openAssetFile(library, manifest.id, path)).bytes,
        urlOf: (path) => `/v1/assets/${manifest.id}/files/${encodeURIComponent(path)}`,
        projectFiles: Array.isArray(files) ? files.map(String) : [],
        timings: row?.timings ?? { queue: 0, model: 0, post: 0, write: 0, total: 0 },
      });
    },
    async get(id) {
      const row = await store.get(id);
      return row === null ? null : toJob(row);
    },
    list: async (query) => (await store.list(query)).map(toJob),
    cancel: async (id) => toJob(await runner.cancel(id)),
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

/** A model's controls whose request fields have other names; the rest differ only in case. */
const CONTROL_FIELDS: ReadonlyMap<string, string> = new Map([
  ["wrapX", "tile_x"],
  ["wrapY", "tile_y"],
  ["start", "input_image"],
  ["mask", "mask_image"],
  ["palette", "input_palette"],
]);

function modelInfos(workers: Workers): ModelInfo[] {
  const ready = workers.generatorPid() !== null;
  return workers.catalog().map(({ info: model }, i) => ({
    id: model.id,
    title: model.title,
    default: i === 0,
    backend: model.backend,
    native_sizes: model.sizes,
    output: model.output,
    controls: model.controls.map(
      (name) => CONTROL_FIELDS.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ),
    weights_license: model.weightsLicense,
    training_data_licenses: model.trainingDataLicenses,
    bytes: model.bytes,
    ready,
  }));
}

/** Pings the generator's process. If it died, it is started again, so that the next ping finds it. */
async function pingModel(
  { workers, log }: ServiceParts,
  timeoutMs: number,
): ReturnType<HttpDeps["pingModel"]> {
  if (await workers.ping(timeoutMs)) {
    return {
      model_process: workers.generatorPid(),
      execution_provider: workers.device()?.provider ?? null,
      servers: await workers.checkServers(timeoutMs),
    };
  }
  if (workers.generatorPid() === null) {
    workers
      .warm()
      .catch((error) => log("The generator's process could not be started.", { level: "error", error }));
  }
  return null;
}
