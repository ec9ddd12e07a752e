import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Client } from "../../plugins/client/client.ts";
import { readEvents } from "../../plugins/client/events.ts";
import { AcceptedAnswer } from "../../shared/answers.ts";
import { AssetManifest, Timings } from "../../shared/asset.ts";
import { ServiceError } from "../../shared/errors.ts";
import { isFinal, Job, type JobProgress } from "../../shared/job.ts";
import { sha256 } from "../library/hashes.ts";
import type { PublishFile } from "../library/publish.ts";
import { openClient } from "./service-call.ts";

/** Pause before the job is checked again after its event stream broke off. */
const POLL_MS = 150;

/** What the answer of every kind says about the asset. */
const MadeAnswer = AssetManifest.omit({ schema_version: true, name: true, rev: true }).extend({
  timings_ms: Timings,
});

/** An asset that a service made: its answer and all its files. */
export interface RemoteAsset {
  answer: z.infer<typeof MadeAnswer>;
  files: PublishFile[];
}

export interface RemoteService {
  /** Its address. */
  url: string;
  env: NodeJS.ProcessEnv;
}

export interface RemoteRequest {
  /** Path of the endpoint. */
  path: string;
  /** Its `output` has the name, the engines, and the folder in the client's game. */
  body: object;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/**
 * Runs a job on a service and fetches the files as bytes. The service writes no files into a project, so it may serve
 * another project or run on another machine. An interruption cancels the job. Throws the service's own ServiceError, or
 * model-unavailable if it cannot be reached.
 */
export function runRemoteJob(service: RemoteService, request: RemoteRequest): Promise<RemoteAsset> {
  return new RemoteJob(service, request).run();
}

class RemoteJob {
  readonly #request: RemoteRequest;
  readonly #client: Client;

  constructor({ url, env }: RemoteService, request: RemoteRequest) {
    this.#request = request;
    this.#client = openClient(url, env);
  }

  async run(): Promise<RemoteAsset> {
    const { path, body, signal } = this.#request;
    const accepted = AcceptedAnswer.parse(
      await this.#client.postJson(path, { ...body, async: true, upload_outputs: true }),
    );
    const job = `/v1/jobs/${accepted.job_id}`;
    try {
      await this.#wait(job);
    } catch (error) {
      if (signal.aborted) await this.#client.call(job, { method: "DELETE" }).catch(() => {});
      throw error;
    }
    const answer = MadeAnswer.parse(await this.#client.getJson(`${job}/result`));
    const files = await Promise.all(answer.files.map((file) => this.#fetchFile(answer.id, file)));
    return { answer, files };
  }

  /** Follows the events of a job until it ends. Only its stored state says that it did. */
  async #wait(path: string): Promise<void> {
    const { signal, onProgress } = this.#request;
    for (;;) {
      const job = Job.parse(await this.#client.getJson(path));
      if (isFinal(job.status)) return;
      onProgress(job.progress);
      await this.#follow(`${path}/events`);
      if (signal.aborted) throw signal.reason;
    }
  }

  async #follow(path: string): Promise<void> {
    const { signal, onProgress } = this.#request;
    try {
      for await (const { data } of readEvents(await this.#client.call(path, { signal }))) {
        const event = ProgressEvent.safeParse(JSON.parse(data));
        if (event.success) onProgress(event.data.progress);
      }
    } catch {
      // Events are hints: the next look at the job tells what happened.
      await sleep(POLL_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #fetchFile(id: string, file: AssetManifest["files"][number]): Promise<PublishFile> {
    const { signal } = this.#request;
    const response = await this.#client.call(`/v1/assets/${id}/files/${encodeURIComponent(file.path)}`, {
      signal,
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (sha256(bytes) === file.sha256) {
      return { path: file.path, role: file.role, mediaType: file.media_type, bytes };
    }
    throw new ServiceError("internal", `${file.path} arrived damaged: try again.`);
  }
}

const ProgressEvent = z.object({ type: z.literal("job.progress"), progress: Job.shape.progress });
