import { z } from "zod";
import type { SdapiModel } from "../../../shared/server-models.ts";
import type { ServerLook } from "../backend.ts";
import { findName } from "./find-name.ts";
import { callJson, callServer, type HttpCall } from "./http-call.ts";
import type { DrawHooks, Drawn, DrawOrder, PictureServer } from "./picture-server.ts";
import { ServerFault } from "./server-fault.ts";

/** What of a configuration this protocol needs. `sd-server` has it too. */
export type SdapiSettings = Pick<
  SdapiModel,
  "checkpoint" | "loras" | "sampler" | "scheduler" | "timeout_seconds"
> & { url: string };

const LOOK_MS = 10_000;
const POLL_MS = 500;

const Named = z.object({
  name: z.string().optional(),
  label: z.string().optional(),
  path: z.string().optional(),
});
const Checkpoint = z.object({
  title: z.string(),
  model_name: z.string().optional(),
  sha256: z.string().nullish(),
});
const Options = z.object({
  sd_model_checkpoint: z.string().nullish(),
  sd_checkpoint_hash: z.string().nullish(),
});
const Progress = z.object({
  progress: z.number().optional(),
  current_task: z.string().nullish(),
  state: z.object({ sampling_step: z.number().optional(), sampling_steps: z.number().optional() }).nullish(),
});
const Answer = z.object({ images: z.array(z.string()), info: z.unknown() });
const Info = z.object({
  infotexts: z.array(z.string()).default([]),
  sampler_name: z.string().nullish(),
});

type Lists = Pick<ServerLook, "checkpoints" | "loras" | "samplers" | "schedulers">;
interface Found extends Lists {
  program: string;
  version: string | null;
  /** Path of each LoRA by its name, where the server takes LoRAs as a list and not in the prompt. */
  loraPaths: Map<string, string> | null;
}

/**
 * The protocol of the Stable Diffusion web UI (A1111 modules/api, also Forge, SD.Next, Draw Things, KoboldCpp and
 * stable-diffusion.cpp's sd-server).
 */
export class SdapiServer implements PictureServer {
  readonly #settings: SdapiSettings;
  readonly #url: () => string;
  #found: Found | null = null;
  #tasks = 0;

  /** `url` gives the address if it changes from start to start. */
  constructor(settings: SdapiSettings, url: () => string = () => settings.url) {
    this.#settings = settings;
    this.#url = url;
  }

