import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../../../shared/errors.ts";
import { isLoopbackUrl, type ServerDrawing, type ServerModel } from "../../../shared/server-models.ts";
import type { ServerLook } from "../backend.ts";
import { checkRequest } from "../check-request.ts";
import type { GenerateHooks, Generator, GeneratorInfo, PictureRequest, RawPicture } from "../generator.ts";
import { readDrawn } from "./drawn-picture.ts";
import { familyOf } from "./families.ts";
import { givenPictures, keepGiven } from "./given-pictures.ts";
import type { Drawn, DrawOrder, PictureServer } from "./picture-server.ts";
import { ServerFault } from "./server-fault.ts";
import { wordsFor } from "./words.ts";

/** How often one picture is tried again after its server was lost. */
const MOST_LOSSES = 5;
const MOST_WAITS = 15;
const WAIT_MS = 2000;
/** How long a server that was lost may take to come back by itself. */
const BACK_MS = 30_000;
const BACK_POLL_MS = 500;

/** A picture server as a generator: words, pictures, seeds and failures are the same whatever it speaks. */
export class ServerGenerator implements Generator {
  readonly executionProvider = "server";
  readonly info: GeneratorInfo;
  readonly #model: ServerModel;
  readonly #server: PictureServer;
  /** Pictures that came with an earlier one, by their requests. */
  readonly #drawn = new Map<PictureRequest, RawPicture>();
  #batch: number;

  constructor(info: GeneratorInfo, model: ServerModel, server: PictureServer) {
    this.info = info;
    this.#model = model;
    this.#server = server;
    this.#batch = "batch" in model ? model.batch : 1;
  }

  async generate(request: PictureRequest, hooks: GenerateHooks): Promise<RawPicture> {
    checkRequest(request, this.info);
    if (hooks.signal.aborted) throw cancelled();
    const { start, strength, known, mask } = request;
    const steps = createSteps(stepsOf(request), hooks);
    // Nothing to draw: servers leave a picture not quite as it was.
    const kept =
      start && strength === 0 && this.#takes("strength")
        ? start
        : known && mask?.every((one) => one === 0)
          ? known
          : null;
    const image = kept && keepGiven(kept, request);
    const raw = image
      ? { image }
      : (this.#drawn.get(request) ?? (await this.#drawWith(request, hooks, steps)));
    this.#drawn.delete(request);
    steps.finish();
    return raw;
  }

  dispose(): Promise<void> {
    return this.#server.dispose();
  }

  #takes(control: string): boolean {
    return this.info.controls.includes(control);
  }

