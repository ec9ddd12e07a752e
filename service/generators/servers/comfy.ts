import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ComfyModel } from "../../../shared/server-models.ts";
import type { ServerLook } from "../backend.ts";
import { openEvents } from "./comfy-events.ts";
import { defaultGraph, fillGraph, type Graph, type GraphValues, placeholdersOf } from "./comfy-graph.ts";
import { findName } from "./find-name.ts";
import { callJson, callServer, errorText } from "./http-call.ts";
import type { DrawHooks, Drawn, DrawOrder, PictureServer } from "./picture-server.ts";
import { faultOf, ServerFault } from "./server-fault.ts";

const LOOK_MS = 10_000;
/** Loading object_info of every node takes long with many extensions, so only these are asked for. */
const NODES = [
  "CheckpointLoaderSimple",
  "LoraLoader",
  "KSampler",
  "SeamlessTile",
  "CircularVAEDecode",
] as const;
const SAMPLER = "euler";
const SCHEDULER = "normal";

const Stats = z.object({ system: z.object({ comfyui_version: z.string().nullish() }).default({}) });
const NodeInfo = z.record(
  z.string(),
  z.object({
    input: z.object({ required: z.record(z.string(), z.unknown()).default({}) }).default({ required: {} }),
  }),
);
const Accepted = z.object({ prompt_id: z.string() });
const Refusal = z.object({
  error: z.object({ message: z.string() }).nullish(),
  node_errors: z
    .record(
      z.string(),
      z.object({
        class_type: z.string().default("unknown"),
        errors: z.array(z.object({ message: z.string(), details: z.string().default("") })).default([]),
      }),
    )
    .default({}),
});
const Picture = z.object({ filename: z.string(), subfolder: z.string().default(""), type: z.string() });
const History = z.record(
  z.string(),
  z.object({ outputs: z.record(z.string(), z.object({ images: z.array(Picture).default([]) })) }),
);
const Uploaded = z.object({ name: z.string(), subfolder: z.string().default("") });

/** ComfyUI: graphs over HTTP, progress over a WebSocket. */
export class ComfyServer implements PictureServer {
  readonly #settings: ComfyModel;
  readonly #client = randomUUID();
  readonly #inputs = new Map<string, Record<string, unknown> | null>();

  constructor(settings: ComfyModel) {
    this.#settings = settings;
  }

  async look(signal: AbortSignal): Promise<ServerLook> {
    const stats = Stats.safeParse(await this.#ask("/system_stats", signal)).data;
    if (!stats) throw new ServerFault("refused", "is no ComfyUI", "Check the address and the backend.");
    for (const name of NODES) await this.#learn(name, signal);
    const checkpoints = this.#choices("CheckpointLoaderSimple", "ckpt_name");
    const loras = this.#choices("LoraLoader", "lora_name");
    const samplers = this.#choices("KSampler", "sampler_name");
    const schedulers = this.#choices("KSampler", "scheduler");
    const lists = { checkpoints, loras, samplers, schedulers };
    const seen = { program: "ComfyUI", version: stats.system.comfyui_version ?? null, ...lists };
    if (this.#settings.graph !== undefined) return { ...seen, checkpoint: null };
    const { checkpoint } = this.#chosen();
    return { ...seen, checkpoint: { name: checkpoint, sha256: null } };
  }

  async draw(order: DrawOrder, hooks: DrawHooks): Promise<Drawn> {
    const timeout = AbortSignal.timeout(this.#settings.timeout_seconds * 1000);
    const signal = AbortSignal.any([hooks.signal, timeout]);
    const graph = await this.#graphOf(order, signal);
    const socket = `${this.#settings.url.replace(/^http/, "ws").replace(/\/$/, "")}/ws?clientId=${this.#client}`;
    const events = await openEvents(socket, { signal, onStep: hooks.onStep });
    let id: string | null = null;
    try {
      id = await this.#queue(graph, signal);
      events.follow(id);
      await events.done;
      const { sampler = SAMPLER, scheduler = SCHEDULER, graph: own } = this.#settings;
      const picture = await this.#pictureOf(id, signal);
      return { pictures: [picture], facts: own ? {} : { sampler, scheduler } };
    } catch (error) {
      if (signal.aborted && id !== null) await this.#cancel(id);
      if (!timeout.aborted || hooks.signal.aborted) throw error;
      const seconds = this.#settings.timeout_seconds;
      throw new ServerFault("timeout", `did not draw within ${seconds} s`, "Set a larger timeout_seconds.");
    } finally {
      events.close();
    }
  }

  async dispose(): Promise<void> {}

  #ask(path: string, signal: AbortSignal): Promise<unknown> {
    return callJson({ url: this.#settings.url, path, signal, timeoutMs: LOOK_MS });
  }

  /** Learns the inputs of a kind of node; null: the server has none of the kind. */
  async #learn(name: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#ask(`/object_info/${name}`, signal).catch((error: unknown) => {
      if (error instanceof ServerFault && error.kind === "refused") return {};
      throw error;
    });
    this.#inputs.set(name, NodeInfo.safeParse(answer).data?.[name]?.input.required ?? null);
  }

  /** Values that an input of a node takes: a list, or in newer versions a list among its options. */
  #choices(name: string, input: string): string[] | null {
    const found = this.#inputs.get(name)?.[input];
    if (!Array.isArray(found)) return null;
    const [first, more] = found as [unknown, { options?: unknown } | undefined];
    const list = Array.isArray(first) ? first : more?.options;
    return Array.isArray(list) ? list.map(String) : null;
  }

