import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { AcceptedAnswer } from "../../shared/answers.ts";
import { AssetManifest } from "../../shared/asset.ts";
import { ServiceError } from "../../shared/errors.ts";
import { isFinal, Job } from "../../shared/job.ts";
import { KILN_KINDS } from "../../shared/kiln-file.ts";
import { ProjectInfo } from "../../shared/project.ts";
import { EXTRA_ROLES } from "../jobs/describe-sprites.ts";
import { sha256 } from "../library/hashes.ts";
import type { KilnOrder } from "../project/kiln-file.ts";
import type { KilnMaker, MadeAsset, MakeHooks } from "../project/kiln-maker.ts";
import { type Call, createCaller } from "./draw-remote.ts";

/** How long a lost stream of events is waited for before the job is looked at again. */
const POLL_MS = 150;

/** What an answer of any kind says of the files. */
const FilesAnswer = AssetManifest.pick({
  kind: true,
  id: true,
  request: true,
  warnings: true,
  ignored_parameters: true,
  provenance: true,
  files: true,
});

/**
 * Lets a service draw kiln files and fetches the files as bytes: it writes nothing, so it may work for another project
 * or on another machine. Throws model-unavailable when it cannot be reached.
 */
export async function createRemoteMaker(service: string, env: NodeJS.ProcessEnv): Promise<KilnMaker> {
  const call = createCaller(service, env);
  const { version, models } = ProjectInfo.parse(await call("GET", "/v1/project"));
  return {
    facts: { version, models },
    make: (order, hooks) => new RemoteJob({ service, env, call }, order, hooks).run(),
    close: async () => {},
  };
}

interface RemoteDeps {
  service: string;
  env: NodeJS.ProcessEnv;
  call: Call;
}

class RemoteJob {
  readonly #deps: RemoteDeps;
  readonly #order: KilnOrder;
  readonly #hooks: MakeHooks;

  constructor(deps: RemoteDeps, order: KilnOrder, hooks: MakeHooks) {
    this.#deps = deps;
    this.#order = order;
    this.#hooks = hooks;
  }

  async run(): Promise<MadeAsset> {
    const { call } = this.#deps;
    const { kind, fields, name, engines, gameFolder } = this.#order;
    const output = { name, engine: engines, client_folder: gameFolder };
    const body = { ...fields, output, async: true, upload_outputs: true };
    const accepted = AcceptedAnswer.parse(await call("POST", KILN_KINDS[kind]?.path ?? "", body));
    const path = `/v1/jobs/${accepted.job_id}`;
    try {
      await this.#wait(path);
    } catch (error) {
      if (this.#hooks.signal.aborted) await call("DELETE", path).catch(() => {});
      throw error;
    }
    const answer = FilesAnswer.parse(await call("GET", `${path}/result`));
    const wanted = answer.files.filter(({ role }) => !EXTRA_ROLES.includes(role));
    const files = await Promise.all(
      wanted.map(async (file) => ({ path: file.path, bytes: await this.#fetchFile(answer.id, file) })),
    );
    return { files, manifest: answer };
  }

  /** Follows the events of a job, which end with it; the stored state alone says that it did. */
  async #wait(path: string): Promise<void> {
    const { signal, onProgress } = this.#hooks;
    for (;;) {
      const job = Job.parse(await this.#deps.call("GET", path));
      if (isFinal(job.status)) return;
      onProgress(job.progress);
      await this.#follow(`${path}/events`);
      if (signal.aborted) throw signal.reason;
    }
  }

  async #follow(path: string): Promise<void> {
    const { signal, onProgress } = this.#hooks;
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
      // A hint that was lost: the next look at the job says more.
      await sleep(POLL_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #fetchFile(id: string, file: AssetManifest["files"][number]): Promise<Uint8Array> {
    const response = await this.#get(`/v1/assets/${id}/files/${file.path}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (sha256(bytes) === file.sha256) return bytes;
    throw new ServiceError("internal", `Expected the bytes of ${file.path} but received others.`);
  }

  async #get(path: string): Promise<Response> {
    const { service, env } = this.#deps;
    const token = env.PIXELKILN_TOKEN;
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const response = await fetch(new URL(path, service), { headers, signal: this.#hooks.signal });
    if (response.ok) return response;
    throw new ServiceError("internal", `The service at ${service} answered ${response.status} for ${path}.`);
  }
}

const ProgressBlock = z.object({ type: z.literal("job.progress"), progress: Job.shape.progress });

/** The data of one block of an event stream; it is JSON on one line. */
function readBlock(block: string): unknown {
  const data = /^data: (.*)$/m.exec(block)?.[1];
  try {
    return data === undefined ? null : JSON.parse(data);
  } catch {
    return null;
  }
}
