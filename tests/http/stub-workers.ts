import type { EditedPicture, EditOrder } from "../../service/edit/edit-order.ts";
import type { CatalogEntry } from "../../service/generators/backend.ts";
import type { GeneratorInfo } from "../../service/generators/generator.ts";
import { BACKENDS } from "../../service/generators/table.ts";
import type { MadeAsset } from "../../service/kinds/made-asset.ts";
import { kindOf } from "../../service/kinds/table.ts";
import type { KindOrder, MakeOrder, ModelName, Planned, TaskHooks } from "../../service/workers/messages.ts";
import { WorkerDied } from "../../service/workers/worker-died.ts";
import type { Workers } from "../../service/workers/workers.ts";
import { ServiceError } from "../../shared/errors.ts";
import type { Lane } from "../../shared/job.ts";
import { createTestWorker } from "../kinds/test-worker.ts";
import { cannedAsset } from "./canned-asset.ts";

interface HeldMake {
  hooks: TaskHooks;
  finish: () => void;
  fail: (error: unknown) => void;
}

/** A plan holds no large picture. */
const withoutPictures = (_: string, value: unknown): unknown =>
  typeof value === "string" ? value.slice(0, 1000) : value;

/**
 * Workers that start no process: they plan whatever they are told, and their assets are one pixel large. Only edits are
 * real.
 */
export class StubWorkers implements Workers {
  /** "held" keeps an asset that is being made until `finish`, `fail` or `die`. */
  making: "at-once" | "held" = "at-once";
  /** The generator on hand. */
  model: ModelName = { id: "m", sha256: "a".repeat(64) };
  /** Whether the process of the generator answers pings. */
  answersPings = true;
  /** Plans a request instead of the stub. */
  planner: Workers["plan"] = async (order) => this.planAtOnce(order);
  readonly planned: KindOrder[] = [];
  readonly made: (MakeOrder & { lane: Lane })[] = [];
  readonly edited: EditOrder[] = [];
  readonly #worker = createTestWorker();
  readonly #held = new Map<string, HeldMake>();

  catalog(): CatalogEntry[] {
    const info: GeneratorInfo = {
      ...this.model,
      title: "M",
      backend: "embedded",
      output: "native",
      sizes: [32],
      editSizes: [32],
      controls: [],
      deterministic: true,
      defaults: { steps: 20, guidanceScale: 1, exemplars: "off" },
      weightsLicense: "MIT",
      trainingDataLicenses: ["CC0"],
      bytes: 1,
    };
    return [{ info, folder: "", hashes: {}, config: {}, backend: BACKENDS.embedded! }];
  }

  plan(order: KindOrder, hooks: TaskHooks): Promise<Planned> {
    this.planned.push(order);
    return this.planner(order, hooks);
  }

  /** A plan that is nothing but the request with a seed, for the generator where the kind needs one. */
  planAtOnce({ kind, request, ignored }: KindOrder): Planned {
    const { needs, request: schema } = kindOf(kind);
    const resolved = { ...request, ...("seed" in schema.shape ? { seed: request.seed ?? 1 } : {}) };
    const model = needs === "generator" ? this.model : null;
    const plan = Buffer.from(JSON.stringify(resolved, withoutPictures));
    return { plan, model, request: resolved, ignored, warnings: [], steps: 20, pixelMs: 9 };
  }

  async checkServers() {
    return [];
  }

  laneOf(model: ModelName | null): Lane {
    return model ? "generator" : "pixels";
  }

  make(lane: Lane, order: MakeOrder, hooks: TaskHooks): Promise<MadeAsset> {
    this.made.push({ ...order, lane });
    const { from } = order;
    const request = "request" in from ? from.request : JSON.parse(Buffer.from(from.plan).toString());
    const model = lane === "generator" ? this.model : null;
    if (this.making === "at-once") return Promise.resolve(cannedAsset(order, request, model));
    const id = `job_${order.target.assetId?.slice(4)}`;
    return new Promise<MadeAsset>((resolve, reject) => {
      // A job that is tried again is held again, so each end lets go of it at once.
      const fail = (error: unknown) => {
        this.#held.delete(id);
        reject(error);
      };
      const finish = () => {
        this.#held.delete(id);
        resolve(cannedAsset(order, request, model));
      };
      this.#held.set(id, { hooks, finish, fail });
      const cancelled = () => fail(new ServiceError("cancelled", "The job was cancelled."));
      hooks.signal.addEventListener("abort", cancelled, { once: true });
    });
  }

  edit(order: EditOrder, hooks: TaskHooks): Promise<EditedPicture> {
    this.edited.push(order);
    return this.#worker.edit(order, hooks);
  }

  /** Lets the asset of a job be done; all of these wait until the job is being made. */
  async finish(jobId: string): Promise<void> {
    (await this.#makeOf(jobId)).finish();
  }

  async fail(jobId: string, error: Error): Promise<void> {
    (await this.#makeOf(jobId)).fail(error);
  }

  /** The process ends under the job. */
  async die(jobId: string): Promise<void> {
    (await this.#makeOf(jobId)).fail(new WorkerDied("SIGKILL", true));
  }

  async progress(jobId: string, step: number): Promise<void> {
    (await this.#makeOf(jobId)).hooks.onProgress({ stage: "denoising", step, steps: 20 });
  }

  ping = async (): Promise<boolean> => this.answersPings;
  generatorPid = (): number => 4711;
  device = () => ({ provider: "cpu" as const, failures: [] });
  warm = async (): Promise<void> => {};
  close = async (): Promise<void> => {};

  async #makeOf(jobId: string): Promise<HeldMake> {
    for (let i = 0; i < 5000; i++) {
      const held = this.#held.get(jobId);
      if (held) return held;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`No worker was asked to make the job ${jobId}.`);
  }
}
