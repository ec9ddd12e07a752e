import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";

const START = "<|startoftext|>";
const END = "<|endoftext|>";
/** What CLIP takes for a word (Radford et al. 2021, simple_tokenizer.py). */
const WORD = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;
const DEFAULT_LENGTH = 77;

/** Turns a text into ids of CLIP's vocabulary, always so many: cut or filled up, with the start and end mark. */
export type ClipTokenizer = (text: string) => number[];

/** Reads a tokenizer folder: vocab.json and merges.txt, or a tokenizer.json. Throws an Error if neither is there. */
export async function loadClipTokenizer(folder: string): Promise<ClipTokenizer> {
  const config = JSON.parse((await readText(folder, "tokenizer_config.json")) ?? "{}") as Record<
    string,
    unknown
  >;
  const whole = await readText(folder, "tokenizer.json");
  const file = whole === null ? await fileOf(folder) : (JSON.parse(whole) as object);
  const tokenizer = new Tokenizer(file, config);
  const asked = Number(config.model_max_length);
  // Configs without a limit say 10^30.
  const length = asked > 2 && asked <= DEFAULT_LENGTH ? asked : DEFAULT_LENGTH;
  const pad = tokenizer.token_to_id(contentOf(config.pad_token) ?? END) ?? 0;
  return (text) => {
    const { ids } = tokenizer.encode(text);
    const end = ids.at(-1) ?? pad;
    const cut = ids.length > length ? [...ids.slice(0, length - 1), end] : ids;
    return [...cut, ...Array.from({ length: length - cut.length }, () => pad)];
  };
}

/** Old configs name a token by an object. */
function contentOf(token: unknown): string | undefined {
  if (typeof token === "string") return token;
  return typeof token === "object" && token && "content" in token ? String(token.content) : undefined;
}

/** A tokenizer.json of the two older files, as the library of diffusers makes it. */
async function fileOf(folder: string): Promise<object> {
  const [words, merges] = [await readText(folder, "vocab.json"), await readText(folder, "merges.txt")];
  if (words === null || merges === null)
    throw new Error(`Expected vocab.json and merges.txt, or tokenizer.json, in ${folder}.`);
  const vocab = JSON.parse(words) as Record<string, number>;
  const idOf = (mark: string): number => vocab[mark] ?? 0;
  const mark = { single_word: false, lstrip: false, rstrip: false, normalized: true, special: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [START, END].map((content) => ({ id: idOf(content), content, ...mark })),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: String.raw`\s+` }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: WORD }, behavior: "Removed", invert: true },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true },
      ],
    },
    post_processor: {
      type: "RobertaProcessing",
      sep: [END, idOf(END)],
      cls: [START, idOf(START)],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: null,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: END,
      continuing_subword_prefix: "",
      end_of_word_suffix: "</w>",
      fuse_unk: false,
      vocab,
      merges: merges.split("\n").filter((line) => line !== "" && !line.startsWith("#version")),
    },
  };
}

async function readText(folder: string, name: string): Promise<string | null> {
  return readFile(join(folder, name), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}