  #chosen() {
    const { checkpoint, loras, sampler = SAMPLER, scheduler = SCHEDULER } = this.#settings;
    const checkpoints = this.#choices("CheckpointLoaderSimple", "ckpt_name");
    const wanted = checkpoint ?? checkpoints?.[0];
    if (wanted === undefined)
      throw new ServerFault("setting", "has no checkpoint", "Put one into its folder models/checkpoints.");
    const names = this.#choices("LoraLoader", "lora_name");
    return {
      checkpoint: findName("checkpoint", wanted, checkpoints),
      loras: loras.map(({ name, weight }) => ({ name: findName("LoRA", name, names), weight })),
      sampler: findName("sampler", sampler, this.#choices("KSampler", "sampler_name")),
      scheduler: findName("scheduler", scheduler, this.#choices("KSampler", "scheduler")),
    };
  }

  async #graphOf(order: DrawOrder, signal: AbortSignal): Promise<Graph> {
    const { graph } = this.#settings;
    const takes = placeholdersOf(graph);
    const wants = (what: string): boolean => graph === undefined || takes.has(what);
    const image = order.start && wants("image") ? await this.#upload(order.start.png, signal) : null;
    const mask = order.mask && wants("mask") ? await this.#upload(order.mask.white, signal) : null;
    const canTile = Boolean(this.#inputs.get("SeamlessTile") && this.#inputs.get("CircularVAEDecode"));
    const given = { order, image, mask, canTile };
    if (typeof graph === "object") {
      const unused = { checkpoint: "", loras: [], sampler: "", scheduler: "" };
      return fillGraph(graph, { ...given, ...unused } satisfies GraphValues);
    }
    return defaultGraph({ ...given, ...this.#chosen() });
  }

  async #upload(png: Uint8Array, signal: AbortSignal): Promise<string> {
    const form = new FormData();
    form.set(
      "image",
      new Blob([new Uint8Array(png)], { type: "image/png" }),
      `pixelkiln-${randomUUID()}.png`,
    );
    form.set("overwrite", "true");
    const call = { url: this.#settings.url, path: "/upload/image", method: "POST" as const, form };
    const { name, subfolder } = Uploaded.parse(await callJson({ ...call, signal, timeoutMs: LOOK_MS }));
    return subfolder === "" ? name : `${subfolder}/${name}`;
  }

  /** Queues a graph and gives the id of its run. */
  async #queue(graph: Graph, signal: AbortSignal): Promise<string> {
    const { url } = this.#settings;
    const json = { prompt: graph, client_id: this.#client };
    const answer = await callServer({
      url,
      path: "/prompt",
      method: "POST",
      json,
      signal,
      timeoutMs: LOOK_MS,
    });
    const body = fromJson(answer.bytes);
    const accepted = Accepted.safeParse(body);
    if (answer.status === 200 && accepted.success) return accepted.data.prompt_id;
    const refusal = Refusal.safeParse(body).data;
    const [bad] = Object.entries(refusal?.node_errors ?? {});
    if (!bad) throw faultOf(errorText(body) ?? `status ${answer.status}`, answer.status);
    const [id, { class_type: type, errors }] = bad;
    const said = errors.map(({ message, details }) => `${message} ${details}`.trim()).join("; ");
    throw new ServerFault(
      "refused",
      `refused node ${id} (${type}) of the graph: ${said}`,
      "Correct the graph or the model's settings.",
    );
  }

  async #pictureOf(id: string, signal: AbortSignal): Promise<Uint8Array> {
    const { url } = this.#settings;
    const history = History.parse(await this.#ask(`/history/${id}`, signal));
    const all = Object.values(history[id]?.outputs ?? {}).flatMap(({ images }) => images);
    // What a graph saves is meant; previews may show what lies between.
    const found = all.find(({ type }) => type === "output") ?? all.at(-1);
    if (!found)
      throw new ServerFault(
        "refused",
        "drew no picture",
        "The graph needs a SaveImage or PreviewImage node.",
      );
    const path = `/view?${new URLSearchParams(found)}`;
    const { status, bytes } = await callServer({ url, path, signal, timeoutMs: LOOK_MS });
    if (status === 200) return bytes;
    throw faultOf(`status ${status} for ${found.filename}`, status);
  }

  async #cancel(id: string): Promise<void> {
    const { url } = this.#settings;
    const signal = AbortSignal.timeout(LOOK_MS);
    const call = { url, method: "POST" as const, signal, timeoutMs: LOOK_MS };
    await Promise.allSettled([
      callServer({ ...call, path: "/queue", json: { delete: [id] } }),
      callServer({ ...call, path: "/interrupt", json: { prompt_id: id } }),
    ]);
  }
}

function fromJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return null;
  }
}
