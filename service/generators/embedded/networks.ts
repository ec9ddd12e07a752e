import { join } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { openOnDemand } from "../open-on-demand.ts";
import { openSession, type SessionChoice } from "../open-session.ts";
import type { EmbeddedConfig } from "./embedded-config.ts";

/**
 * Without a new prompt for so many ms, the text network is closed: it is half of what a model takes, and is opened again
 * in a quarter of a second.
 */
const TEXT_IDLE_MS = 10_000;

/** Which axes wrap around: the network then pads with the opposite edge instead of zeros. */
export interface Wrap {
  x: boolean;
  y: boolean;
}

/** What steers the generator and stays the same over the steps, for a batch of `batch` drawings. */
export interface Conditions {
  batch: number;
  /** batch * tokens * width token states and batch * tokens marks (1 = a token). */
  text: Float32Array;
  mask: Float32Array;
  tokens: number;
  kind: number;
  source: number;
  colors: number;
  /** x0, y0, x1, y1 as -1 to 1, then 1; five zeros leave the box open. */
  bounds: readonly number[];
  /** Colors to draw with, three numbers 0-1 each, for the first drawing of the batch; empty leaves them to the network. */
  palette: Float32Array;
  /** The clean latent of what is drawn already and its cells, 1 = given; null = all is to be drawn. */
  given: Given | null;
  wrap: Wrap;
}

export interface Given {
  latent: Float32Array;
  cells: Uint8Array;
}

/** Edges in cells (latent) or pixels (image). */
interface Edges {
  width: number;
  height: number;
}

/** The four networks of an embedded model, as functions on plain arrays. */
export interface EmbeddedNetworks {
  /** Token ids of one text -> its states. */
  encodeText(ids: number[]): Promise<Float32Array>;
  /** One noisy latent at time t (0-1], under each of the batch's conditions -> the clean latents. */
  denoise(latent: Float32Array, t: number, edges: Edges, conditions: Conditions): Promise<Float32Array[]>;
  /** Planes of an image -> its latent. */
  encode(planes: Float32Array, edges: Edges, wrap: Wrap): Promise<Float32Array>;
  /** A latent -> the planes of its image; `edges` are the latent's. */
  decode(latent: Float32Array, edges: Edges, wrap: Wrap): Promise<Float32Array>;
  release(): Promise<void>;
}

/**
 * Opens the networks of a model folder. The text network always runs on the processor: it runs once
 * a prompt, and the retrieval then ranks the same everywhere. It is opened when a prompt needs it.
 */
export async function openNetworks(
  folder: string,
  { files, latent, text }: Pick<EmbeddedConfig, "files" | "latent" | "text">,
  choice: SessionChoice,
): Promise<EmbeddedNetworks> {
  const textEncoder = openOnDemand(
    () => openSession(join(folder, files.textEncoder), { ...choice, provider: "cpu" }),
    TEXT_IDLE_MS,
  );
  const generator = await openSession(join(folder, files.generator), choice);
  const encoder = await openSession(join(folder, files.encoder), choice);
  const decoder = await openSession(join(folder, files.decoder), choice);
  return {
    encodeText(ids) {
      const shape = [1, ids.length];
      const feeds = {
        ids: new Tensor("int64", BigInt64Array.from(ids, BigInt), shape),
        mask: new Tensor("float32", new Float32Array(ids.length).fill(1), shape),
      };
      return textEncoder.use((session) => run(session, feeds));
    },
    async denoise(noisy, t, { width, height }, conditions) {
      const { batch, given } = conditions;
      const known = given?.latent ?? new Float32Array(noisy.length);
      const cells = Float32Array.from(given?.cells ?? new Uint8Array(width * height));
      const clean = await run(generator, {
        z: repeated(noisy, [batch, latent.channels, height, width]),
        t: new Tensor("float32", new Float32Array(batch).fill(t), [batch]),
        known: repeated(known, [batch, latent.channels, height, width]),
        given: repeated(cells, [batch, 1, height, width]),
        ...conditionFeeds(conditions, text.width),
      });
      return Array.from({ length: batch }, (_, b) =>
        clean.subarray(b * noisy.length, (b + 1) * noisy.length),
      );
    },
    encode(planes, { width, height }, wrap) {
      return run(encoder, {
        rgba: new Tensor("float32", planes, [1, 4, height, width]),
        wrap: wrapFeed(wrap, 1),
      });
    },
    decode(clean, { width, height }, wrap) {
      const shape = [1, latent.channels, height, width];
      return run(decoder, { z: new Tensor("float32", clean, shape), wrap: wrapFeed(wrap, 1) });
    },
    async release() {
      for (const session of [textEncoder, generator, encoder, decoder]) await session.release();
    },
  };
}

/** Runs a network with one output. Names that its graph does not take are not fed. */
async function run(session: InferenceSession, feeds: Record<string, Tensor>): Promise<Float32Array> {
  const taken = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)),
  );
  const results = await session.run(taken);
  const output = results[session.outputNames[0]!];
  if (!(output?.data instanceof Float32Array)) throw new Error("Expected float32 for a network's output.");
  return output.data;
}

/** A tensor of shape [batch, ...] that holds the same numbers for each drawing of the batch. */
function repeated(values: ArrayLike<number>, shape: readonly [number, ...number[]]): Tensor {
  const all = new Float32Array(shape[0] * values.length);
  for (let b = 0; b < shape[0]; b++) all.set(values, b * values.length);
  return new Tensor("float32", all, shape);
}

function conditionFeeds(conditions: Conditions, textWidth: number): Record<string, Tensor> {
  const { batch, text, mask, tokens, kind, source, colors, bounds, palette, wrap } = conditions;
  const index = (value: number) => new Tensor("int64", new BigInt64Array(batch).fill(BigInt(value)), [batch]);
  // The graph wants at least one color; one that its mask leaves out says nothing.
  const swatches = palette.length > 0 ? palette : new Float32Array(3);
  const shown = new Float32Array(swatches.length / 3).fill(palette.length > 0 ? 1 : 0);
  return {
    text: new Tensor("float32", text, [batch, tokens, textWidth]),
    mask: new Tensor("float32", mask, [batch, tokens]),
    kind: index(kind),
    source: index(source),
    colors: index(colors),
    bounds: repeated(bounds, [batch, bounds.length]),
    palette: repeated(swatches, [batch, shown.length, 3]),
    palette_mask: firstOnly(shown, batch),
    wrap: wrapFeed(wrap, batch),
  };
}

function wrapFeed({ x, y }: Wrap, batch: number): Tensor {
  return repeated([Number(x), Number(y)], [batch, 2]);
}

/** Marks for the first drawing of a batch alone. */
function firstOnly(marks: Float32Array, batch: number): Tensor {
  const all = new Float32Array(batch * marks.length);
  all.set(marks);
  return new Tensor("float32", all, [batch, marks.length]);
}
