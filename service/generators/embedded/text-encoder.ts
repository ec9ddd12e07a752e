import { normalizePrompt } from "../../words/prompt-words.ts";
import type { TextTokenizer } from "./tokenizer.ts";

/** A prompt as the network reads it: `length` rows of `width` numbers, row after row. */
export interface TextStates {
  states: Float32Array;
  length: number;
  width: number;
}

/** Runs the text network: token ids (one text) to their states. */
export type RunTextNetwork = (ids: number[]) => Promise<Float32Array>;

export interface TextEncoder {
  /** Gives the states of a prompt; an empty prompt has none (length 0). */
  encode(prompt: string): Promise<TextStates>;
}

/** Makes an encoder that remembers the last `capacity` prompts: a batch of pictures shares one. */
export function createTextEncoder(
  network: RunTextNetwork,
  tokenizer: TextTokenizer,
  { width, capacity = 64 }: { width: number; capacity?: number },
): TextEncoder {
  const cache = new Map<string, TextStates>();

  async function run(text: string): Promise<TextStates> {
    if (text === "") return { states: new Float32Array(0), length: 0, width };
    const ids = tokenizer.encode(text);
    return { states: await network(ids), length: ids.length, width };
  }

  return {
    async encode(prompt) {
      const text = normalizePrompt(prompt);
      const result = cache.get(text) ?? (await run(text));
      cache.delete(text);
      cache.set(text, result);
      const oldest = cache.keys().next().value;
      if (cache.size > capacity && oldest !== undefined) cache.delete(oldest);
      return result;
    },
  };
}

/** Means the states over their tokens and scales the result to length 1; zeros for an empty text. */
export function pooledVector({ states, length, width }: TextStates): Float32Array {
  const vector = new Float32Array(width);
  for (let i = 0; i < length * width; i++) vector[i % width]! += states[i]!;
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}