  async look(signal: AbortSignal): Promise<ServerLook> {
    const options = Options.safeParse(await this.#ask("/sdapi/v1/options", signal)).data ?? {};
    this.#found ??= await this.#explore(signal);
    const { loraPaths: _, ...found } = this.#found;
    const { checkpoint: wanted, loras, sampler, scheduler } = this.#settings;
    for (const { name } of loras) findName("LoRA", name, found.loras);
    if (sampler !== undefined) findName("sampler", sampler, found.samplers);
    if (scheduler !== undefined) findName("scheduler", scheduler, found.schedulers);
    const name =
      wanted === undefined ? options.sd_model_checkpoint : findName("checkpoint", wanted, found.checkpoints);
    return { ...found, checkpoint: name ? await this.#checkpoint(name, signal) : null };
  }

  async draw(order: DrawOrder, hooks: DrawHooks): Promise<Drawn> {
    const task = `pixelkiln-${process.pid}-${++this.#tasks}`;
    const path = order.start ? "/sdapi/v1/img2img" : "/sdapi/v1/txt2img";
    const drawn = new AbortController();
    let stopping: Promise<void> = Promise.resolve();
    const onAbort = (): void => {
      stopping = this.#interrupt(task);
    };
    hooks.signal.addEventListener("abort", onAbort, { once: true });
    const watching = this.#watch(task, order, {
      ...hooks,
      signal: AbortSignal.any([hooks.signal, drawn.signal]),
    });
    try {
      const timeoutMs = this.#settings.timeout_seconds * 1000;
      const json = this.#bodyOf(order, task);
      return readAnswer(await this.#call({ path, method: "POST", json, signal: hooks.signal, timeoutMs }));
    } finally {
      drawn.abort();
      hooks.signal.removeEventListener("abort", onAbort);
      await watching;
      // The next order must not be stopped in its place.
      await stopping;
    }
  }

  async dispose(): Promise<void> {}

  #call(call: Omit<HttpCall, "url">): Promise<unknown> {
    return callJson({ ...call, url: this.#url() });
  }

  #ask(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#call({ path, signal, timeoutMs: LOOK_MS });
  }

  /** Asks for something that not every server has; null: this one has not. */
  async #askIfThere(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#ask(path, signal).catch((error: unknown) => {
      if (error instanceof ServerFault && error.kind === "refused") return null;
      throw error;
    });
  }

  async #explore(signal: AbortSignal): Promise<Found> {
    const namesAt = async (path: string): Promise<string[] | null> => {
      const list = z.array(Named).safeParse(await this.#askIfThere(path, signal)).data;
      return list?.flatMap(({ name, label }) => name ?? label ?? []) ?? null;
    };
    const capabilities = await this.#askIfThere("/sdcpp/v1/capabilities", signal);
    const kobold = capabilities ? null : await this.#askIfThere("/api/extra/version", signal);
    const loras = z.array(Named).safeParse(await this.#askIfThere("/sdapi/v1/loras", signal)).data ?? null;
    const byPath = new Map(loras?.flatMap(({ name, path }) => (name ? [[name, path ?? name] as const] : [])));
    const version = z.object({ version: z.string() }).safeParse(kobold).data?.version ?? null;
    return {
      program: capabilities ? "sd-server" : kobold ? "KoboldCpp" : "Stable Diffusion API",
      version,
      checkpoints: (await this.#checkpoints(signal))?.map(({ title }) => title) ?? null,
      loras: loras && [...byPath.keys()],
      loraPaths: capabilities || kobold ? byPath : null,
      samplers: await namesAt("/sdapi/v1/samplers"),
      schedulers: await namesAt("/sdapi/v1/schedulers"),
    };
  }

  async #checkpoints(signal: AbortSignal) {
    return z.array(Checkpoint).safeParse(await this.#askIfThere("/sdapi/v1/sd-models", signal)).data ?? null;
  }

  async #checkpoint(name: string, signal: AbortSignal): Promise<ServerLook["checkpoint"]> {
    const found = (await this.#checkpoints(signal))?.find(({ title, model_name }) =>
      [title, model_name].includes(name),
    );
    return { name, sha256: found?.sha256 ?? null };
  }

  #bodyOf(order: DrawOrder, task: string): Record<string, unknown> {
    const { loras, sampler, scheduler, checkpoint } = this.#settings;
    const { loraPaths = null, checkpoints = null } = this.#found ?? {};
    const { start, mask, wrapX, wrapY } = order;
    const tags = loraPaths ? [] : loras.map(({ name, weight }) => `<lora:${name}:${weight}>`);
    const listed = loras.map(({ name, weight }) => ({
      path: loraPaths?.get(name) ?? name,
      multiplier: weight,
    }));
    return {
      prompt: [order.prompt, ...tags].join(" "),
      negative_prompt: order.negativePrompt,
      width: order.width,
      height: order.height,
      steps: order.steps,
      cfg_scale: order.guidanceScale,
      seed: order.seed,
      batch_size: order.count,
      n_iter: 1,
      send_images: true,
      save_images: false,
      force_task_id: task,
      ...(sampler === undefined ? {} : { sampler_name: sampler }),
      ...(scheduler === undefined ? {} : { scheduler }),
      ...(checkpoint === undefined
        ? {}
        : { override_settings: { sd_model_checkpoint: findName("checkpoint", checkpoint, checkpoints) } }),
      ...(loraPaths && listed.length > 0 ? { lora: listed } : {}),
      // A1111 wraps both edges or none; KoboldCpp each; others ignore it, so the seam is measured afterwards.
      ...(wrapX || wrapY ? { tiling: true, circular_x: wrapX ? 1 : 0, circular_y: wrapY ? 1 : 0 } : {}),
      ...(start
        ? { init_images: [base64(start.png)], denoising_strength: start.strength, resize_mode: 0 }
        : {}),
      ...(mask
        ? {
            ...{ mask: base64(mask.white), mask_blur: 4, inpainting_fill: 1, inpaint_full_res: false },
            inpainting_mask_invert: 0,
          }
        : {}),
    };
  }

  /** Tells the steps of a task while it runs, as far as the server tells them. */
  async #watch(task: string, order: DrawOrder, { signal, onStep }: DrawHooks): Promise<void> {
    while (!signal.aborted) {
      await pause(POLL_MS, signal);
      if (signal.aborted) return;
      const path = "/sdapi/v1/progress?skip_current_image=true";
      const answer = await this.#ask(path, signal).catch((error: unknown) => {
        return error instanceof ServerFault && error.kind === "refused" ? null : undefined;
      });
      if (answer === null) return;
      const { current_task: current, progress = 0, state } = Progress.safeParse(answer).data ?? {};
      if (signal.aborted || (current && !current.includes(task))) continue;
      const steps = state?.sampling_steps || order.steps;
      const step = state?.sampling_step || Math.floor(progress * steps);
      if (step > 0) onStep(Math.min(step, steps), steps);
    }
  }

  /** Stops what the server draws, unless that is somebody else's. */
  async #interrupt(task: string): Promise<void> {
    const signal = AbortSignal.timeout(LOOK_MS);
    const answer = await this.#askIfThere("/sdapi/v1/progress?skip_current_image=true", signal).catch(
      () => null,
    );
    const current = Progress.safeParse(answer).data?.current_task;
    if (current && !current.includes(task)) return;
    const call = { url: this.#url(), path: "/sdapi/v1/interrupt", method: "POST" as const, json: {} };
    await callServer({ ...call, signal, timeoutMs: LOOK_MS }).catch(() => null);
  }
}

function readAnswer(json: unknown): Drawn {
  const answer = Answer.safeParse(json);
  if (!answer.success)
    throw new ServerFault("refused", "answered without pictures", "Check that its API is the one of A1111.");
  const pictures = answer.data.images.map(
    (text) => new Uint8Array(Buffer.from(text.replace(/^data:[^,]*,/, ""), "base64")),
  );
  const info = Info.safeParse(fromJson(answer.data.info)).data;
  const [text = ""] = info?.infotexts ?? [];
  const sampler = info?.sampler_name ?? null;
  return { pictures, facts: { ...programOf(text), ...(sampler === null ? {} : { sampler }) } };
}

/** Forge calls its version f2.0.1v1.10.1, A1111 v1.10.1; SD.Next names itself. */
function programOf(infotext: string): Drawn["facts"] {
  const version = /\bVersion: ([^,\s]+)/.exec(infotext)?.[1];
  const app = /\bApp: ([^,\n]+)/.exec(infotext)?.[1];
  if (app !== undefined) return { program: app.trim(), ...(version === undefined ? {} : { version }) };
  if (version === undefined) return {};
  return { program: version.startsWith("f") ? "Forge" : "AUTOMATIC1111", version };
}

function fromJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
