import { join } from "node:path";
import { openOnDemand } from "../open-on-demand.ts";
import type { SessionChoice } from "../open-session.ts";
import { inWords } from "../runtime-words.ts";
import { type ClipTokenizer, loadClipTokenizer } from "./clip-tokenizer.ts";
import type { DiffusersConfig } from "./diffusers-config.ts";
import { type Feed, type Network, type Output, openNetwork } from "./network.ts";
import type { Planes } from "./planes.ts";

/** Without a new prompt for so many ms, text networks are closed: they are half of an SDXL. */
const TEXT_IDLE_MS = 10_000;

/** What a text says to the denoiser. */
export interface TextState {
  /** tokens * width numbers. */
  states: Float32Array;
  tokens: number;
  /** The whole text in one vector, where the denoiser takes one. */
  pooled: Float32Array | null;
}

/** What steers a prediction beside the text. */
export interface Steering {
  /** One prediction is made for each. */
  texts: readonly TextState[];
  /** Height and width of the picture in pixels, as SDXL is told them. */
  picture: { width: number; height: number };
  /** How strongly a distilled denoiser is guided, as an embedding; null for others. */
  guidance: Float32Array | null;
}

/** The networks of a diffusion folder. They are opened when they are first needed. */
export interface DiffusionNetworks {
  encodeText(text: string): Promise<TextState>;
  /** Predicts for a latent at a step of the training, once for each text. */
  predict(latent: Planes, time: number, steering: Steering): Promise<Float32Array[]>;
  /** Colors (-1 to 1) of a picture -> its latent. */
  encode(colors: Planes): Promise<Planes>;
  /** A latent -> colors. */
  decode(latent: Planes): Promise<Planes>;
  /** Closes them. The next use opens them again. */
  release(): Promise<void>;
}

/** Prepares the networks of a folder. */
export function prepareNetworks(
  folder: string,
  { networks, latent, zeroNegative }: DiffusersConfig,
  choice: SessionChoice,
): DiffusionNetworks {
  const open = (name: string): Promise<Network> =>
    openNetwork(join(folder, name), choice).catch((cause: unknown) => {
      throw new Error(`${name} cannot be opened: ${inWords(cause)}`, { cause });
    });
  const demand = (name: string, idleMs: number | null = null) => openOnDemand(() => open(name), idleMs);
  const unet = demand(networks.unet);
  const decoder = demand(networks.decoder);
  const encoder = networks.encoder === null ? null : demand(networks.encoder);
  const isXl = networks.textEncoder2 !== null;
  const texts = [networks.textEncoder, networks.textEncoder2].flatMap((name, i) =>
    name === null
      ? []
      : [{ network: demand(name, TEXT_IDLE_MS), folder: join(folder, i ? "tokenizer_2" : "tokenizer") }],
  );
  const tokenizers = new Map<string, Promise<ClipTokenizer>>();
  return {
    async encodeText(text) {
      const parts: TextState[] = [];
      for (const { network, folder: place } of texts) {
        const tokenizer = tokenizers.get(place) ?? loadClipTokenizer(place);
        tokenizers.set(place, tokenizer);
        const ids = (await tokenizer)(text);
        parts.push(await network.use((opened) => runText(opened, ids, isXl)));
      }
      const { states, tokens, pooled } = joined(parts);
      const isNothing = zeroNegative && text === "";
      const said = (values: Float32Array) => (isNothing ? new Float32Array(values.length) : values);
      return { states: said(states), tokens, pooled: pooled && said(pooled) };
    },
    predict: (noisy, time, steering) => unet.use((opened) => runUnet(opened, { noisy, time, steering })),
    async encode(colors) {
      if (!encoder) throw new Error("It has no vae_encoder.");
      return encoder.use(async (opened) => {
        const { data, shape } = first(opened, await opened.run({ sample: feedOf(colors) }));
        const [channels = 4, height = 1, width = 1] = shape.slice(1);
        const length = Math.min(channels, 4) * height * width;
        // Of a distribution (means, then variances) the means are taken: the same picture gives the same latent.
        return { width, height, data: data.subarray(0, length).map((value) => latent.scale * value) };
      });
    },
    decode: (clean) =>
      decoder.use(async (opened) => {
        const scaled = { ...clean, data: clean.data.map((value) => value / latent.scale) };
        const { data, shape } = first(opened, await opened.run({ latent_sample: feedOf(scaled) }));
        return { width: shape[3] ?? 1, height: shape[2] ?? 1, data };
      }),
    async release() {
      for (const one of [unet, decoder, encoder, ...texts.map(({ network }) => network)])
        await one?.release();
    },
  };
}

