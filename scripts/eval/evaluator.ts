import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { loadEntry } from "../../service/generators/catalog.ts";
import { EmbeddedConfig } from "../../service/generators/embedded/embedded-config.ts";
import { createTextEncoder, pooledVector } from "../../service/generators/embedded/text-encoder.ts";
import { loadTokenizer } from "../../service/generators/embedded/tokenizer.ts";
import { openSession } from "../../service/generators/open-session.ts";
import { createImage, type PixelImage, place } from "../../service/pixel/image.ts";
import { wordsOf } from "../../service/words/prompt-words.ts";

/** Edge of the pictures that the network takes. */
const EDGE = 32;

/** What evaluator.json says beside prose. */
interface EvaluatorFile {
  /** Pictures of its training set that a word occurs in the caption of. */
  words: Record<string, number>;
  /** Distance below which a sample counts as a copy, and how it was found. */
  memorization: { threshold: number };
}

/** Scores how well pictures and texts fit: both become unit vectors of one space. */
export interface Evaluator {
  /** Features of a picture; other sizes than 32 x 32 are centered and cut. */
  picture(image: PixelImage): Promise<Float32Array>;
  text(prompt: string): Promise<Float32Array>;
  /** Whether every word of a prompt was in captions of at least three of its training pictures. */
  knows(prompt: string): boolean;
  readonly copyThreshold: number;
  release(): Promise<void>;
}

/**
 * Opens the evaluator of a folder. Its text tower stands on the text network of `modelFolder`
 * (all-MiniLM-L6-v2), whichever model is evaluated.
 */
export async function openEvaluator(folder: string, modelFolder: string): Promise<Evaluator> {
  const file = JSON.parse(readFileSync(join(folder, "evaluator.json"), "utf8")) as EvaluatorFile;
  const choice = { threads: 1, provider: "cpu" };
  const open = (name: string) => openSession(join(folder, name), choice);
  const [pictures, texts] = [await open("picture.onnx"), await open("text.onnx")];
  const { files, text } = EmbeddedConfig.parse((await loadEntry(modelFolder)).config);
  const language = await openSession(join(modelFolder, files.textEncoder), choice);
  const tokenizer = await loadTokenizer(join(modelFolder, files.tokenizer), text.maxTokens);
  const encoder = createTextEncoder((ids) => runText(language, ids), tokenizer, { width: text.width });
  return {
    picture: (image) => run(pictures, { rgba: new Tensor("float32", planesOf(image), [1, 4, EDGE, EDGE]) }),
    async text(prompt) {
      const pooled = pooledVector(await encoder.encode(prompt));
      return run(texts, { pooled: new Tensor("float32", pooled, [1, pooled.length]) });
    },
    knows: (prompt) => wordsOf(prompt).every((word) => (file.words[word] ?? 0) >= 3),
    copyThreshold: file.memorization.threshold,
    async release() {
      for (const session of [pictures, texts, language]) await session.release();
    },
  };
}

function runText(session: InferenceSession, ids: number[]): Promise<Float32Array> {
  const shape = [1, ids.length];
  return run(session, {
    ids: new Tensor("int64", BigInt64Array.from(ids, BigInt), shape),
    mask: new Tensor("float32", new Float32Array(ids.length).fill(1), shape),
  });
}

async function run(session: InferenceSession, feeds: Record<string, Tensor>): Promise<Float32Array> {
  const output = (await session.run(feeds))[session.outputNames[0]!];
  if (!(output?.data instanceof Float32Array)) throw new Error("Expected float32 for a network's output.");
  return output.data;
}

/** Red, green, blue, alpha, 0 to 1, plane after plane. */
function planesOf(image: PixelImage): Float32Array {
  const offset = (edge: number) => Math.floor((EDGE - edge) / 2);
  const { data } = place(image, createImage(EDGE, EDGE), offset(image.width), offset(image.height));
  const area = EDGE * EDGE;
  return Float32Array.from(
    { length: 4 * area },
    (_, i) => data[4 * (i % area) + Math.floor(i / area)]! / 255,
  );
}