  /** Draws a picture, and with it those after it that differ in the seed alone. */
  async #drawWith(request: PictureRequest, hooks: GenerateHooks, steps: StepCount): Promise<RawPicture> {
    this.#drawn.clear();
    hooks.onStage("denoising");
    const pictures = await givenPictures(request);
    for (;;) {
      const requests = nextSeeds(request, hooks.following ?? [], this.#batch);
      const order = this.#orderOf(request, requests.length, pictures);
      try {
        const raws = await this.#draw(order, requests, { hooks, steps });
        for (const [i, raw] of raws.entries()) this.#drawn.set(requests[i]!, raw);
        return raws[0]!;
      } catch (error) {
        if (hooks.signal.aborted) throw cancelled();
        if (!(error instanceof ServerFault)) throw error;
        if (error.kind !== "memory" || this.#batch === 1 || requests.length === 1)
          throw this.#describe(error);
        this.#batch = Math.max(1, Math.floor(requests.length / 2));
      }
    }
  }

  async #draw(
    order: DrawOrder,
    requests: readonly PictureRequest[],
    { hooks, steps }: { hooks: GenerateHooks; steps: StepCount },
  ): Promise<RawPicture[]> {
    const { look, drawn } = await this.#persist(async () => {
      const look = await this.#server.look(hooks.signal);
      return { look, drawn: await this.#server.draw(order, { signal: hooks.signal, onStep: steps.reach }) };
    }, hooks.signal);
    if (drawn.pictures.length < requests.length)
      throw new ServerFault(
        "refused",
        `answered with ${drawn.pictures.length} of ${requests.length} pictures`,
        "Set a batch of 1.",
      );
    return Promise.all(
      requests.map(async (request, i) => {
        const image = await readDrawn(drawn.pictures[i]!, request);
        return {
          image: keepGiven(image, request),
          server: this.#drawingOf({ look, drawn, order, seed: request.seed }),
        };
      }),
    );
  }

  /** Tries again what failed because the server was away or busy, once it is back. */
  async #persist<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let losses = 0, waits = 0; ; ) {
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ServerFault)) throw error;
        if (error.kind === "busy" && ++waits <= MOST_WAITS) await sleep(WAIT_MS, undefined, { signal });
        else if (error.kind === "lost" && ++losses <= MOST_LOSSES) await this.#comeBack(error, signal);
        else throw error;
      }
    }
  }

  async #comeBack(lost: ServerFault, signal: AbortSignal): Promise<void> {
    if (this.#server.restart) return this.#server.restart(signal);
    const until = performance.now() + BACK_MS;
    for (;;) {
      await sleep(BACK_POLL_MS, undefined, { signal });
      try {
        await this.#server.look(signal);
        return;
      } catch {
        signal.throwIfAborted();
        if (performance.now() < until) continue;
        throw new ServerFault(
          "down",
          `${lost.message} and did not come back within ${BACK_MS / 1000} s`,
          "Start it again, then send the request again.",
        );
      }
    }
  }

  #orderOf(request: PictureRequest, count: number, pictures: Pick<DrawOrder, "start" | "mask">): DrawOrder {
    const { width, height, seed, steps, guidanceScale, wrapX, wrapY } = request;
    const family = this.#model.family ?? familyOf(checkpointOf(this.#model));
    const words = wordsFor(request, { ...this.#model, family });
    return { ...words, width, height, seed, count, steps, guidanceScale, ...pictures, wrapX, wrapY };
  }

  #drawingOf(made: { look: ServerLook; drawn: Drawn; order: DrawOrder; seed: number }): ServerDrawing {
    const { look, drawn, order, seed } = made;
    const { facts = {} } = drawn;
    const model = this.#model;
    const sampling = "loras" in model ? model : { loras: [], sampler: undefined, scheduler: undefined };
    return {
      protocol: model.backend,
      program: facts.program ?? look.program,
      version: facts.version ?? look.version,
      url: "url" in model ? new URL(model.url).origin : null,
      checkpoint: facts.checkpoint ?? look.checkpoint,
      loras: sampling.loras,
      sampler: facts.sampler ?? sampling.sampler ?? null,
      scheduler: facts.scheduler ?? sampling.scheduler ?? null,
      sent: [
        {
          prompt: order.prompt,
          negative_prompt: order.negativePrompt,
          ...{ seed, width: order.width, height: order.height, steps: order.steps },
          guidance_scale: order.guidanceScale,
          strength: order.start?.strength ?? null,
        },
      ],
    };
  }

  #describe(fault: ServerFault): ServiceError {
    const where =
      "url" in this.#model && !isLoopbackUrl(this.#model.url) ? ` at ${new URL(this.#model.url).origin}` : "";
    const text = `The server of the model ${this.info.id}${where} ${fault.message}. ${fault.advice}`;
    const isAway = fault.kind === "down" || fault.kind === "busy" || fault.kind === "setting";
    return new ServiceError(isAway ? "model-unavailable" : "generation-failed", text, { cause: fault });
  }
}

interface StepCount {
  /** Tells all steps up to a share of the whole. */
  reach: (step: number, of: number) => void;
  finish: () => void;
}

/** Tells steps one by one: servers tell some, in numbers of their own. */
function createSteps(steps: number, { signal, onStep }: GenerateHooks): StepCount {
  let told = 0;
  const reach = (step: number, of: number): void => {
    const goal = Math.min(steps, Math.floor((step / Math.max(1, of)) * steps));
    while (told < goal && !signal.aborted) onStep(++told, steps);
  };
  return {
    reach,
    finish() {
      reach(steps, steps);
      if (signal.aborted) throw cancelled();
    },
  };
}

function stepsOf({ steps, start, strength, mask }: PictureRequest): number {
  return start && !mask ? Math.max(1, Math.round(steps * strength)) : steps;
}

/** The requests of a run that may be drawn at once: the same but for seeds that count up. */
function nextSeeds(
  request: PictureRequest,
  following: readonly PictureRequest[],
  most: number,
): PictureRequest[] {
  const batch = [request];
  for (const next of following) {
    const isNext = batch.length < most && next.seed === request.seed + batch.length;
    if (!isNext || !isSame(request, next)) break;
    batch.push(next);
  }
  return batch;
}

function isSame(one: PictureRequest, other: PictureRequest): boolean {
  const names = Object.keys(one) as (keyof PictureRequest)[];
  return names.every((name) => name === "seed" || one[name] === other[name]);
}

function checkpointOf(model: ServerModel): string | undefined {
  return model.backend === "openai" ? model.model : model.checkpoint;
}

function cancelled(): ServiceError {
  return new ServiceError("cancelled", "The job was cancelled.");
}
