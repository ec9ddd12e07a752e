import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { AcceptedAnswer } from "../../shared/answers.ts";
import { AssetManifest, Timings } from "../../shared/asset.ts";
import { ServiceError } from "../../shared/errors.ts";
import { isFinal, Job, type JobProgress } from "../../shared/job.ts";
import { sha256 } from "../library/hashes.ts";
import type { PublishFile } from "../library/publish.ts";
import { type Call, createCaller } from "./service-call.ts";

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
  readonly #service: RemoteService;
  readonly #request: RemoteRequest;
  readonly #call: Call;

  constructor(service: RemoteService, request: RemoteRequest) {
    this.#service = service;
    this.#request = request;
    this.#call = createCaller(service.url, service.env);
  }

  async run(): Promise<RemoteAsset> {
    const { path, body, signal } = this.#request;
    const accepted = AcceptedAnswer.parse(
      await this.#call("POST", path, { ...body, async: true, upload_outputs: true }),
    );
    const job = `/v1/jobs/${accepted.job_id}`;
    try {
      await this.#wait(job);
    } catch (error) {
      if (signal.aborted) await this.#call("DELETE", job).catch(() => {});
      throw error;
    }
    const answer = MadeAnswer.parse(await this.#call("GET", `${job}/result`));
    const files = await Promise.all(answer.files.map((file) => this.#fetchFile(answer.id, file)));
    return { answer, files };
  }

  /** Follows the events of a job until it ends. Only its stored state says that it did. */
  async #wait(path: string): Promise<void> {
    const { signal, onProgress } = this.#request;
    for (;;) {
      const job = Job.parse(await this.#call("GET", path));
      if (isFinal(job.status)) return;
      onProgress(job.progress);
      await this.#follow(`${path}/events`);
      if (signal.aborted) throw signal.reason;
    }
  }

  async #follow(path: string): Promise<void> {
    const { signal, onProgress } = this.#request;
    try {
      const response = await this.#get(path);
      let text = "";
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = `${text}${chunk}`.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) {
          const progress = ProgressBlock.safeParse(readBlock(block));
          if (progress.success) onProgress(progress.data.progress);
        }
      }
    } catch {
      // Events are hints: the next look at the job tells what happened.
      await sleep(POLL_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #fetchFile(id: string, file: AssetManifest["files"][number]): Promise<PublishFile> {
    const response = await this.#get(`/v1/assets/${id}/files/${file.path}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (sha256(bytes) === file.sha256) {
      return { path: file.path, role: file.role, mediaType: file.media_type, bytes };
    }
    throw new ServiceError("internal", `${file.path} arrived damaged: try again.`);
  }

  async #get(path: string): Promise<Response> {
    const { url, env } = this.#service;
    const token = env.PIXELKILN_TOKEN;
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(new URL(path, url), { headers, signal: this.#request.signal });
    if (response.ok) return response;
    throw new ServiceError("internal", `The service at ${url} answered ${response.status} for ${path}.`);
  }
}

const ProgressBlock = z.object({ type: z.literal("job.progress"), progress: Job.shape.progress });

/** Reads the data of one block of an event stream: JSON on one line. */
function readBlock(block: string): unknown {
  const data = /^data: (.*)$/m.exec(block)?.[1];
  try {
    return data === undefined ? null : JSON.parse(data);
  } catch {
    return null;
  }
}
