import { readFile } from "node:fs/promises";
import { Tokenizer } from "@huggingface/tokenizers";

/** Turns text into the ids of a model's vocabulary. */
export interface TextTokenizer {
  /** Ids with the start and end mark, at most `maxTokens` of them. */
  encode(text: string): number[];
}

/**
 * Reads a tokenizer.json. Longer texts are cut so that the last id stays the end mark, as the
 * training did. The file's own padding and truncation are not applied.
 */
export async function loadTokenizer(path: string, maxTokens: number): Promise<TextTokenizer> {
  const file = JSON.parse(await readFile(path, "utf8")) as object;
  const tokenizer = new Tokenizer(file, {});
  return {
    encode(text) {
      const { ids } = tokenizer.encode(text);
      const last = ids.at(-1);
      return ids.length <= maxTokens || last === undefined ? ids : [...ids.slice(0, maxTokens - 1), last];
    },
  };
}
