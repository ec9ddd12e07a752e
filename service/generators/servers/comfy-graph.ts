import type { ComfyModel } from "../../../shared/server-models.ts";
import type { DrawOrder } from "./picture-server.ts";

/** A node of a graph in the form of ComfyUI's API: inputs are values, or a node's id and the number of its output. */
interface GraphNode {
  class_type: string;
  inputs: Record<string, unknown>;
}
export type Graph = Record<string, GraphNode>;

/** What fills a graph. */
export interface GraphValues {
  order: DrawOrder;
  checkpoint: string;
  loras: readonly { name: string; weight: number }[];
  sampler: string;
  scheduler: string;
  /** Names of the uploaded pictures. */
  image: string | null;
  mask: string | null;
  /** Whether it has the nodes of spinagon/ComfyUI-seamless-tiling. */
  canTile: boolean;
}

/** Graphs as a file has them, before they are filled. */
export type GraphFile = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** Makes the graph that draws an order: from text, from a picture, or the marked part of one. */
export function defaultGraph(values: GraphValues): Graph {
  const { order, checkpoint, loras, sampler, scheduler, canTile } = values;
  const graph: Graph = { loader: node("CheckpointLoaderSimple", { ckpt_name: checkpoint }) };
  let [model, clip]: [unknown, unknown] = [
    ["loader", 0],
    ["loader", 1],
  ];
  for (const [i, { name, weight }] of loras.entries()) {
    const id = `lora_${i + 1}`;
    const weights = { strength_model: weight, strength_clip: weight };
    graph[id] = node("LoraLoader", { model, clip, lora_name: name, ...weights });
    [model, clip] = [
      [id, 0],
      [id, 1],
    ];
  }
  const tiling = canTile ? tilingOf(order) : null;
  if (tiling) {
    graph.tile = node("SeamlessTile", { model, tiling, copy_model: "Make a copy" });
    model = ["tile", 0];
  }
  graph.positive = node("CLIPTextEncode", { clip, text: order.prompt });
  graph.negative = node("CLIPTextEncode", { clip, text: order.negativePrompt });
  const latent = addLatent(graph, values);
  graph.sampler = node("KSampler", {
    ...{ model, positive: ["positive", 0], negative: ["negative", 0], latent_image: latent },
    ...{ seed: order.seed, steps: order.steps, cfg: order.guidanceScale },
    ...{ sampler_name: sampler, scheduler, denoise: order.start?.strength ?? 1 },
  });
  const decoded = { samples: ["sampler", 0], vae: ["loader", 2] };
  graph.picture = tiling ? node("CircularVAEDecode", { ...decoded, tiling }) : node("VAEDecode", decoded);
  graph.show = node("PreviewImage", { images: ["picture", 0] });
  return graph;
}

/** Fills the placeholders of a user's own graph: a text that is one placeholder takes its value as it is. */
export function fillGraph(file: GraphFile, { order, image, mask }: GraphValues): Graph {
  const values: Record<string, unknown> = {
    prompt: order.prompt,
    negative: order.negativePrompt,
    seed: order.seed,
    width: order.width,
    height: order.height,
    steps: order.steps,
    cfg: order.guidanceScale,
    denoise: order.start?.strength ?? 1,
    image: image ?? "",
    mask: mask ?? "",
  };
  return fill(file, values) as Graph;
}

/** Lists the placeholders that a graph has. */
export function placeholdersOf(file: ComfyModel["graph"]): Set<string> {
  return new Set([...JSON.stringify(file ?? {}).matchAll(PLACEHOLDER)].map(([, name]) => name ?? ""));
}

function fill(value: unknown, values: Record<string, unknown>): unknown {
  if (typeof value === "string") {
    const [whole, name] = /^\{\{(\w+)\}\}$/.exec(value) ?? [];
    if (whole !== undefined && name !== undefined && name in values) return values[name];
    return value.replace(PLACEHOLDER, (text, name: string) => (name in values ? String(values[name]) : text));
  }
  if (Array.isArray(value)) return value.map((one) => fill(one, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, values)]));
}

function addLatent(graph: Graph, { order, image, mask }: GraphValues): [string, number] {
  const { width, height } = order;
  if (image === null) {
    graph.canvas = node("EmptyLatentImage", { width, height, batch_size: 1 });
    return ["canvas", 0];
  }
  graph.given = node("LoadImage", { image });
  graph.canvas = node("VAEEncode", { pixels: ["given", 0], vae: ["loader", 2] });
  if (mask === null) return ["canvas", 0];
  graph.mask = node("LoadImageMask", { image: mask, channel: "red" });
  graph.marked = node("SetLatentNoiseMask", { samples: ["canvas", 0], mask: ["mask", 0] });
  return ["marked", 0];
}

function tilingOf({ wrapX, wrapY }: DrawOrder): string | null {
  if (wrapX && wrapY) return "enable";
  if (wrapX) return "x_only";
  return wrapY ? "y_only" : null;
}

function node(class_type: string, inputs: Record<string, unknown>): GraphNode {
  return { class_type, inputs };
}