function feedOf({ data, width, height }: Planes): Feed {
  return { values: data, shape: [1, data.length / (width * height), height, width] };
}

function first({ outputs }: Network, results: Record<string, Output>): Output {
  return results[outputs[0] ?? ""]!;
}

/** SDXL goes by the last layer but one, and by the projected end mark of its second network. */
async function runText(network: Network, ids: readonly number[], isXl: boolean): Promise<TextState> {
  const results = await network.run({ input_ids: { values: ids, shape: [1, ids.length] } });
  const layers = Object.keys(results)
    .filter((name) => /^hidden_states\.\d+$/.test(name))
    .sort((a, b) => Number(a.slice(14)) - Number(b.slice(14)));
  const name = isXl
    ? layers.at(-2)
    : (network.outputs.find((one) => one === "last_hidden_state") ?? network.outputs[0]);
  const states = results[name ?? ""];
  if (!states)
    throw new Error(
      "A text network lacks the outputs hidden_states.N: export the folder again with optimum.",
    );
  return { states: states.data, tokens: ids.length, pooled: results.text_embeds?.data ?? null };
}

/** Lays the states of several text networks side by side, token by token. */
function joined(parts: readonly TextState[]): TextState {
  const tokens = parts[0]?.tokens ?? 0;
  const pooled = parts.at(-1)?.pooled ?? null;
  if (parts.length === 1) return { states: parts[0]!.states, tokens, pooled };
  const widths = parts.map(({ states }) => states.length / tokens);
  const states = new Float32Array(tokens * widths.reduce((sum, width) => sum + width, 0));
  let place = 0;
  for (let token = 0; token < tokens; token++)
    for (const [i, width] of widths.entries()) {
      states.set(parts[i]!.states.subarray(token * width, (token + 1) * width), place);
      place += width;
    }
  return { states, tokens, pooled };
}

interface Question {
  noisy: Planes;
  time: number;
  steering: Steering;
}

/** Asks for all texts at once, or one after the other where the graph has a batch of one. */
async function runUnet(network: Network, question: Question): Promise<Float32Array[]> {
  const { texts } = question.steering;
  const batch = network.inputs.get("sample")?.[0];
  if (texts.length > 1 && typeof batch === "number" && batch !== texts.length) {
    const predictions: Float32Array[] = [];
    for (const text of texts)
      predictions.push(
        ...(await runUnet(network, { ...question, steering: { ...question.steering, texts: [text] } })),
      );
    return predictions;
  }
  const { data } = first(network, await network.run(unetFeeds(network, question)));
  const length = question.noisy.data.length;
  return texts.map((_, i) => data.subarray(i * length, (i + 1) * length));
}

function unetFeeds({ inputs }: Network, { noisy, time, steering }: Question): Record<string, Feed> {
  const { texts, picture, guidance } = steering;
  const batch = texts.length;
  const { width, height, data } = noisy;
  const repeat = (rows: readonly Float32Array[], shape: readonly number[]): Feed => {
    const length = rows[0]?.length ?? 0;
    const values = new Float32Array(rows.length * length);
    for (const [i, row] of rows.entries()) values.set(row, i * length);
    return { values, shape: [batch, ...shape] };
  };
  const each = (row: Float32Array): Float32Array[] => texts.map(() => row);
  const [{ tokens, states } = { tokens: 1, states: data }] = texts;
  // The size that the picture was said to have in the training, where its cut began, and the size that is wanted.
  const sizes = [picture.height, picture.width, 0, 0, picture.height, picture.width];
  const pooled = texts.flatMap((text) => (text.pooled ? [text.pooled] : []));
  // A graph may take one time for all, one for each, or a bare number.
  const times = inputs.get("timestep")?.map((length) => (typeof length === "number" ? length : 1)) ?? [1];
  return {
    sample: repeat(each(data), [data.length / (width * height), height, width]),
    timestep: { values: Array.from({ length: times[0] ?? 1 }, () => time), shape: times },
    encoder_hidden_states: repeat(
      texts.map((text) => text.states),
      [tokens, states.length / tokens],
    ),
    time_ids: repeat(each(Float32Array.from(sizes)), [sizes.length]),
    ...(pooled.length > 0 ? { text_embeds: repeat(pooled, [pooled[0]!.length]) } : {}),
    ...(guidance ? { timestep_cond: repeat(each(guidance), [guidance.length]) } : {}),
  };
}
